"""Tells each person's sites what a final month comes to over all of them (Y18, Y29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.clock import local_date
from app.kernel.work import Look, Work
from app.models.statements import PersonStatement
from app.rules.pay.debts import sum_fen
from app.services.money import ledger
from app.services.money.debts import carried_into, debt_sentences
from app.services.money.ledger import LedgerLine
from app.services.reading.names import site_names
from app.services.reading.people import person_links
from app.values import Month


def issue_statements(work: Work, month: Month, people: Iterable[str] = ()) -> None:
    """Tell every site of a finally settled month what its people come to; nobody is told the same twice.

    people: of the pool; none for everybody with a line. A document without rates has nothing to tell.
    """
    if work.pack.rates is None:
        return
    linked, lines = person_links(work), defaultdict[str, list[LedgerLine]](list)
    for line in ledger.lines_paid_in(work, month):
        lines[linked.get(line.person_id, line.person_id)].append(line)
    nets = {person: sum(line.net_fen for line in own) for person, own in lines.items()}
    carried, told, names = carried_into(work, month, nets), statements_of(work, month), site_names(work)
    for person in set(people or lines) & set(lines):
        taken = sum_fen(carried[person].taken)
        sums = {
            "net_fen": nets[person],
            "taken_fen": taken,
            "payable_fen": max(0, nets[person] - taken),
            "debts": list(debt_sentences(carried[person])),
        }
        sites = sorted({line.site for line in lines[person]})
        rows = {site: {**sums, "elsewhere": _elsewhere(lines[person], site, names)} for site in sites}
        last = {row.site: row for row in told.get(person, ())}
        if not all(_is_told(last.get(site), values) for site, values in rows.items()):
            _issue(work, month, person, rows, 1 + max((row.number for row in last.values()), default=0))


def statements_of(look: Look, month: Month) -> dict[str, Sequence[PersonStatement]]:
    """Person → every statement of the month, by number."""
    linked = person_links(look)
    found: dict[str, list[PersonStatement]] = defaultdict(list)
    query = select(PersonStatement).where(PersonStatement.month == str(month))
    for row in look.session.scalars(query.order_by(PersonStatement.number, PersonStatement.id)):
        found[linked.get(row.person_id, row.person_id)].append(row)
    return dict(found)


def _issue(work: Work, month: Month, person: str, rows: Mapping[str, Mapping[str, Any]], number: int) -> None:
    """One statement a site."""
    days = int(work.pack.settings["statement_reply_days"].value or 0)
    for site, values in rows.items():
        work.put(
            PersonStatement,
            site=site,
            month=str(month),
            person_id=person,
            number=number,
            reply_by=local_date(work.now.at) + timedelta(days=days),
            issued_at=work.now.at,
            **values,
        )


def _elsewhere(lines: Iterable[LedgerLine], site: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
    amounts: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.site != site:
            amounts[line.site].append(line.net_fen)
    return [
        {"site": one, "name": names.get(one, one), "lines": len(fen), "fen": sum(fen)}
        for one, fen in sorted(amounts.items())
    ]


def _is_told(row: PersonStatement | None, values: Mapping[str, Any]) -> bool:
    return row is not None and all(getattr(row, name) == value for name, value in values.items())
