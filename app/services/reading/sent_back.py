"""Knows which single records the bureau has sent back and nobody has ended yet."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, select

from app.kernel.work import Look
from app.models.pay import StoredPayLine
from app.models.returns import SentBack, SentBackReply
from app.values import Month

Record = tuple[str, str]
"""Name of a table, and a row's id."""


def is_unanswered() -> ColumnElement[bool]:
    """Whether a round is open and its station has said nothing yet; another office's word is none."""
    answer = (SentBackReply.sent_back_id == SentBack.id, SentBackReply.writer == SentBack.site)
    return and_(SentBack.end == "", ~exists().where(*answer))


def open_return(look: Look, record: Record) -> SentBack | None:
    """The open round of a record, None where it was not sent back or the bureau has ended it."""
    table, row_id = record
    query = select(SentBack).where(SentBack.row_id == row_id, SentBack.table == table, SentBack.end == "")
    return look.session.scalars(query.order_by(SentBack.sent_at.desc(), SentBack.id)).first()


def is_opened_again(look: Look, records: Iterable[Record], month: Month) -> bool:
    """Whether one of the records may be corrected at its station although the month is reported.

    A month of which final lines came down is settled: nothing of it is opened any more.
    """
    found = (open_return(look, one) for one in records)
    is_open = any(one is not None and one.may_correct and one.writer != look.office.code for one in found)
    return is_open and not _is_settled(look, month)


def opened_again(look: Look, tables: Iterable[str], month: Month) -> frozenset[str]:
    """Ids of all such records of some tables."""
    theirs = (SentBack.end == "", SentBack.may_correct.is_(True), SentBack.writer != look.office.code)
    found = look.session.scalars(select(SentBack.row_id).where(*theirs, SentBack.table.in_(list(tables))))
    ids = frozenset(found)
    return ids if ids and not _is_settled(look, month) else frozenset()


def _is_settled(look: Look, month: Month) -> bool:
    settled = select(StoredPayLine.id).where(StoredPayLine.month == str(month)).limit(1)
    return look.session.scalar(settled) is not None
