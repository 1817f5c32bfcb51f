"""The full-text index of cases: everybody it helps, initials, numbers and 案号, followed whenever a case's standing is made anew.

A case's place in it goes by the day it was received, so that the newest come first without sorting.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from sqlalchemy import Connection, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.search_tokens import initial_words, joined_tokens, personal_tokens, serial_token
from app.models.words_index import WordsIndex

CASE_WORDS = WordsIndex("case_words", ("applicant", "initials", "numbers", "label"))
"""In a file a virtual table, made by the migration of cases."""
_TIES = 20
"""Bits for cases of one day."""
_DIGITS = re.compile(r"[0-9]+")


class CasePlace(Base):
    """Which case stands at a place of the index."""

    __tablename__ = "case_place"

    place: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(unique=True)


@dataclass(frozen=True, kw_only=True)
class CaseWordsRow:
    """What the index takes of a case; applicant None: erased. others: name and identity number of each further
    recipient, None likewise."""

    case_id: str
    received_on: date
    applicant: str | None
    phone: str | None
    id_number: str | None
    number: str
    application: str
    others: tuple[tuple[str | None, str | None], ...] = ()

    @property
    def names(self) -> tuple[str | None, ...]:
        """Whom the case helps, the applicant first."""
        return (self.applicant, *(name for name, _ in self.others))


_PLACED = text("SELECT place FROM case_place WHERE case_id IN (SELECT value FROM json_each(:ids))")
_TAKE_PLACE = text("DELETE FROM case_place WHERE place = :place")
_PUT_PLACE = text(
    "INSERT INTO case_place (place, case_id) SELECT coalesce(max(place), :first) + 1, :case_id "
    "FROM case_place WHERE place > :first AND place < :next RETURNING place"
)


def index_cases(connection: Connection, ids: Sequence[str], rows: Iterable[CaseWordsRow]) -> None:
    """Let the index say of these cases what the rows say; a case without a row leaves it.

    After an erasure the index is written anew, so that nothing of what went stays in it.
    """
    gone = connection.execute(_PLACED, {"ids": orjson.dumps(list(ids)).decode()}).scalars().all()
    if gone:
        CASE_WORDS.take(connection, gone)
        connection.execute(_TAKE_PLACE, [{"place": place} for place in gone])
    is_erased = False
    for row in rows:
        first = row.received_on.toordinal() << _TIES
        spot = {"first": first, "next": first + (1 << _TIES), "case_id": row.case_id}
        place = connection.execute(_PUT_PLACE, spot).scalar_one()
        CASE_WORDS.put(connection, [(place, *_tokens(row))])
        is_erased = is_erased or (None in row.names and bool(gone))
    if is_erased:
        CASE_WORDS.rewrite(connection)


def _tokens(row: CaseWordsRow) -> tuple[str, ...]:
    """In the order of the index's columns."""
    serials = [serial_token(one) for one in _DIGITS.findall(row.number)[-1:]]
    names = [name for name in row.names if name]
    papers = (row.phone, row.id_number, *(number for _, number in row.others))
    return (
        joined_tokens(names),
        " ".join(map(initial_words, names)),
        " ".join([*serials, *personal_tokens(papers)]),
        joined_tokens((row.number, row.application)),
    )
