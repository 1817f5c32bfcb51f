"""Finds consultation records by their id, or by typed words through the full-text index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, column, select, table

from app.clock import local_to_utc
from app.errors import Refused
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import LAST
from app.models.search_tokens import (
    end_token,
    number_token,
    serial_token,
    site_token,
    tokens,
    whole_token,
)
from app.models.search_words import WORDS, SearchPlace, first_place
from app.models.service_desk import Consultation
from app.models.words_index import Phrase
from app.services.reading.voids import void_of
from app.text import clean, clean_number

_WORDS = table(WORDS.name, column("rowid"))
PLACE: ColumnElement[int] = _WORDS.c.rowid
"""Grows with a found record's time."""


def need_consultation(look: Look, row_id: str) -> Consultation:
    """The record of that id, which nobody took back. Raises Refused E246, E255."""
    row = find_consultation(look, row_id)
    if void_of(look, row) is not None:
        raise Refused("E255", "这条咨询记录已经作废，只能查看。请刷新列表后再试。")
    return row


def find_consultation(look: Look, row_id: str) -> Consultation:
    """The record of that id, one that was voided too. Raises Refused E246."""
    row = look.session.get(Consultation, row_id)
    if row is None:
        raise Refused("E246", "没有找到这条咨询记录，请刷新列表后再试。")
    return row


def meant_by(
    look: Look, words: str, *what: Any, site: str = "", first: date | None = None, last: date | None = None
) -> Select[Any]:
    """A statement for `what` of the records that typed words mean; words without letter or digit mean none.

    A record is meant by part of its client's name or its initials, of a topic, of what was asked and answered (for
    those who may read it), by its number, and by a telephone or identity number whole or by its last four
    (masking.means_number). site, first, last bound what is looked through; order by PLACE descending for the newest
    first, which costs no sorting. Raises Refused E213.
    """
    phrases = _phrases(words, may_read=look.actor.may(Permission.REVEAL))
    within = Phrase(("site",), (site_token(site),)) if site else None
    wanted = (
        select(*what)
        .select_from(_WORDS)
        .join(SearchPlace, SearchPlace.place == PLACE)
        .join(Consultation, Consultation.id == SearchPlace.row_id)
        .where(WORDS.matches(look.session, phrases, within))
    )
    if first:
        wanted = wanted.where(_WORDS.c.rowid >= _place_of(first))
    return wanted.where(_WORDS.c.rowid < _place_of(last + timedelta(days=1))) if last else wanted


def _place_of(on: date) -> int:
    return first_place(local_to_utc(datetime.combine(on, time())))


def _phrases(words: str, *, may_read: bool) -> list[Phrase]:
    """What the words may be in a record."""
    typed = clean(words)
    found = tuple(tokens(typed))
    if not found:
        return []
    columns = ("client", "topics", "content") if may_read else ("client", "topics")
    phrases = [Phrase(columns, found)]
    if any(sign.isdigit() for sign in typed):
        phrases += [Phrase(("numbers",), (one,)) for one in _numbers(clean_number(typed))]
    elif typed.isascii():
        phrases.append(Phrase(("initials",), ("".join(found),)))
    return phrases


def _numbers(typed: str) -> Iterable[str]:
    found = [number_token(typed), whole_token(typed)]
    if typed.isascii() and typed.isdigit():
        found.append(serial_token(typed))
    if len(typed) == LAST and typed.isascii():
        found.append(end_token(typed))
    return found
