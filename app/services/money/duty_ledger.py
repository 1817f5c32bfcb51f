"""Lists a month's duties as they were served, in place of a pay sheet where the document fixes no duty pay (G, A, J)."""

from __future__ import annotations

from collections.abc import Iterator

from app.clock import local
from app.documents.forms.duty_ledger import DutyLedger, DutyLedgerLine
from app.kernel.work import Look
from app.services.attendance.attendance_month import DutyAttendance, duty_attendances
from app.services.money.month_pay import UNPAID, MonthPay
from app.services.reading.names import people_of

SHAM = "经核实不在岗或虚假值班，另行通报"


def duty_ledger(look: Look, pay: MonthPay, version: str) -> DutyLedger:
    """The ledger of a month without rates."""
    return DutyLedger(
        office=look.office.name,
        month=pay.month,
        lines=tuple(ledger_lines(look, pay)),
        remark=UNPAID,
        is_final=pay.is_final,
        version=version,
        printed_at=local(look.now.at),
        validity=pay.validity_note,
    )


def ledger_lines(look: Look, pay: MonthPay) -> Iterator[DutyLedgerLine]:
    """The duties that count in the month, by date, site and time."""
    counted = {line.key: line for line in pay.lines}
    shams = {(case.person_id, case.on) for case in pay.circulars}
    rows = duty_attendances(look, pay.month.first_day, pay.month.last_day, None)
    served = [row for row in rows if row.id in counted]
    people = people_of(look, {row.person_id for row in served})
    for row in served:
        person = people.get(row.person_id)
        sham = SHAM if (counted[row.id].person_id, row.on) in shams else ""
        yield DutyLedgerLine(
            on=row.on,
            site=counted[row.id].site_name,
            name=row.name,
            organisation=person.organisation if person else "",
            kind=row.kind,
            hours=row.hours,
            came=row.in_text,
            left=row.out_text,
            state=row.state,
            remark="；".join(filter(None, (row.note, sham, _origin(row), *row.waiting))),
        )


def _origin(row: DutyAttendance) -> str:
    """Where the times are from, unless from the kiosk; who confirmed paper."""
    if row.confirmed_by:
        return f"{row.origin}（{row.confirmed_by}确认）"
    return row.origin if row.origin not in ("", "签到台") else ""
