"""What was decided about a row: the newest decision, a bureau's before its own station's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.kernel.work import Look
from app.models.bare_rows import is_among
from app.models.duties import Decision, Duty
from app.models.schema import shared_class
from app.models.service_desk import Consultation
from app.services.reading.voids import not_voided

STATION_CODE_LENGTH = 9
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The decision in force about one row; decided_at is UTC."""

    id: str
    subject: str
    subject_id: str
    is_approved: bool
    reason: str
    decided_by: str
    decided_at: datetime
    is_by_bureau: bool


def rulings(look: Look, subject: str, ids: Iterable[str]) -> dict[str, Ruling]:
    """Subject id → the ruling in force, for rows of one table that somebody decided.

    A station's word counts about rows of its own site, and not about a duty: whether one may be that short is for the
    bureau to say (Y09).
    """
    found: dict[str, Ruling] = {}
    for part in in_parts(ids):
        for one in map(_ruling, look.session.scalars(_decided(subject), {"ids": part})):
            held = found.get(one.subject_id)
            if held is None or _rank(one) > _rank(held):
                found[one.subject_id] = one
    return found


@cache
def _decided(subject: str) -> Select[tuple[Decision]]:
    """Made once for each table, for every save asks it."""
    row: type[Any] = shared_class(subject)
    is_bureaus = func.length(Decision.writer) < STATION_CODE_LENGTH
    may_decide = is_bureaus if row is Duty else or_(is_bureaus, Decision.writer == row.site)
    return (
        select(Decision)
        .join(row, row.id == Decision.subject_id)
        .where(is_among(Decision.subject_id, "ids"), Decision.subject == subject, may_decide)
    )


def ruling_of(look: Look, subject: str, subject_id: str) -> Ruling | None:
    """The ruling in force about one row, None while nobody decided."""
    return rulings(look, subject, [subject_id]).get(subject_id)


def in_parts(items: Iterable[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """The items in parts small enough for one statement."""
    whole = list(items)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def is_bureau_code(code: str) -> bool:
    """Whether an office's code is a bureau's: 4 or 6 digits, a station's has 9."""
    return len(code) < STATION_CODE_LENGTH


def may_speak(word: type[Any], record: type[Any]) -> ColumnElement[bool]:
    """A condition of statements that read both tables: the record's own office wrote the word about it, or a bureau did."""
    return or_(word.writer == record.writer, func.length(word.writer) < STATION_CODE_LENGTH)


def speaks_of_record(word: type[Any]) -> ColumnElement[bool]:
    """Whether a row (audit, rating, call) is about a consultation, by the record's own office or a bureau, and was not
    taken back; for statements that read both."""
    is_about = word.consultation_id == Consultation.id
    return and_(is_about, may_speak(word, Consultation), not_voided(word))


def _rank(one: Ruling) -> tuple[bool, datetime, str]:
    return (one.is_by_bureau, one.decided_at, one.id)


def _ruling(row: Decision) -> Ruling:
    return Ruling(
        id=row.id,
        subject=row.subject,
        subject_id=row.subject_id,
        is_approved=row.is_approved,
        reason=row.reason or "",
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        is_by_bureau=is_bureau_code(row.writer),
    )
