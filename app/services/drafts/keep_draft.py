"""Keeps what somebody typed and did not save, so that closing the window or a power cut loses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from app.errors import Problem
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.service_desk import Draft

LONGEST = 200_000


@dataclass(frozen=True)
class SaveDraft:
    """The values of a form of this account: plain texts, numbers, flags and lists."""

    form: str
    values: dict[str, Any] = field(default_factory=dict)

    def problems(self) -> Iterable[Problem]:
        """No draft is longer than any form."""
        if len(orjson.dumps(self.values)) > LONGEST:
            yield Problem("", "草稿太长，没有暂存。请先保存，或删减内容。", "E059")


@dataclass(frozen=True)
class ForgetDraft:
    """The form whose draft is no longer needed."""

    form: str


@dataclass(frozen=True)
class Drafts:
    """The drafts of whoever asks."""


@handles(SaveDraft, title="暂存草稿", permission=Permission.LOOK)
def save_draft(work: Work, command: SaveDraft) -> None:
    """Replace the draft of a form. Raises Refused E059."""
    work.session.merge(
        Draft(
            account=work.actor.account,
            form=command.form,
            values=orjson.dumps(command.values).decode(),
            saved_at=work.now.at,
        )
    )


@handles(ForgetDraft, title="清除草稿", permission=Permission.LOOK)
def forget_draft(work: Work, command: ForgetDraft) -> None:
    """Remove the draft of a form, if there is one."""
    row = work.session.get(Draft, (work.actor.account, command.form))
    if row is not None:
        work.session.delete(row)


@answers(Drafts, permission=Permission.LOOK)
def drafts(look: Look, query: Drafts) -> dict[str, dict[str, Any]]:
    """Form → its values."""
    rows = look.session.scalars(select(Draft).where(Draft.account == look.actor.account))
    return {row.form: orjson.loads(row.values) for row in rows}
