"""Finds a case by its id, its 案号 or the number of its application, and tells who may write its events."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, column, select, table

from app.clock import local_date
from app.errors import Refused
from app.kernel.work import Look
from app.masking import LAST
from app.models.case_standings import CaseStandingRow
from app.models.case_words import CASE_WORDS, CasePlace
from app.models.cases import LegalCase
from app.models.search_tokens import end_token, serial_token, tokens, whole_token
from app.models.words_index import Phrase
from app.rules.cases.entry import CaseDesk
from app.rules.cases.facts import CaseStanding
from app.services.reading.cases import standings_of
from app.services.reading.delegations import delegations_of, is_delegated
from app.services.reading.sites import has_admitted_office, is_own_site
from app.text import clean, clean_number

_WORDS = table(CASE_WORDS.name, column("rowid"))
CASE_PLACE: ColumnElement[int] = _WORDS.c.rowid
"""Grows with the day a found case was received."""


def need_case(look: Look, words: str) -> LegalCase:
    """The case that an id or an 案号 means. Raises Refused E313 none, E314 several."""
    text = clean(words)
    row = look.session.get(LegalCase, text)
    if row is not None:
        return row
    found = look.session.scalars(select(CaseStandingRow.case_id).where(CaseStandingRow.number == text)).all()
    if len(found) > 1:
        raise Refused(
            "E314", f"案号“{text}”对应 {len(found)} 件案件，请从列表里选，或改用案件编号。", field="case"
        )
    row = look.session.get(LegalCase, found[0]) if found and text else None
    if row is None:
        raise Refused("E313", f"没有找到案件“{text}”，请核对案号，或从列表里选。", field="case")
    return row


def cases_meant_by(look: Look, words: str, *what: Any) -> Select[Any]:
    """A statement for `what` of the cases that typed words mean; words without letter or digit mean none.

    A case is meant by part of the name, or the initials, of its applicant or another recipient, part of its 案号 or of the application's number, and
    by a telephone or identity number whole or by its last four (masking.means_number). Order by CASE_PLACE descending
    for the newest first, which costs no sorting. Raises Refused E213.
    """
    return (
        select(*what)
        .select_from(_WORDS)
        .join(CasePlace, CasePlace.place == CASE_PLACE)
        .where(CASE_WORDS.matches(look.session, _phrases(clean(words))))
    )


def _phrases(typed: str) -> list[Phrase]:
    """What the words may be in the index."""
    found = tuple(tokens(typed))
    if not found:
        return []
    number, is_digits = clean_number(typed), typed.isascii() and typed.isdigit()
    phrases = [] if is_digits else [Phrase(("applicant", "label"), found)]
    if any(sign.isdigit() for sign in typed):
        numbers = [whole_token(number)]
        numbers += [serial_token(number)] if is_digits else []
        numbers += [end_token(number)] if len(number) == LAST and number.isascii() else []
        phrases += [Phrase(("numbers",), (one,)) for one in numbers]
    elif typed.isascii():
        phrases.append(Phrase(("initials",), ("".join(found),)))
    return phrases


def case_standing(look: Look, row: LegalCase) -> CaseStanding:
    """Where the case stands by its events as they are now."""
    return standings_of(look, [row.id])[row.id]


def case_desk(look: Look, on: date | None = None) -> CaseDesk:
    """As whom this office writes a step of a day: a bureau as its legal-aid agency, a station as an intake point, or
    as one to which approval was delegated (G11), both on that day and today."""
    if look.office.is_bureau:
        return CaseDesk.agency
    site, today = look.office.own_site, local_date(look.now.at)
    if is_delegated(delegations_of(look, [site]), site, today, on or today):
        return CaseDesk.delegate
    return CaseDesk.intake


def is_own_case(look: Look, row: LegalCase) -> bool:
    """Whether this office took the case in, or its agency answers for it."""
    return is_own_site(look, row.site) or row.writer == look.office.code or look.office.is_bureau


def refuse_other_case(look: Look, row: LegalCase) -> None:
    """Raises Refused E315 where neither this office took the case in nor its agency answers for it."""
    if is_own_case(look, row):
        return
    raise Refused(
        "E315", "这件案件不是本单位受理的，不能在这里登记。请由受理点或县法律援助机构登记。", field="case"
    )


def refuse_other_intake(look: Look, site: str) -> None:
    """Raises Refused E316 where another office takes the site's applications in."""
    if is_own_site(look, site) or (look.office.is_bureau and not has_admitted_office(look, site)):
        return
    raise Refused(
        "E316",
        "这个站点的申请由它自己的办公点登记，本单位收到上报包后办理。请由该站登记后上报。",
        field="site",
    )
