"""Writes rows as no command of the program does, and yet logged: for tests that need a state and not its story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.handlers import handles
from app.kernel.permissions import SYSTEM, Permission
from app.kernel.work import Work
from app.services.office.office import Office


@dataclass(frozen=True)
class Write:
    """Whatever act does with the session."""

    act: Callable[[Session], Any]


@handles(Write, title="直接写入", permission=Permission.KEEP_OFFICE)
def write(work: Work, command: Write) -> Any:
    """What act returns."""
    return command.act(work.session)


def write_rows(office: Office, *rows: Any) -> None:
    """Store mapped rows."""
    office.do(Write(lambda session: session.add_all(rows)), SYSTEM)
