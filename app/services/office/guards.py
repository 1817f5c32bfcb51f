"""Compares the database's own guards, its triggers, with those that this program lays, and lays them anew on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.errors import Problem
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.migrate import drop_triggers, lay_triggers, triggers_here
from app.text import clean


@dataclass(frozen=True)
class LayGuards:
    """Lay every guard anew, after somebody removed or changed one; with what was found."""

    reason: str

    def problems(self) -> Iterable[Problem]:
        """What was found."""
        if not clean(self.reason):
            yield Problem("reason", "请写明核查情况。", "E054")


@handles(LayGuards, title="重装库内防护", permission=Permission.DISMISS_ALARM)
def lay_guards(work: Work, command: LayGuards) -> tuple[str, ...]:
    """What was wrong before. It stays on record as an alarm, for what was done meanwhile is not put right by this."""
    connection = work.session.connection()
    wrong = wrong_guards(connection)
    if wrong:
        drop_triggers(connection)
        lay_triggers(connection)
        work.alarm("guards", "；".join(wrong))
    work.why = clean(command.reason)
    return wrong


def wrong_guards(connection: Connection) -> tuple[str, ...]:
    """The triggers that are missing, other than this program lays them, or none of its own, in words."""
    found, laid = triggers_here(connection)
    return (
        *(f"{name}（被拆除）" for name in laid if name not in found),
        *(f"{name}（被改动）" for name, sql in laid.items() if name in found and found[name] != sql),
        *(f"{name}（被添加）" for name in found if name not in laid),
    )
