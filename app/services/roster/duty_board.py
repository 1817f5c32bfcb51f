"""今日我当班: who sits at a site today, as a second screen shows it and a paper at the door says it (Q12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.clock import local
from app.documents.drawn import DrawnPaper
from app.documents.forms.duty_board import BoardSheet, BoardSheetLine, draw_duty_board
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.rules.duty.duty_view import DutyView
from app.services.reading.duties import duties_in_force
from app.services.reading.names import people_of, site_names
from app.services.reading.sites import find_site
from app.values import DutyKind


class SittingState(StrEnum):
    """Where a duty of today stands by the clock."""

    now = "正在值班"
    later = "稍后值班"
    over = "今天已结束"


@dataclass(frozen=True)
class DutyBoard:
    """The site; "" for this office's own."""

    site: str = ""


@dataclass(frozen=True)
class PrintDutyBoard:
    """The same on paper, for the door."""

    site: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """One duty: who, for what they are known, the hours, where else than at the desk."""

    name: str
    about: str
    hours: str
    place: str
    state: SittingState


@dataclass(frozen=True, kw_only=True)
class DayBoard:
    """Whoever sits today, those sitting now first; nothing that the poster does not say too."""

    site: str
    on: date
    lines: tuple[BoardLine, ...]
    telephone: str
    supervision_telephone: str


@answers(DutyBoard, permission=Permission.LOOK)
def duty_board(look: Look, query: DutyBoard) -> DayBoard:
    """Raises Refused E420, E421."""
    site = find_site(look, query.site, field="site").id if query.site else look.office.own_site
    now = local(look.now.at)
    duties = [
        duty
        for duty in duties_in_force(look, (now.date(), now.date()), site)
        if duty.kind is not DutyKind.court
    ]
    people = people_of(look, {duty.person_id for duty in duties})
    order = list(SittingState)
    lines = []
    for duty in duties:
        person = people.get(duty.person_id)
        skills = "、".join(person.specialties) if person else ""
        lines.append(
            BoardLine(
                name=duty.name,
                about="　".join(filter(None, (duty.person_kind, duty.organisation, skills))),
                hours=duty.hours,
                place=""
                if duty.kind in (DutyKind.centre, DutyKind.station)
                else duty.note or duty.kind.value,
                state=_state(duty, now),
            )
        )
    return DayBoard(
        site=site_names(look).get(site, look.office.name),
        on=now.date(),
        lines=tuple(sorted(lines, key=lambda line: order.index(line.state))),
        telephone=str(setting_value(look, "service_phone")),
        supervision_telephone=str(setting_value(look, "supervision_phone")),
    )


@answers(PrintDutyBoard, title="打印今日我当班", permission=Permission.LOOK)
def print_duty_board(look: Look, query: PrintDutyBoard) -> DrawnPaper:
    """The day on a landscape page. Raises Refused E420, E421."""
    found = duty_board(look, DutyBoard(query.site))
    look.disclose("今日我当班", period=f"{found.on}", rows=len(found.lines))
    printed = draw_duty_board(
        BoardSheet(
            site=found.site,
            on=found.on,
            lines=tuple(
                BoardSheetLine(
                    name=line.name, about=line.about, hours="　".join(filter(None, (line.hours, line.place)))
                )
                for line in found.lines
            ),
            telephone=found.telephone,
            supervision_telephone=found.supervision_telephone,
        )
    )
    return DrawnPaper(printed.pdf, f"今日我当班 {found.on}.pdf", printed.missing)


def _state(duty: DutyView, now: datetime) -> SittingState:
    if any(begin <= now < end for begin, end in duty.fact().ranges):
        return SittingState.now
    return SittingState.later if now < duty.ends_at else SittingState.over
