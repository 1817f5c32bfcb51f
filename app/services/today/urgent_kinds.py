"""What may have to be done today: the kinds by their urgency, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.rules.supervision.quota import Quota as Quota
from app.services.attendance.attendance_month import DutyAttendance
from app.services.attendance.exceptions_list import ExceptionItem
from app.services.cases.waiting_cases import WaitingList
from app.services.returns.returns_list import ReturnView
from app.services.roster.missing_rosters import MissingRoster
from app.services.today.due import ReportDue
from app.values import Month


class UrgentKind(Enum):
    """What waits for somebody, the most urgent kind first: faults, what is due, what is only to be known."""

    sign_out = "sign_out"
    more_sign_outs = "more_sign_outs"
    returned = "returned"
    sent_back = "sent_back"
    alarms = "alarms"
    report_late = "report_late"
    report_soon = "report_soon"
    cases_late = "cases_late"
    cases_soon = "cases_soon"
    cases_lost = "cases_lost"
    case_list_late = "case_list_late"
    case_list = "case_list"
    disputes = "disputes"
    batches = "batches"
    decisions = "decisions"
    problems_late = "problems_late"
    problems = "problems"
    measures = "measures"
    explanations = "explanations"
    faulty_records = "faulty_records"
    errands = "errands"
    visits = "visits"
    posters = "posters"
    rosters = "rosters"
    audits = "audits"
    unconfirmed = "unconfirmed"
    parked = "parked"
    backup = "backup"
    replies = "replies"
    update = "update"
    reviews = "reviews"
    spot_quota = "spot_quota"
    outside = "outside"

    @property
    def is_only_known(self) -> bool:
        """Whether it is to be known rather than to be done."""
        return self in (UrgentKind.reviews, UrgentKind.spot_quota, UrgentKind.outside)


@dataclass(frozen=True)
class OpenSignOut:
    """A duty that nobody signed out of; site_name: "" at an office of one site."""

    line: DutyAttendance
    site_name: str
    is_of_yesterday: bool


@dataclass(frozen=True)
class MoreSignOuts:
    """How many more of them, and the newest."""

    count: int
    line: DutyAttendance


@dataclass(frozen=True)
class OpenDecisions:
    """How many decisions a month waits for, and the first."""

    month: Month
    count: int
    first: ExceptionItem


@dataclass(frozen=True)
class OpenHearings:
    """People to be told of evidence against them, and explanations that are awaited; month: the newest such evidence's;
    due_on: the next day that an explanation is due, None while none was asked for."""

    to_notify: int
    awaited: int
    month: Month
    due_on: date | None


@dataclass(frozen=True)
class OpenProblems:
    """Problems that are overdue, due soon or waiting for a second look, and the earliest due day."""

    to_mend: int
    to_recheck: int
    due_on: date


@dataclass(frozen=True)
class DueMeasures:
    """Measures of the document that are overdue or due soon, and the first of them."""

    count: int
    title: str
    due_on: date


@dataclass(frozen=True)
class FaultyRecords:
    """Records of a month that this office keeps, faulty and still to be mended, with what is at stake, 分."""

    month: Month
    count: int
    stake_fen: int


@dataclass(frozen=True)
class OpenAudits:
    """How many records wait to be audited longer than they may, the day of the oldest, and how many days are allowed (Q13)."""

    count: int
    oldest: date
    days: int


@dataclass(frozen=True)
class OpenReviews:
    """How many reported months wait for the reviewer, and the first of them."""

    count: int
    month: Month
    site: str


@dataclass(frozen=True)
class BackupDue:
    """For how many days nothing was backed up; is_first: nothing ever was."""

    days: int
    is_first: bool


@dataclass(frozen=True)
class UpdateWaiting:
    """The bureau handed this version of the program down, and it does not run here yet."""

    version: str


@dataclass(frozen=True)
class OutsideDocument:
    """The month that goes on is not covered by the document in force; words: which one, and until when."""

    month: Month
    words: str


@dataclass(frozen=True)
class DueCases:
    """How many cases are overdue, due soon or to be looked at; first: the nearest due day among the urgent ones."""

    count: int
    first: date | None = None


@dataclass(frozen=True)
class OpenReplies:
    """How many people dispute a final month, or have not replied to it yet; by: the last day to reply (Y29)."""

    month: Month
    count: int
    by: date


@dataclass(frozen=True)
class UnpublishedRosters:
    """Which sites have no roster of the coming month yet (Y04)."""

    month: Month
    sites: tuple[MissingRoster, ...]


@dataclass(frozen=True)
class OpenPayBatches:
    """How many payment batches wait for the asker's hand, and the month of the first (Y29)."""

    month: Month
    count: int
    is_to_pay: bool


@dataclass(frozen=True)
class DueErrands:
    """How many things promised to citizens are overdue or due by tomorrow, and the nearest last day."""

    count: int
    first: date


@dataclass(frozen=True)
class SingleReturns:
    """How many records sent back one by one wait for this office, and the newest."""

    count: int
    first: ReturnView


@dataclass(frozen=True)
class Counted:
    """How many alarms, bundles set aside, home visits that nobody planned, posters that hang too long."""

    count: int


Subject = (
    OpenSignOut
    | MoreSignOuts
    | ReportDue
    | OpenDecisions
    | OpenHearings
    | OpenProblems
    | DueMeasures
    | Quota
    | FaultyRecords
    | OpenAudits
    | OpenReviews
    | BackupDue
    | UpdateWaiting
    | OutsideDocument
    | DueCases
    | DueErrands
    | WaitingList
    | OpenReplies
    | OpenPayBatches
    | UnpublishedRosters
    | SingleReturns
    | Counted
)


@dataclass(frozen=True)
class Urgent:
    """One thing to do, and what it is about."""

    kind: UrgentKind
    subject: Subject

    @property
    def id(self) -> str:
        """The same as long as the thing is the same."""
        match self.subject:
            case OpenSignOut(line=line):
                return f"{self.kind.value}-{line.id}"
            case OpenDecisions(month=month) | FaultyRecords(month=month) | OpenReplies(month=month):
                return f"{self.kind.value}-{month}"
        return self.kind.value

    @property
    def number(self) -> int:
        """How many things it stands for."""
        match self.subject:
            case UnpublishedRosters(sites=sites):
                return len(sites)
            case OpenHearings(to_notify=to_notify, awaited=awaited):
                return to_notify + awaited
            case OpenProblems(to_mend=to_mend, to_recheck=to_recheck):
                return to_mend + to_recheck
            case MoreSignOuts(count=count) | OpenDecisions(count=count) | FaultyRecords(count=count):
                return count
            case (
                OpenAudits(count=count)
                | OpenReplies(count=count)
                | OpenPayBatches(count=count)
                | OpenReviews(count=count)
                | Counted(count=count)
                | DueCases(count=count)
                | DueMeasures(count=count)
                | DueErrands(count=count)
                | SingleReturns(count=count)
            ):
                return count
        return 1
