"""Updates the program of an open office: a backup first, then the new version, and both on record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Progress, Work
from app.services.office.back_up import BackUp, back_up
from app.services.update.elevate import run_as_administrator
from app.services.update.install import install_update
from app.services.update.installation import Installation, installation
from app.services.update.offer import manifest_for
from app.services.update.roll_back import RolledBack, roll_back
from app.services.update.update_file import release_keys


@dataclass(frozen=True)
class InstallUpdate:
    """Back the office up and install an update. program: another program folder than the running one's."""

    file: Path
    program: Path | None = None


@dataclass(frozen=True)
class UpdatedProgram:
    """What came of it. The version is started when the program is opened next; backup: the file to go back with."""

    version: str
    before: str
    backup: str


@performs(InstallUpdate, title="安装程序更新", permission=Permission.KEEP_OFFICE)
def install_here(task: Task, request: InstallUpdate) -> UpdatedProgram:
    """Raises Refused as read_update does, then as backing up and install_update do; the version before still starts then."""
    place = installation(request.program)
    manifest = manifest_for(place, request.file)
    before = place.current().version
    made = back_up(task, BackUp())
    _install(place, request.file, task.progress)
    task.do(NoteProgramChange(before, manifest.version, Path(made.file).name))
    return UpdatedProgram(manifest.version, before, made.file)


def _install(place: Installation, file: Path, progress: Progress) -> None:
    if place.is_writable():
        install_update(place, file, release_keys(), progress)
    else:
        progress.step(0, 1, "等待管理员同意")
        run_as_administrator(place.base, ["update", "install", "--program-only", str(file)])


@dataclass(frozen=True)
class GoBack:
    """Start the version before from now on; for data that it can open. program: as in InstallUpdate."""

    program: Path | None = None


@performs(GoBack, title="退回上一版程序", permission=Permission.KEEP_OFFICE)
def go_back(task: Task, request: GoBack) -> RolledBack:
    """Raises Refused as roll_back does."""
    place = installation(request.program)
    with task.look() as look:
        data = look.safe.data
    if place.is_writable():
        done = roll_back(place, data, None)
    else:
        now, before = place.current().version, place.named()[1]
        run_as_administrator(place.base, ["--data-dir", str(data.root), "update", "rollback"])
        done = RolledBack(before, now, "")
    task.do(NoteProgramChange(done.from_version, done.version, ""))
    return done


@dataclass(frozen=True)
class NoteProgramChange:
    """The program was exchanged. backup: name of the backup made before, "" for none."""

    from_version: str
    to_version: str
    backup: str


@handles(NoteProgramChange, title="更换程序版本", permission=Permission.KEEP_OFFICE)
def note_program_change(work: Work, command: NoteProgramChange) -> None:
    """Only the journal keeps it."""
    backup = f"，备份 {command.backup}" if command.backup else ""
    work.why = f"{command.from_version} → {command.to_version}{backup}"
