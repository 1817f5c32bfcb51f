"""Shows a month's spot checks and complaints with the duty each belongs to and what it costs or waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.supervision.explaining import HearingState as HearingState
from app.rules.supervision.quota import Quota
from app.services.reading.duties import DutyView, duties_in_force
from app.services.reading.evidence import ComplaintRow, SpotCheckRow, complaint_rows, spot_check_rows
from app.services.reading.evidence_steps import NOTHING_SAID, Explaining, explaining_of
from app.services.reading.names import names_of, site_names
from app.services.supervision.spot_quota import spot_quota
from app.values import Month, SpotResult, Verdict


class CheckStanding(Enum):
    """What a spot check comes to (Y23): nothing, a word that is awaited, a duty that is, or a judgement."""

    present = "present"
    reason_awaited = "reason_awaited"
    awaited = "awaited"
    unmatched = "unmatched"
    justified = "justified"
    deducted = "deducted"
    confirmed = "confirmed"
    unfounded = "unfounded"


@dataclass(frozen=True)
class EvidenceMonth:
    """Checks and complaints of a month; site "" is every site this office holds."""

    month: Month
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """How far the person was heard (Y24). procedure None: there is nothing to explain. is_mine: who asks put the
    evidence on record and therefore does not verify it."""

    procedure: HearingState | None
    said: Explaining
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class SpotCheckView:
    """A spot check as shown; standing: what it comes to. duty "": its duty has not arrived yet (待匹配)."""

    id: str
    at: datetime
    on: date
    site: str
    site_name: str
    person_id: str
    name: str
    method: str
    result: SpotResult
    reason: str
    inspector: str
    duty: str
    standing: CheckStanding
    is_pending: bool
    hearing: Hearing
    decided: str = ""


@dataclass(frozen=True, kw_only=True)
class ComplaintView:
    """A complaint as shown; verdict with the decision applied."""

    id: str
    at: datetime
    on: date
    site: str
    site_name: str
    person_id: str
    name: str
    number: str
    matter: str
    verdict: Verdict
    is_pending: bool
    hearing: Hearing
    decided: str = ""


@dataclass(frozen=True)
class Evidence:
    """A month's checks and complaints; quota: this office's own checks against what is asked of it (Q03)."""

    checks: tuple[SpotCheckView, ...]
    complaints: tuple[ComplaintView, ...]
    quota: Quota

    @property
    def absences(self) -> int:
        """Checks that found somebody absent, whatever came of them."""
        return sum(check.result is not SpotResult.present for check in self.checks)

    @property
    def unmatched(self) -> int:
        """Checks that found somebody absent and wait for the duty they belong to (待匹配)."""
        return sum(check.result is not SpotResult.present and not check.duty for check in self.checks)

    @property
    def to_notify(self) -> int:
        """How many people nobody told yet."""
        rows: tuple[SpotCheckView | ComplaintView, ...] = (*self.checks, *self.complaints)
        return sum(one.hearing.procedure is HearingState.to_notify for one in rows)

    @property
    def pending(self) -> int:
        """How many wait for a judgement."""
        return sum(one.is_pending for one in self.checks) + sum(one.is_pending for one in self.complaints)


@answers(EvidenceMonth, permission=Permission.LOOK)
def evidence_month(look: Look, query: EvidenceMonth) -> Evidence:
    """By time, the newest first."""
    first, last, site = query.month.first_day, query.month.last_day, query.site or None
    checks = spot_check_rows(look, first, last, site)
    complaints = complaint_rows(look, first, last, site)
    names = names_of(look, {row.person_id for row in checks} | {row.person_id for row in complaints})
    sites = site_names(look)
    duties = duties_in_force(look, (first, last), site)
    heard = _hearings(look, (*checks, *complaints))
    return Evidence(
        tuple(_check(row, names, sites, duties, heard[row.id]) for row in reversed(checks)),
        tuple(_complaint(row, names, sites, heard[row.id]) for row in reversed(complaints)),
        spot_quota(look, query.month),
    )


def _hearings(look: Look, rows: Iterable[SpotCheckRow | ComplaintRow]) -> dict[str, Hearing]:
    held = {row.id: row for row in rows}
    said, today = explaining_of(look, held), local_date(look.now.at)
    found = {}
    for one, row in held.items():
        words = said.get(one, NOTHING_SAID)
        is_about_nothing = isinstance(row, SpotCheckRow) and row.result is SpotResult.present
        state = None if is_about_nothing else words.procedure(today, is_verified=not row.is_pending)
        is_mine = row.entered_by == look.actor.account
        found[one] = Hearing(procedure=state, said=words, is_mine=is_mine)
    return found


def _check(
    row: SpotCheckRow,
    names: dict[str, str],
    sites: dict[str, str],
    duties: tuple[DutyView, ...],
    hearing: Hearing,
) -> SpotCheckView:
    duty = _duty_of(row, duties)
    return SpotCheckView(
        id=row.id,
        at=row.at,
        on=row.on,
        site=row.site,
        site_name=sites.get(row.site, row.site),
        person_id=row.person_id,
        name=names[row.person_id],
        method=row.method,
        result=row.result,
        reason=row.reason,
        inspector=row.inspector,
        duty=duty.hours if duty else "",
        standing=_standing(row, duty),
        is_pending=row.is_pending,
        hearing=hearing,
        decided=row.ruling.reason if row.ruling else "",
    )


def _duty_of(row: SpotCheckRow, duties: tuple[DutyView, ...]) -> DutyView | None:
    own = (
        duty for duty in duties if (duty.person_id, duty.site, duty.on) == (row.person_id, row.site, row.on)
    )
    return next((duty for duty in own if any(start <= row.at < end for start, end in duty.spans)), None)


def _standing(row: SpotCheckRow, duty: DutyView | None) -> CheckStanding:
    is_absence = row.result is SpotResult.absent
    if row.result is SpotResult.present:
        return CheckStanding.present
    if row.is_pending:
        return CheckStanding.reason_awaited if is_absence else CheckStanding.awaited
    if duty is None:
        return CheckStanding.unmatched
    if is_absence:
        return CheckStanding.justified if row.is_justified else CheckStanding.deducted
    return CheckStanding.confirmed if row.verdict is Verdict.confirmed else CheckStanding.unfounded


def _complaint(
    row: ComplaintRow, names: dict[str, str], sites: dict[str, str], hearing: Hearing
) -> ComplaintView:
    return ComplaintView(
        id=row.id,
        at=row.at,
        on=row.on,
        site=row.site,
        site_name=sites.get(row.site, row.site),
        person_id=row.person_id,
        name=names[row.person_id],
        number=row.consultation_number,
        matter=row.matter,
        verdict=row.verdict,
        is_pending=row.is_pending,
        hearing=hearing,
        decided=row.ruling.reason if row.ruling else "",
    )
