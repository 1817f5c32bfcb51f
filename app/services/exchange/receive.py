"""Imports bundles: quarantine, verify all of it, then apply in one short transaction; every outcome is on record."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.bundle.faults import NewerReader
from app.collector import collector_waiting
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.models.bundle_files import ReceivedBundle
from app.services.exchange.faults import Fork, Gap, Stranger, Unapproved
from app.services.exchange.inbox import RecordOutcome
from app.services.exchange.kept_files import kept_hashes, within_bounds
from app.services.exchange.new_epoch import NoteAnnouncement, is_noted
from app.services.exchange.opening import NOT_FOR_US, open_own, open_received
from app.services.exchange.outcome import WHOLE, BundleOutcome, Outcome
from app.services.exchange.own_place import refuse_elsewhere
from app.services.exchange.prefixes import apply_verified
from app.services.exchange.quarantine import LOCK, clear, kept_file, take_in, unreadable
from app.services.exchange.speaking import stranger_of
from app.services.exchange.standing import standing_of
from app.services.exchange.verifying import verify
from app.services.reading.incoming import BEGUN
from app.text import told_name
from app.turns import own_turn

PATIENCE_SECONDS = 20.0
ROOM_FACTOR = 3
"""A bundle's content is stored as log and as rows, and passes through the write-ahead file."""

FOR_NOW = frozenset({"E904", "E905", "E906", "E939", "E940", "E941", "E711", "E502"})
"""Refusals that are this computer's trouble, not the bundle's: what waits is not thrown away for them."""
"""The code of a bundle that is addressed to another office."""


@dataclass(frozen=True)
class ImportBundles:
    """Bundle files, in any order; a folder means every .hmb in it."""

    files: tuple[Path, ...]


@performs(ImportBundles, title="导入上报包", permission=Permission.EXCHANGE)
def import_bundles(task: Task, request: ImportBundles) -> tuple[BundleOutcome, ...]:
    """One outcome a file; a bad file hinders no other. Parked bundles follow as soon as their gap closes.

    Raises Refused E737 where there is no bundle at all, E738 when another window or program goes on importing,
    E786, E787 where this is a copy.
    """
    files = [file for path in request.files for file in _files(path)]
    if not files:
        names = "、".join(told_name(path) or str(path) for path in request.files)
        raise Refused("E737", f"“{names}”里没有上报包（.hmb 文件），请检查 U 盘或文件夹。")
    with task.look() as look:
        refuse_elsewhere(look)
        folder = look.safe.data.quarantine
    with own_turn(folder / LOCK, _busy(), PATIENCE_SECONDS):
        _clear(task, folder)
        try:
            return _import_all(task, folder, files)
        finally:
            _clear(task, folder)


def _import_all(task: Task, folder: Path, files: Sequence[Path]) -> tuple[BundleOutcome, ...]:
    outcomes = []
    for number, file in enumerate(files):
        task.progress.step(number, len(files), "正在导入上报包")
        outcomes.append(_import_one(task, folder, file))
    while _retry_parked(task, folder):
        pass
    task.progress.step(len(files), len(files), "导入完成")
    return tuple(outcomes)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.hmb")) if path.is_dir() else [path]


def _import_one(task: Task, folder: Path, file: Path) -> BundleOutcome:
    known = BundleOutcome(file=told_name(file), outcome=Outcome.refused, applied=0, code="", text="")
    try:
        known = replace(known, sha256=take_in(file, folder))
    except Refused as refusal:
        return _record(task, replace(known, code=refusal.code, text=refusal.message))
    outcome = _judge(task, kept_file(folder, known.sha256), known, is_brought=True)
    with task.look() as look:
        outcome = within_bounds(look, outcome)
    if outcome.code in FOR_NOW and known.sha256 in _waiting(task):
        return outcome
    _record(task, outcome)
    _clear(task, folder)
    return outcome


def _judge(task: Task, kept: Path, known: BundleOutcome, *, is_brought: bool = False) -> BundleOutcome:
    """Verify everything, then apply; the outcome of one quarantined file.

    is_brought: somebody brought it now, so the new key in it is put up for approval; one that only waits takes no
    other's place there.
    """
    try:
        with kept.open("rb") as file, collector_waiting():
            with task.look() as look:
                reader = open_received(look, file)
                reader.require_room(shutil.disk_usage(kept.parent).free // ROOM_FACTOR)
                manifest = reader.manifest
                known = replace(
                    known,
                    bundle_id=manifest.id,
                    sender=manifest.sender,
                    check_code=manifest.check_code,
                    program=manifest.program.fields() if manifest.program else {},
                )
                standing = standing_of(look, manifest)
                files = verify(look, reader, standing, kept.parent, partial(_tell_verified, task))
            return apply_verified(task, reader, known, files, standing.held)
    except Unapproved as reason:
        with task.look() as look:
            is_news = is_brought and not is_noted(look, manifest)
        if is_news:
            task.do(NoteAnnouncement(manifest))
        return replace(known, outcome=Outcome.parked, code=reason.code, text=reason.message)
    except NewerReader as reason:
        with task.look() as look:
            stranger = stranger_of(look, reason)
        if stranger is not None:
            return replace(known, outcome=Outcome.refused, code=stranger.code, text=stranger.message)
        return replace(
            known, outcome=Outcome.parked, code=reason.code, text=reason.message, sender=reason.sender
        )
    except Gap as reason:
        return replace(known, outcome=Outcome.parked, code=reason.code, text=reason.message)
    except (Fork, Stranger) as alarm:
        return replace(known, outcome=Outcome.alarm, code=alarm.code, text=alarm.message)
    except Refused as refusal:
        refused = replace(known, outcome=Outcome.refused, code=refusal.code, text=refusal.message)
        return _told_own(task, kept, refused) if refusal.code == NOT_FOR_US else refused
    except OSError:
        gone = unreadable(Path(known.file))
        return replace(known, outcome=Outcome.refused, code=gone.code, text=gone.message)


def _told_own(task: Task, kept: Path, refused: BundleOutcome) -> BundleOutcome:
    """One of our own bundles, brought back unread, is named as such; whose else it is stays unknown."""
    try:
        with kept.open("rb") as file, task.look() as look:
            manifest = open_own(look, file).manifest
            if manifest.sender != look.office.code:
                return refused
    except Refused:
        return refused
    return replace(
        refused,
        bundle_id=manifest.id,
        sender=manifest.sender,
        check_code=manifest.check_code,
        text="这是本单位自己写出的包，不用导入，请交给收件单位。",
    )


def _tell_verified(task: Task, done: int, total: int) -> None:
    task.progress.step(done, total, "正在核对")


def take_waiting(
    task: Task, patience: float = PATIENCE_SECONDS, *, is_begun_only: bool = False
) -> tuple[BundleOutcome, ...]:
    """Try every waiting bundle again, as after an approval, or go on with those that were begun only; what came of
    those that came to their end.

    Raises Refused E738 when another window or program goes on importing.
    """
    with task.look() as look:
        folder = look.safe.data.quarantine
    done: list[BundleOutcome] = []
    with own_turn(folder / LOCK, _busy(), patience):
        while ended := _retry_parked(task, folder, is_begun_only=is_begun_only):
            done += ended
        _clear(task, folder)
    return tuple(done)


def _busy() -> Refused:
    return Refused("E738", "另一个窗口或程序正在导入，请等它完成后再试。")


def _retry_parked(task: Task, folder: Path, *, is_begun_only: bool = False) -> list[BundleOutcome]:
    """Try each waiting bundle again; those that came to their end. What fails for now only, goes on waiting.

    One that waits for something else by now, such as an earlier bundle once its key is approved, says so.
    """
    ended, waiting = [], _waiting(task)
    if is_begun_only:
        waiting = {digest: told for digest, told in waiting.items() if told[1] == BEGUN}
    for number, (digest, (name, code)) in enumerate(waiting.items()):
        task.progress.step(number, len(waiting), "正在接收等候的包")
        outcome = _judge(
            task,
            kept_file(folder, digest),
            BundleOutcome(file=name, outcome=Outcome.refused, applied=0, code="", text="", sha256=digest),
        )
        if outcome.code in FOR_NOW or (outcome.outcome, outcome.code) == (Outcome.parked, code):
            continue
        _record(task, outcome)
        if outcome.outcome in WHOLE or (outcome.outcome != Outcome.parked and code != BEGUN):
            ended.append(outcome)
    return ended


def _waiting(task: Task) -> dict[str, tuple[str, str]]:
    """Hash → name and what it waits for (a code) of each parked file, oldest first."""
    with task.look() as look:
        rows = (
            look.session.query(ReceivedBundle)
            .filter(ReceivedBundle.outcome == Outcome.parked)
            .order_by(ReceivedBundle.id)
        )
        return {row.sha256: (row.file, row.code) for row in rows}


def _clear(task: Task, folder: Path) -> None:
    with task.look() as look:
        clear(folder, kept_hashes(look))


def _record(task: Task, outcome: BundleOutcome) -> BundleOutcome:
    """What was applied is on record already, in the same transaction."""
    if outcome.outcome not in WHOLE:
        task.do(RecordOutcome(outcome))
    return outcome
