"""Notices, when an office is opened, that its rows came from another engine's tables and what is kept of cases did not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.case_standings import CaseStale


@dataclass(frozen=True)
class FollowCases:
    """Make the standing and the words of every case anew that waits for it."""


def is_behind(session: Session) -> bool:
    """Whether any case waits; between two commands none does."""
    return session.scalar(select(CaseStale.case_id).limit(1)) is not None
