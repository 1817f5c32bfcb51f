"""Removes a duty while it is a draft; a published one is cancelled instead (Y22a)."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.roster.entry import need_draft


@dataclass(frozen=True)
class RemoveDuty:
    """The draft to remove."""

    duty_id: str


@handles(RemoveDuty, title="删除班次草稿", permission=Permission.DRAFT_ROSTER)
def remove_duty(work: Work, command: RemoveDuty) -> None:
    """Delete the draft. Raises Refused E403, E404 (published), E903 (another office's)."""
    work.session.delete(need_draft(work, command.duty_id))
