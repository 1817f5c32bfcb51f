"""What the check says of cases: rows that can be no case, and cases that several rows hold under one 案号."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.services.office.health_item import HealthItem
from app.services.reading.voids import not_voided
from app.text import display_safe

SHOWN = 5
"""案号 named; the number of all stands there too."""


def case_items(look: Look) -> HealthItem:
    """E366 for applications that begin with what begins no case (set aside), E367 for a 案号 that stands twice: it is
    paid once, for the case entered first or paid already."""
    stands = exists().where(CaseStandingRow.case_id == LegalCase.id)
    count = select(func.count()).select_from(LegalCase).where(~stands, not_voided(LegalCase))
    odd = look.session.scalar(count) or 0
    twice = look.session.scalars(
        select(CaseStandingRow.number)
        .where(CaseStandingRow.number != "")
        .group_by(CaseStandingRow.number)
        .having(func.count() > 1)
        .order_by(CaseStandingRow.number)
    ).all()
    words = []
    if odd:
        words.append(
            f"E366：收到的 {odd} 件案件的来由不成案件，已原样保存，没有计入，请登记单位核对后重新登记"
        )
    if twice:
        named = "、".join(map(display_safe, twice[:SHOWN])) + ("等" if len(twice) > SHOWN else "")
        words.append(f"E367：案号重复 {len(twice)} 个（{named}），只按一件支付，请核对后由登记单位撤回一件")
    return HealthItem("cases", "援助案件", not words, "；".join(words) or "都成案件，案号不重复")
