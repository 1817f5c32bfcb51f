"""Keeps when people gather at the points of a site, and drafts mobile duties for those days (Q06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import local_date
from app.dates import parse_time_ranges, ranges_text
from app.desk_values import MarketCycle
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Site
from app.models.outreach import MarketRule
from app.models.travelling import understood
from app.rules.duty.duty_view import read_ranges, stored_ranges
from app.rules.roster.markets import days_words, market_days, read_days
from app.services.reading.duties import duty_views
from app.services.reading.roster import planned_duties, short_site_names
from app.services.roster.copy_last_month import Copied, EmptySeat
from app.services.roster.entry import need_linked_person, new_draft
from app.services.roster.free_people import SeatJudge
from app.services.roster.rights import may_roster_for, need_roster_site
from app.text import clean
from app.values import DutyKind, Month

LONGEST = 60
MOBILE = (DutyKind.mobile, DutyKind.outreach)


@dataclass(frozen=True)
class AddMarket:
    """A point and when people gather there. cycle: of MarketCycle; days: as people say it (逢三六九, 5、15、25, 周二);
    hours: 09:00-12:00. site "": this office's own."""

    place: str
    cycle: str
    days: str
    hours: str
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """A place, a cycle, days that can be read, hours."""
        if not clean(self.place) or len(self.place) > LONGEST:
            yield Problem("place", f"请写明集市或场所，最多 {LONGEST} 字。", "E278")
        if self.cycle not in set(MarketCycle):
            yield Problem("cycle", f"请选择按什么算：{'、'.join(MarketCycle)}。", "E278")
        elif not read_days(MarketCycle(self.cycle), self.days):
            yield Problem("days", "看不懂是哪些日子，请写成“逢三六九”“5、15、25”或“周二、周五”。", "E278")


@dataclass(frozen=True)
class EndMarket:
    """A point where nobody gathers any more, from today."""

    id: str


@dataclass(frozen=True)
class DraftMarkets:
    """A mobile duty of one person for each market day of a month that has none yet."""

    id: str
    month: Month
    person_id: str


@dataclass(frozen=True)
class Markets:
    """The points in use, with their days in a month and the next."""

    month: Month


@dataclass(frozen=True)
class MarketDay:
    """A market day, and whether a mobile duty is planned for it."""

    on: date
    is_taken: bool


@dataclass(frozen=True, kw_only=True)
class MarketLine:
    """A point. words: 农历逢三、六、九. days: of the month asked for and the next."""

    id: str
    site: str
    site_name: str
    place: str
    words: str
    hours: str
    days: tuple[MarketDay, ...]
    is_mine: bool


@handles(AddMarket, title="登记赶集日", permission=Permission.DRAFT_ROSTER)
def add_market(work: Work, command: AddMarket) -> str:
    """Its id. Raises Refused E401, E402, E409, E420, E421 and those of hours."""
    site = need_roster_site(work, command.site or work.office.own_site)
    cycle = MarketCycle(command.cycle)
    return work.put(
        MarketRule,
        site=site.id,
        place=clean(command.place),
        cycle=cycle.value,
        days=[str(day) for day in read_days(cycle, command.days)],
        ranges=stored_ranges(parse_time_ranges(command.hours)),
        entered_by=work.actor.account,
    )


@handles(EndMarket, title="停用赶集日", permission=Permission.DRAFT_ROSTER)
def end_market(work: Work, command: EndMarket) -> str:
    """Its id. Raises Refused E279, E903."""
    row = work.mine(_need_market(work, command.id))
    row.ended_on = local_date(work.now.at)
    return str(row.id)


@handles(DraftMarkets, title="按赶集日排班", permission=Permission.DRAFT_ROSTER)
def draft_markets(work: Work, command: DraftMarkets) -> Copied:
    """The drafts made, days that had a mobile duty, and days the person cannot sit, each with why. Days gone by are
    left. Raises Refused E279, E401, E409, E419."""
    row = _need_market(work, command.id)
    site = need_roster_site(work, row.site)
    person, ranges = need_linked_person(work, command.person_id), read_ranges(row.ranges)
    planned = list(planned_duties(work, (command.month.first_day, command.month.last_day)))
    judge, made, empty, kept = SeatJudge(work, command.month, planned), list[str](), list[EmptySeat](), 0
    for day in _days(work, row, command.month):
        if day.on < local_date(work.now.at):
            continue
        if day.is_taken:
            kept += 1
            continue
        if reason := judge.against(person, day.on, ranges):
            empty.append(EmptySeat(day.on, row.place, ranges_text(ranges), reason))
            continue
        draft = work.add(new_draft(site.id, day.on, DutyKind.mobile, person, ranges, row.place))
        made.append(str(draft.id))
        judge.seat(duty_views(work, [draft])[0])
    return Copied(tuple(made), kept, tuple(empty))


@answers(Markets, permission=Permission.LOOK)
def markets(look: Look, query: Markets) -> tuple[MarketLine, ...]:
    """By site and place."""
    rows = look.session.scalars(
        select(MarketRule)
        .where(MarketRule.ended_on.is_(None))
        .order_by(MarketRule.site, MarketRule.place, MarketRule.id)
    )
    names = short_site_names(look)
    return tuple(
        MarketLine(
            id=row.id,
            site=row.site,
            site_name=names.get(row.site, row.site),
            place=row.place,
            words=days_words(MarketCycle(row.cycle), [int(day) for day in row.days]),
            hours=ranges_text(read_ranges(row.ranges)),
            days=(*_days(look, row, query.month), *_days(look, row, query.month.next())),
            is_mine=row.writer == look.office.code,
        )
        for row in understood(rows)
        if _is_ours(look, row.site)
    )


def _is_ours(look: Look, site: str) -> bool:
    found = look.session.get(Site, site)
    return found is not None and may_roster_for(look, found)


def _need_market(look: Look, row_id: str) -> MarketRule:
    row = look.session.get(MarketRule, row_id)
    if row is None or row.ended_on is not None:
        raise Refused("E279", "没有找到这个赶集日，或者已经停用，请刷新后再试。")
    return row


def _days(look: Look, row: MarketRule, month: Month) -> tuple[MarketDay, ...]:
    """The market days of a month; one is taken where any mobile duty of the point is drafted or published."""
    span = (month.first_day, month.last_day)
    planned = look.once(("planned", span), lambda: tuple(planned_duties(look, span)))
    taken = {
        duty.on
        for duty in planned
        if duty.site == row.site and duty.kind in MOBILE and duty.note == row.place
    }
    days = market_days(MarketCycle(row.cycle), [int(day) for day in row.days], month)
    return tuple(MarketDay(on, on in taken) for on in days)
