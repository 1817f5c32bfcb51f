"""A month of facts built in few words, for the tests of matching and settlement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from app.rules.duty.facts import (
    AttendanceFact,
    ComplaintFact,
    ConsultationFact,
    DutyFact,
    MonthFacts,
    PersonFact,
    SiteFact,
    SpotCheckFact,
)
from app.rules.pay.lines import MonthSettlement, PayLine
from app.rules.pay.settle import settle
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import AuditResult, DutyKind, Month, Rating, SiteKind, SpotResult, Verdict

MAY = Month(2022, 5)
CENTRE, CITY, STATION, OTHER = "140802-01", "1408-01", "140802101", "140802102"
SITES = (
    SiteFact(CENTRE, "盐湖区公共法律服务中心", SiteKind.county_centre),
    SiteFact(CITY, "运城市公共法律服务中心", SiteKind.city_centre),
    SiteFact(STATION, "解州镇公共法律服务工作站", SiteKind.station),
    SiteFact(OTHER, "安邑街道公共法律服务工作站", SiteKind.station),
)
PEOPLE = (
    PersonFact("zhang", "张三", False),
    PersonFact("li", "李四", False),
    PersonFact("wang", "王五", True),
)
CLAUSES = {
    "public": ("四（一）3", "公职律师等公职人员值班的，不予发放补贴"),
    "minimum": ("四（一）4", "每次值班时间不少于"),
    "D2": ("五（二）1（2）", "迟到、早退的，一次扣50元"),
}
Y_RATES = DutyRates(clauses=CLAUSES)


def at(day: int, clock: str) -> datetime:
    """The 12th at 09:12:34 → at(12, "09:12:34"), May 2022."""
    return datetime.fromisoformat(f"2022-05-{day:02d} {clock}")


@dataclass
class Book:
    """Collects facts; every adding method returns the new fact's id."""

    duties: list[DutyFact] = field(default_factory=list)
    rows: list[AttendanceFact] = field(default_factory=list)
    checks: list[SpotCheckFact] = field(default_factory=list)
    records: list[ConsultationFact] = field(default_factory=list)
    complaints: list[ComplaintFact] = field(default_factory=list)
    numbers: Iterable[int] = field(default_factory=lambda: count(1))
    namesakes: frozenset[str] = frozenset()
    as_of: datetime | None = None

    def _id(self, kind: str) -> str:
        return f"{kind}{next(iter(self.numbers))}"

    def duty(
        self,
        day: int,
        site: str = STATION,
        person: str = "zhang",
        hours: str = "",
        kind: DutyKind | None = None,
        is_special: bool = False,
    ) -> str:
        """A published duty; by default 09:00-13:00 at a station, a day with a noon break at a centre."""
        is_station = site in (STATION, OTHER)
        hours = hours or ("09:00-13:00" if is_station else "08:00-12:00 14:00-18:00")
        pairs = tuple(tuple(at(day, end) for end in pair.split("-", 1)) for pair in hours.split())
        kind = kind or (DutyKind.station if is_station else DutyKind.centre)
        new = DutyFact(self._id("duty"), site, person, date(2022, 5, day), kind, pairs, is_special)  # type: ignore[arg-type]
        self.duties.append(new)
        return new.id

    def row(
        self,
        day: int,
        came: str | None,
        left: str | None,
        site: str = STATION,
        person: str = "zhang",
        **more: object,
    ) -> str:
        """A sign-in and its sign-out."""
        new = AttendanceFact(
            id=self._id("row"),
            site=site,
            person_id=person,
            on=date(2022, 5, day),
            in_at=at(day, came) if came else None,
            out_at=at(day, left) if left else None,
            **more,  # type: ignore[arg-type]
        )
        self.rows.append(new)
        return new.id

    def worked(self, day: int, site: str = STATION, person: str = "zhang", **more: object) -> str:
        """A duty attended to the minute."""
        made = self.duty(day, site, person, **more)  # type: ignore[arg-type]
        duty = self.duties[-1]
        self.row(day, f"{duty.start:%H:%M:%S}", f"{duty.end:%H:%M:%S}", site, person)
        return made

    def check(
        self,
        day: int,
        clock: str,
        result: str = "脱岗",
        good: bool | None = False,
        verdict: str = "待核实",
        site: str = STATION,
        person: str = "zhang",
    ) -> str:
        """A roll-call check; by default an absence judged to have no good reason."""
        new = SpotCheckFact(
            self._id("check"), site, person, at(day, clock), SpotResult(result), good, Verdict(verdict)
        )
        self.checks.append(new)
        return new.id

    def record(
        self,
        day: int,
        clock: str,
        missing: tuple[str, ...] = (),
        audit: str | None = None,
        rating: str | None = None,
        site: str = STATION,
        person: str = "zhang",
    ) -> str:
        """A consultation."""
        number = self._id("")
        new = ConsultationFact(
            id=f"record{number}",
            number=number,
            site=site,
            person_id=person,
            at=at(day, clock),
            missing=missing,
            audit=AuditResult(audit) if audit else None,
            rating=Rating(rating) if rating else None,
        )
        self.records.append(new)
        return new.id

    def complaint(
        self,
        day: int,
        clock: str,
        about: str | None = None,
        verdict: str = "属实",
        site: str = STATION,
        person: str = "zhang",
    ) -> str:
        """A complaint; by default verified."""
        new = ComplaintFact(self._id("complaint"), site, person, at(day, clock), about, Verdict(verdict))
        self.complaints.append(new)
        return new.id

    def facts(self) -> MonthFacts:
        """The month of May 2022."""
        return MonthFacts(
            month=MAY,
            sites=SITES,
            people=PEOPLE,
            duties=tuple(self.duties),
            attendances=tuple(self.rows),
            spot_checks=tuple(self.checks),
            consultations=tuple(self.records),
            complaints=tuple(self.complaints),
            unlinked_namesakes=self.namesakes,
            as_of=self.as_of,
        )

    def settle(self, rates: DutyRates | None = Y_RATES, **settings: object) -> MonthSettlement:
        """Settle it under settings that differ from the defaults as given."""
        return settle(self.facts(), rates, replace(RuleSettings(), **settings))  # type: ignore[arg-type]

    def nets(self, rates: DutyRates | None = Y_RATES, **settings: object) -> list[int]:
        """The lines' net amounts in whole yuan."""
        return [line.net_fen // 100 for line in self.settle(rates, **settings).lines]

    def line(self, rates: DutyRates | None = Y_RATES, **settings: object) -> PayLine:
        """The first line."""
        return self.settle(rates, **settings).lines[0]

    def kinds(self, **settings: object) -> list[str]:
        """The exceptions' kinds, in order."""
        return [one.kind.value for one in self.settle(**settings).exceptions]


def seconds(length: float) -> timedelta:
    """A span of seconds."""
    return timedelta(seconds=length)
