"""Stores and locks a month's pay; done again it returns what is stored and adds nothing (P19, Y18)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.pay import Settlement
from app.services.money import ledger
from app.services.money.bureau import bureau_only
from app.services.money.compute import MonthLedger, month_ledger, pack_settings, stored_ledger
from app.services.money.month_pay import MonthPay, month_pay, pay_of, unapproved_sites
from app.services.money.statements import issue_statements
from app.services.reading.incoming import refuse_incomplete
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class SettleFinal:
    """The final settlement of a month (2022-05); reason: why by this document, where it does not cover the month."""

    month: str
    reason: str = ""


@handles(SettleFinal, title="结算定稿", permission=Permission.SETTLE)
def settle_final(work: Work, command: SettleFinal) -> MonthPay:
    """The month's stored pay.

    Raises Refused E188 at a station, E850 while the month goes on, E869 outside the document's validity without a
    reason, E740 while a part of somebody's records is still to come, E921.
    """
    bureau_only(work)
    month = Month.parse(command.month)
    if ledger.settlement_of(work, month) is None:
        refuse_incomplete(work)
        if local_date(work.now.at) < month.last_day:
            raise Refused("E850", f"{month.words}还没有结束，只能试算，不能作最终结算。", field="month")
        _check_validity(work, month, command)
        found = month_ledger(work, month)
        is_as_found = _store(work, found)
        issue_statements(work, month)
        if is_as_found:
            return pay_of(work, stored_ledger(work, found))
    return month_pay(work, month)


def _check_validity(work: Work, month: Month, command: SettleFinal) -> None:
    work.why = clean(command.reason)
    outside = work.pack.outside_words(month)
    if outside and not work.why:
        raise Refused("E869", f"{outside}。仍按它最终结算的，请写明理由或批准文号。", field="reason")


def _store(work: Work, found: MonthLedger) -> bool:
    """Whether all lines are stored as found; one that a unit below gave back after a restore stands as it was stored
    the first time (P19)."""
    there = {line.id for line in ledger.lines_paid_in(work, found.month)}
    made = work.add(
        Settlement(
            month=str(found.month),
            final_at=work.now.at,
            final_by=work.actor.account,
            total_fen=found.total_fen,
            pack=work.pack.key,
            settings=pack_settings(work.pack),
            public_servants=sorted(person.id for person in found.facts.people if person.is_public_servant),
            unapproved=list(unapproved_sites(work, found.month)),
            reason=work.why or None,
        )
    )
    for place, line in enumerate(found.lines):
        if line.id in there:
            continue
        row = ledger.to_row(line, made.id, place)
        row.writer = work.office.code
        work.session.add(row)
    work.session.flush()
    if there:
        made.total_fen = sum(line.net_fen for line in ledger.lines_paid_in(work, found.month))
        work.session.flush()
    return not there
