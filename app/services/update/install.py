"""Installs an update in small steps; killed at any of them, the version before still starts, and it can be run again."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import zstandard

from app import RELEASE, __version__
from app.bundle.limits import MIB
from app.bundle.sender_program import SenderProgram
from app.errors import Refused
from app.kernel.work import Progress, Silent
from app.safe_write import CannotWrite, check_room, make_folder, open_safely
from app.services.update.installation import PART, Installation
from app.services.update.release import Release, read_release
from app.services.update.update_file import UpdateManifest, bad_update, update_opened, verified
from app.turns import own_turn

PATIENCE_SECONDS = 5.0
START_SECONDS = 120
_SYSTEMS = {"linux": "Linux", "windows": "Windows"}
_ARCHES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Installed:
    """What came of an update. before: the version that is kept to go back to."""

    version: str
    before: str


def own_system() -> str:
    """This machine's system, as in an update's manifest."""
    return "windows" if sys.platform == "win32" else "linux"


def own_arch() -> str:
    """Debian's word for this machine's processor."""
    return _ARCHES.get(platform.machine().lower(), platform.machine().lower())


def running_program() -> SenderProgram:
    """This very program, as a bundle's manifest names it."""
    return SenderProgram(__version__, RELEASE, own_system(), own_arch())


def refuse_misfit(manifest: UpdateManifest, current: Release) -> None:
    """Raises Refused where an update is not for this program.

    E969 another system or processor, E968 not newer, E970 for later releases only.
    """
    if (manifest.system, manifest.arch) != (current.system, current.arch):
        theirs = f"{_SYSTEMS.get(manifest.system, manifest.system)} {manifest.arch}"
        mine = f"{_SYSTEMS.get(current.system, current.system)} {current.arch}"
        raise Refused("E969", f"这个更新是给 {theirs} 的，本机是 {mine}，没有安装。请换对应的更新文件。")
    if manifest.counter <= current.counter:
        raise Refused(
            "E968",
            f"更新是 {manifest.version}，本机已是 {current.version}，不比它旧，没有安装。要退回上一版请用“退回”。",
        )
    if current.counter < manifest.least_counter:
        raise Refused(
            "E970", f"本机的 {current.version} 太旧，不能直接升到 {manifest.version}。请先安装中间的版本。"
        )


def install_update(
    place: Installation, file: Path, keys: Iterable[str], progress: Progress | None = None
) -> Installed:
    """Copy an update off its medium, verify it there, unpack it beside the others, try it, and name it to start.

    Raises Refused E966, E967 of the file; E968, E969, E970 where it does not fit; E972 while another update runs;
    E973 when the new version does not start here; E974 without the right to change the program; E502 … E504 of the disk.
    """
    told, known = progress or Silent(), tuple(keys)
    refuse_unwritable(place)
    busy = Refused("E972", "另一个更新正在进行，请等它完成后再试。")
    with own_turn(place.base / "updating" / "lock", busy, PATIENCE_SECONDS):
        place.clear()
        now = place.current()
        try:
            told.step(0, 4, "正在拷贝更新")
            taken = _take_in(place, file)
            told.step(1, 4, "正在核对签名")
            manifest = verified(taken, known)
            refuse_misfit(manifest, now)
            told.step(2, 4, "正在展开新版本")
            part = place.folder(manifest.version + PART)
            _unpack(taken, known, part)
            told.step(3, 4, "正在试开新版本")
            _try(part, manifest)
            part.rename(place.folder(manifest.version))
            place.switch(manifest.version, now.version)
        finally:
            place.clear()
        told.step(4, 4, "更新完成")
    return Installed(manifest.version, now.version)


def refuse_unwritable(place: Installation) -> None:
    """Raises Refused E974 where the program's folder is not one's own to change."""
    if not place.is_writable():
        raise Refused(
            "E974",
            "没有权限改动程序文件夹，没有安装。请用管理员身份运行（Linux 用 sudo），或请技术人员来装。",
        )


def _take_in(place: Installation, file: Path) -> Path:
    """A copy where nobody but an administrator can exchange it between verifying and unpacking."""
    make_folder(place.incoming, is_private=True)
    target = place.incoming / "update.hmu"
    try:
        with file.open("rb") as source, open_safely(target, needed=file.stat().st_size) as out:
            while piece := source.read(MIB):
                out.write(piece)
    except CannotWrite:
        raise
    except OSError as fault:
        raise bad_update(file, "读不出来") from fault
    return target


def _unpack(file: Path, keys: Iterable[str], folder: Path) -> None:
    """The packed folder, file by file; what is not a plain file below it is not taken. Raises Refused E502, E966."""
    with update_opened(file, keys) as (manifest, payload):
        check_room(folder.parent, manifest.unpacked_size)
        folder.mkdir()
        try:
            with (
                zstandard.ZstdDecompressor().stream_reader(payload, closefd=False) as reader,
                tarfile.open(fileobj=reader, mode="r|") as archive,
            ):
                for member in archive:
                    _lay(archive, member, folder)
        except (tarfile.TarError, zstandard.ZstdError) as fault:
            raise bad_update(file, "里面的程序不完整") from fault
        except OSError as fault:
            check_room(folder.parent, manifest.unpacked_size)
            raise Refused("E977", "磁盘出错，新版本没有写完，仍用原来的版本。请检查磁盘后再试。") from fault
    found = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in found)
    if (len(found), size) != (manifest.files, manifest.unpacked_size):
        raise bad_update(file, "里面的程序不完整")
    _sync(found)


def _lay(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    parts = Path(member.name).parts
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not parts or Path(member.name).is_absolute() or ".." in parts:
        raise tarfile.ReadError("not a plain file of the program")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("xb") as out:
        while piece := content.read(MIB):
            out.write(piece)
    target.chmod(0o755 if member.mode & 0o100 else 0o644)


def _sync(files: list[Path]) -> None:
    """All of it on the disk before it is named."""
    if sys.platform == "win32":
        for path in files:
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
    else:
        os.sync()


def _try(part: Path, manifest: UpdateManifest) -> None:
    """The new version says its number on this machine. Raises Refused E966, E973."""
    release = read_release(part)
    if release is None or (release.version, release.counter) != (manifest.version, manifest.counter):
        raise bad_update(part, "里面的程序与清单不符")
    try:
        done = subprocess.run(
            [*start_call(part), "--version"], capture_output=True, timeout=START_SECONDS, check=False
        )
        said = done.stdout.decode("utf-8", "replace").strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    if said != manifest.version:
        raise Refused(
            "E973",
            f"新版本 {manifest.version} 在这台电脑上打不开，没有换，仍用原来的版本。请把电脑的系统版本告诉发布者。",
        )


def start_call(version: Path) -> list[str]:
    """What starts the version of a folder."""
    if sys.platform == "win32":
        return [str(version / "python" / "python.exe"), "-X", "utf8", str(version / "start.py")]
    return [str(version / "run")]
