"""Shows the duty pool, everybody's numbers masked, found by name, pinyin initials, licence, whole numbers or their last four."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_phone, means_number
from app.models.organisation import Person, PersonLink, PersonPrivate, Site
from app.pinyin import matches
from app.rules.duty.eligibility import eligibility_problems
from app.services.reading.accounts import pay_accounts
from app.services.reading.proposals import is_proposal
from app.text import clean, clean_number


@dataclass(frozen=True)
class Pool:
    """Who is found by the words: name or pinyin, the end of a licence, an identity number or telephone or its last four; "" finds all."""

    words: str = ""
    include_inactive: bool = False


@dataclass(frozen=True, kw_only=True)
class PoolPerson:
    """One line of the pool. is_proposal: a station's entry that the bureau has yet to link.

    phone and id_number are masked. against: why the person may not sit duty now, "" for nothing.
    is_account_awaited: a second person has yet to confirm the account, where this office pays.
    """

    id: str
    name: str
    kind: str
    is_public_servant: bool
    organisation: str
    licence: str
    phone: str
    id_number: str
    specialties: tuple[str, ...]
    practice_since: int | None
    is_active: bool
    is_proposal: bool
    is_mine: bool
    entered_by: str
    against: str
    is_account_awaited: bool = False


@answers(Pool, permission=Permission.LOOK)
def pool(look: Look, query: Pool) -> tuple[PoolPerson, ...]:
    """People by name; a proposal that is linked is shown as the person it was linked to."""
    linked = set(look.session.scalars(select(PersonLink.id)))
    sites = {site.id: site.short_name or site.name for site in look.session.scalars(select(Site))}
    ids = {row.id: row.id_number or "" for row in look.session.scalars(select(PersonPrivate))}
    rows = list(look.session.scalars(select(Person).order_by(Person.name, Person.id)))
    accounts = pay_accounts(look, {row.id for row in rows} - linked) if look.office.is_bureau else {}
    awaited = {person for person, one in accounts.items() if one.is_awaited}
    shown = [p for p in rows if p.id not in linked and (p.is_active or query.include_inactive)]
    return tuple(
        _line(look, person, ids.get(person.id, ""), sites, is_awaited=person.id in awaited)
        for person in shown
        if is_found(query.words, person, ids.get(person.id, ""))
    )


def is_found(words: str, person: Person, id_number: str = "") -> bool:
    """Whether typed words mean the person."""
    typed = clean(words)
    if not typed:
        return True
    digits = clean_number(typed)
    if digits[:-1].isdigit() and (digits[-1].isdigit() or digits[-1] == "X"):
        return person.licence.endswith(digits) or any(
            means_number(digits, number) for number in (person.phone or "", id_number)
        )
    return matches(typed, person.name or "") or typed in person.organisation


def _line(
    look: Look, person: Person, id_number: str, sites: dict[str, str], *, is_awaited: bool
) -> PoolPerson:
    problems = eligibility_problems(person, look.pack)
    is_mine = person.writer == look.office.code
    return PoolPerson(
        id=person.id,
        name=person.name or "（已删除）",
        kind=person.kind,
        is_public_servant=person.is_public_servant,
        organisation=person.organisation,
        licence=person.licence,
        phone=mask_phone(person.phone or ""),
        id_number=mask_id(id_number),
        specialties=tuple(person.specialties),
        practice_since=person.practice_since,
        is_active=person.is_active,
        is_proposal=is_proposal(look.office, person),
        is_mine=is_mine,
        entered_by=sites.get(person.writer, person.writer),
        against=problems[0].message if problems else "",
        is_account_awaited=is_awaited,
    )
