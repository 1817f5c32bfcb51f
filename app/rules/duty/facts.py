"""The plain facts a month is settled from, so that the rules need neither a database nor a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.values import AuditResult, DutyKind, Month, Origin, PersonKind, Rating, SiteKind, SpotResult, Verdict

LONGEST_SHIFT = timedelta(hours=16)
"""No sign-in is closed by a sign-out later than this."""
CLOCK_RED = "red"
"""The clock grade of a punch whose wall clock was set by hand (a reboot is grey and harmless)."""


@dataclass(frozen=True)
class SiteFact:
    """A duty site; code: 9 digits, or a bureau's code and `-01`."""

    code: str
    name: str
    kind: SiteKind


@dataclass(frozen=True)
class PersonFact:
    """A person of the duty pool; is_public_servant alone decides pay (Y08)."""

    id: str
    name: str
    is_public_servant: bool
    kind: PersonKind = PersonKind.lawyer
    licence: str = ""


@dataclass(frozen=True)
class DutyFact:
    """A published duty; ranges are naive local [from, to) pairs in order, a noon break between them."""

    id: str
    site: str
    person_id: str
    on: date
    kind: DutyKind
    ranges: tuple[tuple[datetime, datetime], ...]
    is_special_confirmed: bool = False

    @property
    def start(self) -> datetime:
        """When the duty begins."""
        return self.ranges[0][0]

    @property
    def end(self) -> datetime:
        """When the duty is over."""
        return self.ranges[-1][1]

    @property
    def rostered(self) -> timedelta:
        """Rostered time: the ranges summed, to the second (P8)."""
        return sum((to - begin for begin, to in self.ranges), timedelta())


@dataclass(frozen=True, kw_only=True)
class AttendanceFact:
    """A sign-in and its sign-out (approved corrections applied), naive local with seconds.

    judged: somebody's word about the row, None while nobody gave one; without it times that cannot be pay nothing.
    """

    id: str
    site: str
    person_id: str
    on: date
    in_at: datetime | None
    out_at: datetime | None
    origin: str = Origin.kiosk
    confirmed_by: str = ""
    is_unscheduled_approved: bool = False
    clock_grade: str = ""
    judged: bool | None = None

    @property
    def is_backwards(self) -> bool:
        """The sign-out stands before its own sign-in."""
        return self.in_at is not None and self.out_at is not None and self.out_at < self.in_at

    @property
    def is_endless(self) -> bool:
        """Longer than anybody sits: the sign-out is another day's, or a slip of the pen."""
        return self.in_at is not None and self.out_at is not None and self.out_at - self.in_at > LONGEST_SHIFT

    @property
    def is_implausible(self) -> bool:
        """Times that nothing can be paid by before somebody gave a word."""
        return self.is_backwards or self.is_endless


@dataclass(frozen=True)
class SpotCheckFact:
    """A roll-call check; is_justified None: nobody has judged the reason yet."""

    id: str
    site: str
    person_id: str
    at: datetime
    result: SpotResult
    is_justified: bool | None = None
    verdict: Verdict = Verdict.pending


@dataclass(frozen=True, kw_only=True)
class ConsultationFact:
    """A service record; missing: the required items it lacks, by their Chinese names."""

    id: str
    number: str
    site: str
    person_id: str
    at: datetime
    missing: tuple[str, ...] = ()
    audit: AuditResult | None = None
    rating: Rating | None = None


@dataclass(frozen=True)
class ComplaintFact:
    """A complaint; at is the time complained of, consultation_id the record it names."""

    id: str
    site: str
    person_id: str
    at: datetime
    consultation_id: str | None = None
    verdict: Verdict = Verdict.pending


@dataclass(frozen=True)
class SenselessFact:
    """A stored row that nothing can be computed from; what: its kind in Chinese (值班, 抽查 …)."""

    id: str
    what: str
    site: str
    person_id: str
    on: date


@dataclass(frozen=True)
class LateFact:
    """A change that came after its month was reported and that nobody decided; what: in a few words."""

    id: str
    what: str
    site: str
    person_id: str
    on: date


@dataclass(frozen=True, kw_only=True)
class MonthFacts:
    """All that one month of a bureau's sites is settled from.

    as_of: naive local time of the computation; a duty not over by then is no absence (P11). None: the month is over.
    unlinked_namesakes: ids of people whose namesake is not yet linked or told apart.
    """

    month: Month
    sites: tuple[SiteFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    attendances: tuple[AttendanceFact, ...] = ()
    spot_checks: tuple[SpotCheckFact, ...] = ()
    consultations: tuple[ConsultationFact, ...] = ()
    complaints: tuple[ComplaintFact, ...] = ()
    unlinked_namesakes: frozenset[str] = frozenset()
    as_of: datetime | None = None
    senseless: tuple[SenselessFact, ...] = ()
    late: tuple[LateFact, ...] = ()
