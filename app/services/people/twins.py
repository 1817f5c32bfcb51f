"""Finds who is already in the pool under the same papers or the same name, so that nobody stands there twice (P38)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person, PersonPrivate
from app.services.people.entry import PersonFields, cleaned
from app.services.reading.proposals import is_proposal


@dataclass(frozen=True)
class FindTwin:
    """Who already bears this licence or identity number."""

    licence: str = ""
    id_number: str = ""


def same_papers(look: Look, licence: str, id_number: str, *, but: str = "") -> Person | None:
    """The person already entered with this licence or identity number, disabled ones included.

    A bureau looks among its own people only: a station's proposal is no twin but waits to be linked.
    """
    for person in look.session.scalars(_with_licence(licence)) if licence else ():
        if person.id != but and _counts(look, person):
            return person
    for person in look.session.scalars(_with_id(id_number)) if id_number else ():
        if person.id != but and _counts(look, person):
            return person
    return None


def refuse_twin(look: Look, fields: PersonFields, *, but: str = "") -> None:
    """Raises Refused E436 that names the person who has the same papers."""
    twin = same_papers(look, fields.licence, fields.id_number or "", but=but)
    if twin is None:
        return
    paper, field = (
        ("执业证号", "licence")
        if fields.licence and twin.licence == fields.licence
        else ("身份证号", "id_number")
    )
    state = "" if twin.is_active else "，现为停用，可以启用"
    raise Refused(
        "E436",
        f"这个{paper}已登记为“{twin.name}”（{twin.kind}{state}），请打开该人员更正，不要重复登记。",
        field=field,
    )


def namesakes(look: Look, name: str, *, but: str = "") -> list[Person]:
    """Other active people of the same name; allowed, but worth a warning."""
    found = look.session.scalars(select(Person).where(Person.name == name, Person.is_active))
    return [person for person in found if person.id != but]


@answers(FindTwin, permission=Permission.LOOK)
def find_twin(look: Look, query: FindTwin) -> str:
    """The id of the person who has these papers, "" for nobody."""
    typed = cleaned(PersonFields(licence=query.licence, id_number=query.id_number))
    twin = same_papers(look, typed.licence, typed.id_number or "")
    return twin.id if twin else ""


def _with_licence(licence: str) -> Select[tuple[Person]]:
    return select(Person).where(Person.licence == licence).order_by(Person.id)


def _with_id(id_number: str) -> Select[tuple[Person]]:
    return (
        select(Person)
        .join(PersonPrivate, PersonPrivate.id == Person.id)
        .where(PersonPrivate.id_number == id_number)
        .order_by(Person.id)
    )


def _counts(look: Look, person: Person) -> bool:
    return not look.office.is_bureau or not is_proposal(look.office, person)
