"""Links stations' proposals to the pool wherever the papers agree, so that settlement goes over one person at once."""

from __future__ import annotations

from collections.abc import Iterable

from app.kernel.work import Work
from app.models.organisation import Person, PersonLink
from app.services.people.twins import people_named, private_row, same_papers
from app.services.reading.proposals import is_proposal


def link_proposals(work: Work, ids: Iterable[str]) -> None:
    """Link those of the people with these ids who are the same as one of the bureau's own; nothing at a station.

    The same: one name, and one 执业证号, else one 身份证号. Whoever agrees in the name or the paper alone waits for
    somebody's word.
    """
    people = (work.session.get(Person, one) for one in sorted(set(ids)))
    _link(work, (person for person in people if person is not None))


def link_namesakes(work: Work, name: str) -> None:
    """The same for every proposal of that name, once the bureau has entered somebody or corrected the papers."""
    _link(work, sorted(people_named(work, name), key=lambda person: person.id))


def _link(work: Work, people: Iterable[Person]) -> None:
    if not work.office.is_bureau:
        return
    for proposal in people:
        if not is_proposal(work.office, proposal) or _is_linked(work, proposal.id):
            continue
        private = private_row(work, proposal.id)
        twin = same_papers(work, proposal.licence, (private.id_number or "") if private else "")
        if (
            twin is not None
            and twin.is_active
            and twin.name == proposal.name
            and twin.writer == work.office.code
        ):
            work.add(PersonLink(id=proposal.id, person_id=twin.id))
            work.note(("linked", proposal.id), twin.id)


def _is_linked(work: Work, proposal: str) -> bool:
    found = work.once(("linked", proposal), lambda: work.session.get(PersonLink, proposal) is not None)
    return found or bool(work.noted(("linked", proposal)))
