"""Looks up what people owe from earlier settlements when a month's pay is shown or handed over (应收回)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from app.kernel.work import Look
from app.models.pay import Payment, Settlement, StoredPayLine
from app.rules.pay.debts import Carried, carried
from app.services.reading.people import person_links
from app.values import Month, yuan_text

Open = Mapping[str, Mapping[Month, int]]
"""Person → month → settled less handed over, 分."""


def carried_into(look: Look, month: Month, nets: Mapping[str, int]) -> dict[str, Carried]:
    """Person → how debts meet the month, for those of its pay (nets, 分) and everybody who owes something.

    Nobody at a station: it holds neither the other sites' lines nor the payments.
    """
    if not look.office.is_bureau:
        return {}
    open_fen = _open_before(look, month)
    for person, net in nets.items():
        open_fen[person][month] += net
    found = {person: carried(months, month) for person, months in open_fen.items()}
    return {person: one for person, one in found.items() if person in nets or one.brought or one.left}


def debt_sentences(one: Carried) -> tuple[str, ...]:
    """What is owed, in words: where it comes from, what this month's pay makes good, what is left."""
    said = [
        f"{debt.month.words}多付的 {yuan_text(debt.fen)} 元应收回，由本次发放抵扣" for debt in one.taken
    ] + [f"{debt.month.words}尚有 {yuan_text(debt.fen)} 元应收回，从以后的发放中抵扣" for debt in one.left]
    return tuple(said)


def left_open(look: Look, people: Iterable[str]) -> dict[Month, int]:
    """Month → settled less handed over, 分, of one person under any of these ids; months that are even left out.

    Nothing at a station, as for carried_into.
    """
    wanted = set(people)
    found: dict[Month, int] = defaultdict(int)
    for person, months in _open_before(look, None).items() if look.office.is_bureau else ():
        if person in wanted:
            for month, fen in months.items():
                found[month] += fen
    return {month: fen for month, fen in sorted(found.items()) if fen}


def _open_before(look: Look, month: Month | None) -> dict[str, dict[Month, int]]:
    """What every settled month leaves open; of the month asked for only what was handed over."""
    linked = person_links(look)
    found: dict[str, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    line, own = StoredPayLine, select(Settlement.id)
    settled = (
        select(line.person_id, line.month, func.sum(line.net_fen))
        .where(line.settlement_id.in_(own), line.month != str(month or ""))
        .group_by(line.person_id, line.month)
    )
    handed_over = select(Payment.person_id, Payment.month, -func.sum(Payment.fen)).group_by(
        Payment.person_id, Payment.month
    )
    rows: Iterable[tuple[str, str, int]] = [
        (person, text, fen)
        for query in (settled, handed_over)
        for person, text, fen in look.session.execute(query)
    ]
    for person, text, fen in rows:
        found[linked.get(person, person)][Month.parse(text)] += fen
    return found
