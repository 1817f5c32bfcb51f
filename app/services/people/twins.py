"""Finds who is already in the pool under the same papers or the same name, so that nobody stands there twice (P38)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Person, PersonPrivate
from app.services.people.entry import PersonFields, cleaned
from app.services.reading.proposals import is_proposal

LICENCE, ID_NUMBER = "licence", "id_number"


@dataclass(frozen=True)
class FindTwin:
    """Who already bears this licence or identity number."""

    licence: str = ""
    id_number: str = ""


def same_papers(look: Look, licence: str, id_number: str, *, but: str = "") -> Person | None:
    """The person already entered with this licence or identity number, disabled ones included.

    A bureau looks among its own people only: a station's proposal is no twin but waits to be linked.
    """
    for person in (*_bearers(look, LICENCE, licence), *_bearers(look, ID_NUMBER, id_number)):
        if person.id != but and _counts(look, person):
            return person
    return None


def people_named(look: Look, name: str) -> tuple[Person, ...]:
    """Everybody of that name, disabled ones and proposals too."""
    stored = look.once(
        ("named", name), lambda: list(look.session.scalars(select(Person).where(Person.name == name)))
    )
    return (*stored, *look.noted(("named", name)))


def private_row(look: Look, person_id: str) -> PersonPrivate | None:
    """The person's private row, None where there is none."""
    made = look.noted(("private", person_id))
    if made:
        found: PersonPrivate = made[-1]
        return found
    return look.once(("private", person_id), lambda: look.session.get(PersonPrivate, person_id))


def note_person(work: Work, person: Person, private: PersonPrivate | None) -> None:
    """Let later rows of an import find somebody whom it enters."""
    work.note(("named", person.name), person)
    work.note((LICENCE, person.licence), person)
    if private is not None:
        work.note(("private", person.id), private)
        work.note((ID_NUMBER, private.id_number), person)


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


def _bearers(look: Look, paper: str, number: str) -> tuple[Person, ...]:
    if not number:
        return ()
    wanted = _with_licence(number) if paper == LICENCE else _with_id(number)
    stored = look.once((paper, number), lambda: list(look.session.scalars(wanted)))
    return (*stored, *look.noted((paper, number)))


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
