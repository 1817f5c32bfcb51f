"""Hands an update down: the bureau names it in its replies and lays the maker's file beside them on the stick."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.bundle.limits import MIB
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.updates import HandedUpdate
from app.paths import DataDir
from app.safe_write import make_folder, open_safely
from app.services.update.update_file import ENDING, UpdateManifest, bad_update, release_keys, verified


@dataclass(frozen=True)
class HandDownUpdate:
    """Give an update to the units below, with the next reply to each."""

    file: Path


@dataclass(frozen=True)
class HandedDown:
    """What is handed down. system: in words, such as Windows amd64."""

    version: str
    system: str
    size: int


@performs(HandDownUpdate, title="下发程序更新", permission=Permission.KEEP_OFFICE)
def hand_down_update(task: Task, request: HandDownUpdate) -> HandedDown:
    """Any system's, for the stations' machines need not be like this one.

    Raises Refused E965, E966, E967 of the file as when it is installed, E997 at a station, E998 where one as new is
    handed down already, E502 … E504 of the disk.
    """
    keys = release_keys()
    manifest = verified(request.file, keys)
    with task.look() as look:
        data = look.safe.data
        refuse_handing(look, manifest)
    make_folder(data.updates, is_private=True)
    waiting = data.updates / f"coming{ENDING}"
    try:
        task.progress.step(0, 1, "正在拷贝更新")
        digest, size = _copied(request.file, waiting)
        verified(waiting, keys)
        task.do(NoteHandedUpdate(manifest, digest, size))
        waiting.replace(kept_update(data, digest))
    finally:
        waiting.unlink(missing_ok=True)
    with task.look() as look:
        _forget_older(look)
    task.progress.step(1, 1, "已记下，导出回执包时一并带上")
    return HandedDown(manifest.version, system_words(manifest.system, manifest.arch), size)


@dataclass(frozen=True)
class NoteHandedUpdate:
    """An update that is verified and kept here is to go down."""

    manifest: UpdateManifest
    digest: str
    size: int


@handles(NoteHandedUpdate, title="下发程序更新", permission=Permission.KEEP_OFFICE)
def note_handed_update(work: Work, command: NoteHandedUpdate) -> str:
    """The row's id. Raises Refused E997, E998."""
    manifest = command.manifest
    refuse_handing(work, manifest)
    row = work.add(
        HandedUpdate(
            version=manifest.version,
            counter=manifest.counter,
            system=manifest.system,
            arch=manifest.arch,
            size=command.size,
            digest=command.digest,
            notes=manifest.notes,
            handed_by=work.actor.account,
            handed_at=work.now.at,
        )
    )
    return str(row.id)


def refuse_handing(look: Look, manifest: UpdateManifest) -> None:
    """Raises Refused E997 at a station, E998 where one as new is handed down already."""
    if not look.office.is_bureau:
        raise Refused("E997", "只有司法局能下发程序更新。本机要更新，请点“备份并安装”。")
    same = (manifest.system, manifest.arch)
    newest = handed_by(look, look.office.code).get(same)
    if newest is not None and newest.counter >= manifest.counter:
        words = system_words(*same)
        raise Refused(
            "E998", f"{words} 的 {newest.version} 已经下发，{manifest.version} 不比它新，没有再下发。"
        )


def handed_by(look: Look, bureau: str) -> Mapping[tuple[str, str], HandedUpdate]:
    """(system, processor) → the newest that a bureau hands down for it."""
    query = select(HandedUpdate).where(HandedUpdate.writer == bureau).order_by(HandedUpdate.counter)
    return {(one.system, one.arch): one for one in look.session.scalars(query)}


def lay_updates(task: Task, folder: Path) -> tuple[str, ...]:
    """Lay what is handed down beside the replies; the names, those that lay there already included.

    Raises Refused E501 … E504 of the medium, E966 where the kept file was altered.
    """
    with task.look() as look:
        data = look.safe.data
        due = [(one.digest, one.size, told_file(one)) for one in handed_by(look, look.office.code).values()]
    laid = []
    for digest, size, name in due:
        kept, target = kept_update(data, digest), folder / name
        if not kept.exists():
            continue
        if not is_the_file(target, size, digest):
            if not is_the_file(kept, size, digest):
                raise bad_update(kept, "不完整或被改过")
            _copied(kept, target)
        laid.append(name)
    return tuple(laid)


def told_file(one: HandedUpdate) -> str:
    """The file's name on the stick."""
    return f"huimin-{one.version}-{one.system}-{one.arch}{ENDING}"


def kept_update(data: DataDir, digest: str) -> Path:
    """Where the bureau keeps a file that it hands down."""
    return data.updates / f"{digest}{ENDING}"


def is_the_file(path: Path, size: int, digest: str) -> bool:
    """Whether it is that very file; a file of another size is not read."""
    try:
        if not path.is_file() or path.stat().st_size != size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except OSError:  # a stick pulled out, or a file that is not ours to read: not that file
        return False


def system_words(system: str, arch: str) -> str:
    """A system with its processor, as people write it."""
    return f"{ {'linux': 'Linux', 'windows': 'Windows'}.get(system, system) } {arch}"


def _copied(source: Path, target: Path) -> tuple[str, int]:
    """SHA-256 and bytes of what was copied. Raises Refused E501 … E504, E966."""
    digest, size = hashlib.sha256(), 0
    try:
        needed, stream = source.stat().st_size, source.open("rb")
    except OSError as fault:
        raise bad_update(source, "读不出来") from fault
    with stream, open_safely(target, needed=needed) as out:
        while piece := stream.read(MIB):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return digest.hexdigest(), size


def _forget_older(look: Look) -> None:
    """Files that nothing hands down any more."""
    data, wanted = look.safe.data, {one.digest for one in handed_by(look, look.office.code).values()}
    for path in list(data.updates.glob(f"*{ENDING}")):
        if path.stem not in wanted:
            path.unlink(missing_ok=True)
