"""Says what is still to be handed over of a month's pay, person by person (Y18)."""

from __future__ import annotations

from collections.abc import Iterable

from app.kernel.work import Look
from app.rules.pay.debts import sum_fen
from app.services.money import ledger
from app.services.money.debts import carried_into
from app.services.money.payments import PaymentView
from app.services.money.replies import held_fen
from app.services.reading.people import person_links
from app.values import Month


def amounts_due(look: Look, month: Month, before: Iterable[PaymentView]) -> dict[str, int]:
    """Person → what is still to be handed over, 分: less payments, debts and what waits for the answer to a dispute,
    never below zero; nobody due is left out."""
    linked, nets = person_links(look), dict[str, int]()
    for line in ledger.lines_paid_in(look, month):
        person = linked.get(line.person_id, line.person_id)
        nets[person] = nets.get(person, 0) + line.net_fen
    met = carried_into(look, month, nets)
    due = {person: net - sum_fen(met[person].taken) for person, net in nets.items()}
    for payment in before:
        due[payment.person_id] = due.get(payment.person_id, 0) - payment.fen
    for person, fen in held_fen(look, month).items():
        due[person] = due.get(person, 0) - fen
    return {person: fen for person, fen in due.items() if fen > 0}
