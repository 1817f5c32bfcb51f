"""Tells what is known of an applicant by the number of the identity paper: a false undertaking, a 惠民卡 (G08 J08)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.case_values import FocusKind, NoteKind
from app.kernel.work import Look
from app.models.case_quality import CaseNote, FocusPerson
from app.models.cases import LegalCase
from app.text import clean_number

CARD_HOLDER = "惠民卡持有人"
"""How documents name the exemption of who holds a card (吉安 2018)."""


def dishonesty_warnings(look: Look, id_number: str, on: date) -> tuple[str, ...]:
    """What an earlier case says of the person's honesty, while it is on record."""
    number = clean_number(id_number)
    if not number:
        return ()
    notes = look.session.scalars(
        select(CaseNote)
        .join(LegalCase, LegalCase.id == CaseNote.case_id)
        .where(LegalCase.id_number == number, CaseNote.kind == NoteKind.dishonest.value)
    )
    held = [one for one in notes if str(one.facts.get("until") or date.max) >= str(on)]
    if not held:
        return ()
    last = max(one.on for one in held)
    return (f"这位申请人 {last} 有失信记录（告知承诺不实），不宜再用告知承诺，请查证明材料。",)


def known_claims(look: Look, id_number: str) -> tuple[str, ...]:
    """Exemptions that the registers tell of: who holds a 惠民卡 need not claim it."""
    number = clean_number(id_number)
    if not number:
        return ()
    held = select(FocusPerson.id).where(
        FocusPerson.id_number == number,
        FocusPerson.kind == FocusKind.card.value,
        FocusPerson.until.is_(None),
    )
    return (CARD_HOLDER,) if look.session.scalar(held.limit(1)) is not None else ()
