"""Finds a case by its id, its 案号 or the number of its application, and tells who may write its events."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import Refused
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.rules.cases.entry import CaseDesk
from app.rules.cases.facts import CaseStanding
from app.services.reading.cases import standings_of
from app.services.reading.sites import has_admitted_office, is_own_site
from app.text import clean


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


def case_standing(look: Look, row: LegalCase) -> CaseStanding:
    """Where the case stands by its events as they are now."""
    return standings_of(look, [row.id])[row.id]


def case_desk(look: Look) -> CaseDesk:
    """As whom this office writes: a bureau as its legal-aid agency, a station as an intake point, or as one to which
    approval was delegated (G11)."""
    if look.office.is_bureau:
        return CaseDesk.agency
    return CaseDesk.intake


def refuse_other_case(look: Look, row: LegalCase) -> None:
    """Raises Refused E315 where neither this office took the case in nor its agency answers for it."""
    if is_own_site(look, row.site) or row.writer == look.office.code or look.office.is_bureau:
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
