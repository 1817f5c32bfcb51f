"""The sign-out check-up (签退体检): this duty's faulty records and the yuan at stake, while they can still be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local, local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.models.service_desk import Consultation
from app.rules.duty.matching import index_duties, match_attendance
from app.rules.pay.leaving_early import EarlyLeaving, leaving_early
from app.rules.pay.wording import yuan
from app.services.kiosk.shifts import running_shift
from app.services.reading.attendance import attendance_rows
from app.services.reading.people import same_person
from app.services.reading.voids import not_voided


@dataclass(frozen=True)
class MyShift:
    """The person's consultations of the shift that runs, or of today."""

    person_id: str


@dataclass(frozen=True)
class SignOutCheckUp:
    """What is faulty in the records of the person's shift."""

    person_id: str


@dataclass(frozen=True)
class ShiftRecord:
    """A record of the shift; the client's name is masked, for the screen is a public one."""

    id: str
    number: str
    at: datetime
    client: str
    topics: tuple[str, ...]
    channel: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CheckUp:
    """The faulty records and what they may cost, 分; clause: where the programme says so.

    text: 本班 2 条缺项，可能扣 20 元，现在补？
    """

    records: tuple[ShiftRecord, ...]
    faulty: tuple[ShiftRecord, ...]
    at_stake_fen: int
    clause: str
    clause_text: str
    early: EarlyLeaving | None = None
    """Set while the duty is not over: what a sign-out of this moment would mean."""

    early_clause_text: str = ""

    @property
    def text(self) -> str:
        """The one sentence the panel opens with."""
        if not self.faulty:
            return f"本班 {len(self.records)} 条记录，没有缺项" if self.records else "本班没有咨询记录"
        cost = f"，可能扣 {yuan(self.at_stake_fen)} 元" if self.at_stake_fen else ""
        return f"本班 {len(self.faulty)} 条缺项{cost}，现在补？"


@answers(MyShift, permission=Permission.KIOSK)
def my_shift(look: Look, query: MyShift) -> tuple[ShiftRecord, ...]:
    """By time."""
    return shift_records(look, query.person_id)


@answers(SignOutCheckUp, permission=Permission.KIOSK)
def sign_out_check_up(look: Look, query: SignOutCheckUp) -> CheckUp:
    """By the pack's D1, once a record or once a duty as its setting says; leaving early by its D2."""
    records = shift_records(look, query.person_id)
    faulty = tuple(record for record in records if record.missing)
    rates = look.pack.rates
    early = _early_leaving(look, query.person_id)
    if rates is None:
        return CheckUp(records, faulty, 0, "", "", early)
    is_by_duty = look.pack.rule_settings.record_unit == "duty"
    count = min(1, len(faulty)) if is_by_duty else len(faulty)
    clause = rates.clause("D1")
    at_stake = count * rates.d1_fen
    words = look.pack.clause_text(early.clause) if early else ""
    return CheckUp(records, faulty, at_stake, clause, look.pack.clause_text(clause), early, words)


def _early_leaving(look: Look, person_id: str) -> EarlyLeaving | None:
    shift, now = running_shift(look, person_id), local(look.now.at)
    if shift is None or shift.duty is None or now < shift.in_at:
        return None
    rows = attendance_rows(look, shift.in_at.date(), shift.in_at.date(), look.office.own_site)
    match = match_attendance(
        index_duties([shift.duty.fact()]), [row.fact() for row in rows], look.pack.rule_settings
    )
    served = match.served.get(shift.duty.id)
    return leaving_early(
        shift.duty.fact(),
        served.in_at if served else shift.in_at,
        now,
        look.pack.rates,
        look.pack.rule_settings,
        is_public=shift.duty.is_public_servant,
    )


def shift_records(look: Look, person_id: str) -> tuple[ShiftRecord, ...]:
    """The person's records on the date of the shift that runs, at this site."""
    shift = running_shift(look, person_id)
    on = shift.in_at.date() if shift else local_date(look.now.at)
    rows = look.session.scalars(
        select(Consultation)
        .where(
            Consultation.site == look.office.own_site,
            Consultation.on == on,
            not_voided(Consultation),
            Consultation.person_id.in_(same_person(look, person_id)),
        )
        .order_by(Consultation.at, Consultation.id)
    )
    return tuple(
        ShiftRecord(
            row.id,
            row.number,
            local(row.at),
            mask_name(row.client_name or ""),
            tuple(row.topics),
            row.channel,
            tuple(row.missing),
        )
        for row in rows
    )
