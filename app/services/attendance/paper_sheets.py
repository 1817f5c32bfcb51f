"""Draws the papers of a duty without a kiosk: the sheet to sign, and a blank register (Q05 Q06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.drawn import DrawnPaper
from app.documents.forms.blank_register import BlankRegister, draw_blank_register
from app.documents.forms.sign_sheet import SignSheet, SignSheetLine, draw_sign_sheet
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.services.reading.duties import duties_in_force
from app.services.reading.names import site_names
from app.services.reading.sites import find_site
from app.values import DutyKind

_AT_DESK = (DutyKind.centre, DutyKind.station)


@dataclass(frozen=True)
class PrintSignSheet:
    """The site ("" for this office's own) and the day; None for a blank sheet."""

    site: str = ""
    on: date | None = None


@dataclass(frozen=True)
class PrintBlankRegister:
    """The same, for a register of consultations."""

    site: str = ""
    on: date | None = None


@answers(PrintSignSheet, title="打印签到登记单", permission=Permission.RECORD_ATTENDANCE)
def print_sign_sheet(look: Look, query: PrintSignSheet) -> DrawnPaper:
    """The published duties of the day, and empty lines. Raises Refused E420, E421."""
    site, name = _site(look, query.site)
    duties = duties_in_force(look, (query.on, query.on), site) if query.on else ()
    look.disclose("签到登记单", period=f"{query.on or ''}", rows=len(duties), subjects=(site,))
    lines = tuple(
        SignSheetLine(name=duty.name, organisation=duty.organisation, hours=_hours(duty)) for duty in duties
    )
    printed = draw_sign_sheet(SignSheet(site=name, on=query.on, lines=lines))
    return DrawnPaper(printed.pdf, f"值班签到登记单 {query.on or '空白'}.pdf", printed.missing)


@answers(PrintBlankRegister, title="打印咨询登记单", permission=Permission.RECORD_ATTENDANCE)
def print_blank_register(look: Look, query: PrintBlankRegister) -> DrawnPaper:
    """Empty lines with the pack's words below. Raises Refused E420, E421."""
    site, name = _site(look, query.site)
    duties = duties_in_force(look, (query.on, query.on), site) if query.on else ()
    look.disclose("咨询登记单", period=f"{query.on or ''}", rows=len(duties), subjects=(site,))
    printed = draw_blank_register(
        BlankRegister(
            site=name,
            on=query.on,
            adviser="、".join(dict.fromkeys(duty.name for duty in duties)),
            groups=look.pack.consultation_groups,
            topics=look.pack.topics,
        )
    )
    return DrawnPaper(printed.pdf, f"法律咨询登记单 {query.on or '空白'}.pdf", printed.missing)


def _site(look: Look, words: str) -> tuple[str, str]:
    found: Site | None = find_site(look, words, field="site") if words else None
    code = found.id if found is not None else look.office.own_site
    return code, site_names(look).get(code, look.office.name)


def _hours(duty: DutyView) -> str:
    return duty.hours if duty.kind in _AT_DESK else f"{duty.hours} {duty.note or duty.kind.value}"
