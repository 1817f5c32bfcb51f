"""Says that a station's proposal and a person of the pool are one, or takes that back (P38)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Person, PersonLink, PersonPrivate
from app.services.people.add_person import AddPerson, enter_person
from app.services.people.payee import need_person
from app.services.reading.proposals import is_proposal
from app.text import clean

BY_LICENCE, BY_ID, BY_NAME = "执业证号", "身份证号", "仅姓名"


@dataclass(frozen=True)
class LinkPerson:
    """A proposal and the person of the pool; without a common licence or identity number a reason is needed."""

    proposal_id: str
    person_id: str
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """Two different rows."""
        if self.proposal_id == self.person_id:
            yield Problem("person_id", "不能把一条登记关联到它自己。", "E450")


@dataclass(frozen=True)
class UnlinkPerson:
    """A link that was wrong; both rows are there as before."""

    proposal_id: str
    reason: str


@dataclass(frozen=True)
class AdoptPerson:
    """A proposal that is nobody yet: the bureau enters the person into its pool and links the proposal."""

    proposal_id: str


@handles(LinkPerson, title="关联人员", permission=Permission.MANAGE_PEOPLE)
def link_person(work: Work, command: LinkPerson) -> None:
    """Settlement then goes over the linked person. Raises Refused E451 … E454, E438."""
    proposal, person = need_proposal(work, command.proposal_id), need_person(work, command.person_id)
    if person.writer != work.office.code:
        raise Refused(
            "E453",
            f"“{person.name}”不是本单位登记的人员，只能关联到本单位值班人员库里的人。",
            field="person_id",
        )
    match = common_paper(work, proposal, person)
    if match == BY_NAME and not clean(command.reason):
        raise Refused("E454", "两条登记没有相同的执业证号或身份证号，请核实后写明关联理由。", field="reason")
    work.why = clean(command.reason) or match
    work.add(PersonLink(id=proposal.id, person_id=person.id))


@handles(UnlinkPerson, title="取消关联", permission=Permission.MANAGE_PEOPLE)
def unlink_person(work: Work, command: UnlinkPerson) -> None:
    """Raises Refused E455, E903."""
    link = work.session.get(PersonLink, command.proposal_id)
    if link is None:
        raise Refused("E455", "这条登记没有关联，不必取消。")
    work.why = clean(command.reason)
    work.session.delete(work.mine(link))


@handles(AdoptPerson, title="收入人员库", permission=Permission.MANAGE_PEOPLE)
def adopt_person(work: Work, command: AdoptPerson) -> str:
    """The new person's id. Raises Refused E451, E452 and those of entering (a twin must be linked instead)."""
    proposal = need_proposal(work, command.proposal_id)
    private = work.session.get(PersonPrivate, proposal.id) or PersonPrivate()
    person_id = enter_person(
        work,
        AddPerson(
            name=proposal.name or "",
            kind=proposal.kind,
            is_public_servant=proposal.is_public_servant,
            organisation=proposal.organisation,
            licence=proposal.licence,
            qualification=proposal.qualification,
            years_of_service=proposal.years_of_service,
            phone=proposal.phone,
            specialties=tuple(proposal.specialties),
            practice_since=proposal.practice_since,
            id_number=private.id_number,
            relaxed_approval=proposal.relaxed_approval,
            bank_name=private.bank_name or "",
            bank_account=private.bank_account or "",
        ),
    )
    if work.session.get(PersonLink, proposal.id) is None:
        work.add(PersonLink(id=proposal.id, person_id=person_id))
    return person_id


def need_proposal(work: Work, proposal_id: str) -> Person:
    """A person another office below entered, not yet linked. Raises Refused E451 at a station, E452, E438."""
    if not work.office.is_bureau:
        raise Refused("E451", "站点登记的人员由县（市、区）司法局关联，本站不能办理。")
    proposal = need_person(work, proposal_id)
    if not is_proposal(work.office, proposal) or work.session.get(PersonLink, proposal.id) is not None:
        raise Refused(
            "E452", f"“{proposal.name}”不是待关联的站点登记（已在库里或已关联）。", field="proposal_id"
        )
    return proposal


def common_paper(look: Look, proposal: Person, person: Person) -> str:
    """By what two entries are one: 执业证号, else 身份证号, else only by somebody's word."""
    if proposal.licence and proposal.licence == person.licence:
        return BY_LICENCE
    mine, theirs = (look.session.get(PersonPrivate, one.id) for one in (person, proposal))
    if mine and theirs and mine.id_number and mine.id_number == theirs.id_number:
        return BY_ID
    return BY_NAME
