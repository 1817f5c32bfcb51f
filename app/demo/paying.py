"""Pays the demonstration's month by three hands, and lets its people say what they think of it (Y29)."""

from __future__ import annotations

from collections.abc import Mapping

from app.clock import local
from app.demo.offices import DemoOffice
from app.services.kiosk.reply_to_pay import ReplyToPay
from app.services.money.answer_dispute import AnswerDispute
from app.services.money.check_batch import CheckBatch
from app.services.money.make_batch import MakeBatch
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import PaySheetOf
from app.services.money.replies import PayReplies


def pay(county: DemoOffice, month: str) -> None:
    """The reviewer makes the batch, the leader checks it, the cashier pays; nothing where nobody is due."""
    if not county.ask(PaySheetOf(month)).due_fen:
        return
    maker, checker, payer = map(county.office.actor_of, ("shenhe", "juzhang", "caiwu"))
    batch = county.office.do(MakeBatch(month, cash_reason="尚未开户"), maker).value
    county.office.do(CheckBatch(batch, True), checker)
    county.office.do(PayMonth(month, local(county.clock.at).date(), f"记-{month}-01", batch), payer)


def hear_people(county: DemoOffice, month: str, pins: Mapping[str, str]) -> None:
    """At the centre's kiosk everybody confirms the month by his PIN; the first one objects and is answered.

    pins: of the people who have one there, by their ids.
    """
    told = {one.person_id for one in county.ask(PayReplies(month))}
    for at, person in enumerate(one for one in sorted(pins) if one in told):
        reason = "服务记录扣款不对" if at == 0 else ""
        county.tap(ReplyToPay(person, pins[person], month, bool(reason), reason))
    reviewer = county.office.actor_of("shenhe")
    for one in county.ask(PayReplies(month)):
        for said in one.disputes:
            county.office.do(AnswerDispute(said.id, False, "逐条核对登记簿，缺项属实"), reviewer)
