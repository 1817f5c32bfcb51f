"""Work badges: a random code that a keyboard-wedge reader types, which names a person and never replaces the PIN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.documents.forms.badge import Badge, BadgeSheet
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Person
from app.services.kiosk.people import KioskPerson, kiosk_people
from app.text import clean_number

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is taken for another on a printed card."""

CODE_LENGTH = 10


@dataclass(frozen=True)
class IssueBadge:
    """A new badge code for a person; an older badge is void from then on."""

    person_id: str


@dataclass(frozen=True)
class FindBadge:
    """The person of a badge code as a reader types it."""

    code: str

    def problems(self) -> Iterable[Problem]:
        """A code."""
        if not clean_number(self.code):
            yield Problem("code", "没有读到工作牌，请再刷一次，或点您的姓名。", "E613")


@dataclass(frozen=True)
class BadgesOf:
    """The badges to print of these people; those without a code are left out."""

    person_ids: tuple[str, ...]


@handles(IssueBadge, title="发放工作牌", permission=Permission.MANAGE_PEOPLE)
def issue_badge(work: Work, command: IssueBadge) -> str:
    """The new code. Raises Refused E614, E903 (entered by another office)."""
    person = work.session.get(Person, command.person_id)
    if person is None or not person.is_active:
        raise Refused("E615", "没有这个人或已停用，不能发工作牌。")
    taken = set(work.session.scalars(select(Person.badge_code).where(Person.badge_code != "")))
    code = _new_code(work)
    while code in taken:
        code = _new_code(work)
    work.mine(person).badge_code = code
    return code


@answers(FindBadge, permission=Permission.KIOSK)
def find_badge(look: Look, query: FindBadge) -> KioskPerson:
    """Whose badge it is. Raises Refused E613."""
    code = clean_number(query.code)
    rows = look.session.scalars(select(Person).where(Person.badge_code == code, Person.is_active)).all()
    if len(code) != CODE_LENGTH or len(rows) != 1:
        raise Refused("E613", "没有读到有效的工作牌，请再刷一次，或点您的姓名。")
    return kiosk_people(look, rows)[0]


@answers(BadgesOf, title="打印工作牌", permission=Permission.MANAGE_PEOPLE)
def badges_of(look: Look, query: BadgesOf) -> BadgeSheet:
    """The cards, by name; that they were drawn is on record."""
    rows = look.session.scalars(
        select(Person).where(Person.id.in_(query.person_ids), Person.badge_code != "")
    ).all()
    look.disclose("工作牌", rows=len(rows), subjects=tuple(row.id for row in rows))
    cards = (Badge(row.name or "", row.kind, row.organisation, row.badge_code, row.licence) for row in rows)
    return BadgeSheet(look.office.name, tuple(sorted(cards, key=lambda card: card.name)))


def _new_code(work: Work) -> str:
    """Uniform over the alphabet: bytes that would favour its beginning are thrown away."""
    signs: list[str] = []
    limit = 256 - 256 % len(ALPHABET)
    while len(signs) < CODE_LENGTH:
        signs += [ALPHABET[byte % len(ALPHABET)] for byte in work.clock.random(CODE_LENGTH) if byte < limit]
    return "".join(signs[:CODE_LENGTH])
