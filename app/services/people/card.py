"""Shows everything of one person: facts with numbers masked, leave, links, warnings, and what was changed when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.clock import local
from app.errors import Refused
from app.identity import account_warnings, judge_id, licence_warnings, phone_warnings
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_account, mask_id, mask_phone
from app.models.organisation import Person, PersonLink, PersonPrivate
from app.models.records import Account, ChangeEntry, JournalEntry
from app.rules.duty.eligibility import eligibility_problems
from app.services.people.leave import leaves_of
from app.services.people.twins import namesakes
from app.services.reading.accounts import PayAccount, pay_account
from app.services.reading.erasures import erased_on
from app.services.reading.proposals import is_proposal
from app.values import PersonKind

MOST_CHANGES = 20


@dataclass(frozen=True)
class PersonCard:
    """One person, by id."""

    person_id: str


@dataclass(frozen=True)
class LeaveView:
    """A time of leave in local times; ends_at is the first moment after it."""

    id: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    is_mine: bool


@dataclass(frozen=True)
class PersonChange:
    """One change on record: when (local), who, the command's name, why."""

    at: datetime
    by: str
    command: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PersonCardView:
    """A person as the detail pane shows it; phone, id_number and bank_account are masked.

    account_row: id of the private row the account stands in. account_state: 待复核 or 已复核 where this office pays;
    account_word: by whom and when (local) it was confirmed. erased_on: when the personal values were lawfully erased.

    against: why the person may not sit duty now, clause included. warnings: what looks odd but is allowed.
    proposals: ids of stations' proposals that were linked to this person.
    """

    id: str
    name: str
    kind: str
    is_public_servant: bool
    organisation: str
    licence: str
    qualification: str
    years_of_service: int | None
    phone: str
    specialties: tuple[str, ...]
    practice_since: int | None
    relaxed_approval: str
    id_number: str
    bank_name: str
    bank_account: str
    account_row: str
    account_state: str
    account_word: str
    badge_code: str
    is_active: bool
    inactive_reason: str
    erased_on: date | None
    is_mine: bool
    is_proposal: bool
    against: tuple[str, ...]
    warnings: tuple[str, ...]
    leaves: tuple[LeaveView, ...]
    proposals: tuple[str, ...]
    changes: tuple[PersonChange, ...]


@answers(PersonCard, permission=Permission.LOOK)
def person_card(look: Look, query: PersonCard) -> PersonCardView:
    """Raises Refused E438. The bank's name is shown only to those who may see accounts."""
    person = look.session.get(Person, query.person_id)
    if person is None:
        raise Refused("E438", "这名人员已不在值班人员库里，请刷新后再试。", field="person_id")
    private = look.session.get(PersonPrivate, person.id) or PersonPrivate()
    account = pay_account(look, person.id)
    is_mine = person.writer == look.office.code
    return PersonCardView(
        id=person.id,
        name=person.name or "",
        erased_on=erased_on(look, "person", person.id),
        kind=person.kind,
        is_public_servant=person.is_public_servant,
        organisation=person.organisation,
        licence=person.licence,
        qualification=person.qualification,
        years_of_service=person.years_of_service,
        phone=mask_phone(person.phone or ""),
        specialties=tuple(person.specialties),
        practice_since=person.practice_since,
        relaxed_approval=person.relaxed_approval,
        id_number=mask_id(private.id_number or ""),
        bank_name=account.bank_name if account and look.actor.may(Permission.SEE_PAYEE) else "",
        bank_account=mask_account(account.number if account else ""),
        account_row=account.source if account else "",
        account_word=_confirmed(look, account),
        account_state=account.state if account and look.office.is_bureau else "",
        badge_code=person.badge_code,
        is_active=person.is_active,
        inactive_reason=person.inactive_reason,
        is_mine=is_mine,
        is_proposal=is_proposal(look.office, person),
        against=tuple(problem.message for problem in eligibility_problems(person, look.pack)),
        warnings=person_warnings(look, person, private),
        leaves=_leaves(look, person.id),
        proposals=tuple(look.session.scalars(select(PersonLink.id).where(PersonLink.person_id == person.id))),
        changes=_changes(look, person.id),
    )


def _confirmed(look: Look, account: PayAccount | None) -> str:
    """郭晓东 2022-06-02 复核; "" while it is awaited."""
    if account is None or account.confirmed_at is None:
        return ""
    by = look.session.get(Account, account.confirmed_by)
    return f"{by.display_name if by else account.confirmed_by} {local(account.confirmed_at):%Y-%m-%d} 复核"


def person_warnings(look: Look, person: Person, private: PersonPrivate) -> tuple[str, ...]:
    """What looks odd but is allowed: namesakes, a licence or telephone of unusual shape, another paper, an account."""
    found = []
    if same := [
        one for one in namesakes(look, person.name or "", but=person.id) if not _are_linked(look, one, person)
    ]:
        found.append(f"库里还有 {len(same)} 名同名人员，导入表格时须填执业证号以区分")
    if person.kind == PersonKind.lawyer:
        found += licence_warnings(person.licence)
    found += phone_warnings(person.phone or "")
    found += judge_id(private.id_number or "").warnings
    found += account_warnings(private.bank_account or "")
    return tuple(found)


def _are_linked(look: Look, one: Person, other: Person) -> bool:
    pairs = ((one, other), (other, one))
    links = ((look.session.get(PersonLink, first.id), second) for first, second in pairs)
    return any(link is not None and link.person_id == second.id for link, second in links)


def _leaves(look: Look, person_id: str) -> tuple[LeaveView, ...]:
    return tuple(
        LeaveView(
            leave.id, leave.starts_at, leave.ends_at, leave.reason or "", leave.writer == look.office.code
        )
        for leave in leaves_of(look, person_id)
    )


def _changes(look: Look, person_id: str) -> tuple[PersonChange, ...]:
    """The newest commands on record that name the person (the change log itself holds every earlier state)."""
    ids = select(ChangeEntry.journal_id).where(
        ChangeEntry.row_id == person_id, ChangeEntry.table.in_(("person", "person_private", "person_link"))
    )
    query = (
        select(JournalEntry, Account.display_name)
        .outerjoin(Account, Account.id == JournalEntry.actor)
        .where(JournalEntry.id.in_(ids))
        .order_by(JournalEntry.id.desc())
        .limit(MOST_CHANGES)
    )
    return tuple(
        PersonChange(local(entry.at), name or entry.actor, entry.command, entry.why)
        for entry, name in look.session.execute(query)
    )
