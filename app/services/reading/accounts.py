"""Finds the account that a person's duty pay goes to, who typed it, and whether a second person confirmed it (Y29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.kernel.work import Look
from app.models.organisation import PersonPrivate
from app.models.payees import PayeeChange, PayeeConfirmation
from app.services.reading.people import person_links
from app.services.reading.rulings import in_parts

Row = TypeVar("Row", PersonPrivate, PayeeChange, PayeeConfirmation)
AWAITED, CONFIRMED = "待复核", "已复核"


@dataclass(frozen=True, kw_only=True)
class PayAccount:
    """Papers and account of a person as pay uses them. source: id of the private row they stand in.

    is_own: this office typed it; else a station did and the entry was linked. typed_by: the account that typed it
    here, "" for a station. change_id: that typing. confirmation: id of the second person's word, "" while awaited;
    confirmed_by their account, confirmed_at UTC.
    """

    person_id: str
    source: str
    id_number: str
    bank_name: str
    number: str
    is_own: bool
    typed_by: str
    change_id: str
    confirmation: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether there is an account that nobody may pay into yet."""
        return bool(self.number) and not self.confirmation

    @property
    def state(self) -> str:
        """待复核 or 已复核, "" without an account."""
        return (AWAITED if self.is_awaited else CONFIRMED) if self.number else ""


def pay_accounts(look: Look, people: Iterable[str]) -> dict[str, PayAccount]:
    """Person of the pool → papers and account; the pool's own row, else one that a station sent with a linked entry.

    Of several stations' entries a confirmed account is taken before others, then the oldest.
    """
    wanted = set(people)
    proposals: dict[str, list[str]] = {}
    for proposal, person in person_links(look).items():
        proposals.setdefault(person, []).append(proposal)
    sources = {one: [one, *sorted(proposals.get(one, ()))] for one in wanted}
    ids = {source for several in sources.values() for source in several}
    rows = {row.id: row for row in _rows(look, PersonPrivate, PersonPrivate.id, ids)}
    newest: dict[str, PayeeChange] = {}
    for change in sorted(_rows(look, PayeeChange, PayeeChange.private_id, ids), key=_typed_at):
        newest[change.private_id] = change
    words: dict[str, list[PayeeConfirmation]] = {}
    for word in _rows(look, PayeeConfirmation, PayeeConfirmation.person_id, wanted):
        words.setdefault(word.person_id, []).append(word)
    found: dict[str, PayAccount] = {}
    for person in wanted:
        own = [rows[source] for source in sources[person] if source in rows]
        several = [_account(look, person, row, newest, words.get(person, ())) for row in own]
        if several:
            is_settled = several[0].source == person
            found[person] = several[0] if is_settled else min(several, key=_rank)
    return found


def pay_account(look: Look, person_id: str) -> PayAccount | None:
    """The same of one person; None without papers and account."""
    return pay_accounts(look, [person_id]).get(person_id)


def _rank(one: PayAccount) -> tuple[bool, bool, str]:
    return (not one.confirmation, not one.number, one.source)


def _typed_at(change: PayeeChange) -> tuple[object, str]:
    return (change.changed_at, change.id)


def _account(
    look: Look,
    person: str,
    row: PersonPrivate,
    newest: Mapping[str, PayeeChange],
    words: Iterable[PayeeConfirmation],
) -> PayAccount:
    is_own = row.writer == look.office.code
    change = newest.get(row.id) if is_own else None
    number, bank = row.bank_account or "", row.bank_name or ""
    meant = (row.id, change.id if change else "", bank, number)
    word = next(
        (
            one
            for one in words
            if number
            and (one.private_id, one.change_id, one.bank_name or "", one.bank_account or "") == meant
        ),
        None,
    )
    return PayAccount(
        person_id=person,
        source=row.id,
        id_number=row.id_number or "",
        bank_name=bank,
        number=number,
        is_own=is_own,
        typed_by=change.changed_by if change else "",
        change_id=change.id if change else "",
        confirmation=word.id if word else "",
        confirmed_by=word.confirmed_by if word else "",
        confirmed_at=word.confirmed_at if word else None,
    )


def _rows(
    look: Look, kind: type[Row], column: InstrumentedAttribute[str], ids: Iterable[str]
) -> Iterable[Row]:
    for part in in_parts(sorted(ids)):
        yield from look.session.scalars(select(kind).where(column.in_(part)))
