"""Links stations' proposals to the pool wherever the papers agree, so that settlement goes over one person at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.kernel.work import Work
from app.models.organisation import Person, PersonLink, PersonPrivate
from app.services.people.twins import same_papers
from app.services.reading.proposals import is_proposal


def link_proposals(work: Work, ids: Iterable[str]) -> None:
    """Link those of the people with these ids who are the same as one of the bureau's own; nothing at a station.

    The same: one name, and one 执业证号, else one 身份证号. Whoever agrees in the name or the paper alone waits for
    somebody's word.
    """
    if not work.office.is_bureau:
        return
    for one in sorted(set(ids)):
        proposal = work.session.get(Person, one)
        if (
            proposal is None
            or not is_proposal(work.office, proposal)
            or work.session.get(PersonLink, one) is not None
        ):
            continue
        private = work.session.get(PersonPrivate, one)
        twin = same_papers(work, proposal.licence, (private.id_number or "") if private else "")
        if (
            twin is not None
            and twin.is_active
            and twin.name == proposal.name
            and twin.writer == work.office.code
        ):
            work.add(PersonLink(id=one, person_id=twin.id))


def link_namesakes(work: Work, name: str) -> None:
    """The same for every proposal of that name, once the bureau has entered somebody or corrected the papers."""
    link_proposals(work, work.session.scalars(select(Person.id).where(Person.name == name)).all())
