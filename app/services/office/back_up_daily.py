"""Does the backup of the day, and tries a restore when that is due."""

from __future__ import annotations

from app.clock import local
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.services.office.back_up import BackUp, back_up
from app.services.office.by_itself import BackUpDaily
from app.services.office.last_backup import LastBackup, last_backup
from app.services.office.last_rehearsal import is_rehearsal_due
from app.services.office.rehearse_restore import RehearseRestore, rehearse_restore


@performs(BackUpDaily, title="每天备份", permission=Permission.KEEP_OFFICE)
def back_up_daily(task: Task, request: BackUpDaily) -> bool:
    """Whether a backup was made. Raises what back_up and rehearse_restore raise."""
    with task.look() as look:
        age = last_backup(look, LastBackup())
        is_wanted = bool(setting_value(look, "backup_daily"))
        is_due = is_wanted and (age.at is None or age.at.date() < local(look.now.at).date())
    if is_due:
        back_up(task, BackUp())
    with task.look() as look:
        tries = is_wanted and is_rehearsal_due(look)
    if tries:
        rehearse_restore(task, RehearseRestore())
    return is_due
