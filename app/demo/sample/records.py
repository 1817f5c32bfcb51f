"""The invented month as plain frozen rows, so that commands, workbooks and tests read the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.values import (
    AuditResult,
    DutyKind,
    Month,
    PersonKind,
    Rating,
    Sex,
    SiteKind,
    SpotMethod,
    SpotResult,
    Verdict,
)

Ranges = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class SampleSite:
    """A duty site of the county: its code, its full name, its kind, and the town's name."""

    code: str
    name: str
    kind: SiteKind
    town: str = ""

    @property
    def is_centre(self) -> bool:
        return self.kind is not SiteKind.station


@dataclass(frozen=True)
class SamplePerson:
    """An invented person of the duty pool (Y08)."""

    name: str
    kind: PersonKind
    is_public_servant: bool
    organisation: str
    licence: str
    certificate: str
    years: int | None
    phone: str
    specialties: tuple[str, ...]
    first_year: int | None
    id_number: str
    approval: str
    bank: str
    account: str


@dataclass(frozen=True)
class SampleDuty:
    """A rostered duty; ranges are naive local times in order."""

    site: SampleSite
    person: SamplePerson
    on: date
    kind: DutyKind
    ranges: Ranges

    @property
    def start(self) -> datetime:
        return self.ranges[0][0]

    @property
    def end(self) -> datetime:
        return self.ranges[-1][1]

    @property
    def hours(self) -> float:
        """Rostered hours, the ranges summed."""
        return sum((to - begin).total_seconds() for begin, to in self.ranges) / 3600


@dataclass(frozen=True)
class SampleCorrection:
    """A 补签 asked for after a forgotten sign-out: the time given, when asked, and why."""

    out_at: datetime
    asked_at: datetime
    reason: str


@dataclass(frozen=True)
class SampleAttendance:
    """A sign-in and sign-out with seconds; confirmed_by names who vouches for a paper sheet.

    duty is None for an unscheduled duty, which gives its reason.
    """

    site: SampleSite
    person: SamplePerson
    in_at: datetime
    out_at: datetime | None
    duty: SampleDuty | None
    confirmed_by: str = ""
    correction: SampleCorrection | None = None
    unscheduled_reason: str = ""

    @property
    def effective_out_at(self) -> datetime | None:
        """The sign-out once the correction is approved."""
        return self.correction.out_at if self.correction else self.out_at


@dataclass(frozen=True)
class SampleSpotCheck:
    """A roll-call check (Y23); is_justified None: not yet judged; verdict None: left blank."""

    at: datetime
    site: SampleSite
    person: SamplePerson
    method: SpotMethod
    result: SpotResult
    reason: str
    is_justified: bool | None
    verdict: Verdict | None
    checked_by: str


@dataclass(frozen=True)
class SampleConsultation:
    """A consultation as registered; empty text is an item the clerk left out."""

    number: str
    at: datetime
    site: SampleSite
    adviser: SamplePerson
    client: str
    sex: Sex
    id_number: str
    is_id_declined: bool
    phone: str
    groups: tuple[str, ...]
    channel: str
    topics: tuple[str, ...]
    question: str
    answer: str
    handling: str
    rating: Rating | None
    audit: AuditResult | None


@dataclass(frozen=True)
class SampleComplaint:
    """A complaint about a duty; at is the time complained of (Y24)."""

    at: datetime
    site: SampleSite
    person: SamplePerson
    number: str
    matter: str
    verdict: Verdict


@dataclass(frozen=True)
class SampleMonth:
    """A county's invented month."""

    seed: int
    month: Month
    sites: tuple[SampleSite, ...]
    people: tuple[SamplePerson, ...]
    duties: tuple[SampleDuty, ...]
    attendance: tuple[SampleAttendance, ...]
    spot_checks: tuple[SampleSpotCheck, ...]
    consultations: tuple[SampleConsultation, ...]
    complaints: tuple[SampleComplaint, ...]
    frequencies: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Site code → (每周 每周两次 每月, the county's reason) where it differs from weekly (Y09)."""
