"""Brings what is kept of the cases up to date after their rows came from another engine's tables."""

from __future__ import annotations

from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.cases.keep_standing import keep_standings
from app.services.office.behind_cases import FollowCases


@handles(FollowCases, title="整理案件台账", permission=Permission.KEEP_OFFICE)
def follow_cases(work: Work, command: FollowCases) -> None:
    """Nothing of the records changes."""
    keep_standings(work)
