"""Notices, when an office is opened, that its program now reads a newer contract than the one before did."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.organisation import OfficeRow
from app.models.schema import CONTRACT


@dataclass(frozen=True)
class ReadNewerAgain:
    """Read again, once, what came under contracts that the former program did not know; the exchange carries it out."""


def has_risen(session: Session) -> bool:
    """Whether the office was last open in a program of an older contract."""
    last = session.scalar(select(OfficeRow.contract))
    return last is not None and last < CONTRACT
