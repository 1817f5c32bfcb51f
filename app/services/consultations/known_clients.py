"""Finds earlier visits of what may be the same person, so that nobody is asked twice and namesakes are told apart (P38)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from app.clock import local_date
from app.identity import IDENTITY_CARD, age_on, judge_id
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_phone
from app.models.service_desk import Consultation
from app.services.reading.ratings import ratings_in_force
from app.services.reading.voids import not_voided
from app.text import clean, clean_number

MOST_ROWS, MOST_CLIENTS, LEAST_DIGITS = 300, 5, 7


@dataclass(frozen=True)
class KnownClients:
    """What is known of the person so far: name, telephone, identity number, each as typed."""

    name: str = ""
    phone: str = ""
    id_number: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownClient:
    """Somebody who came before. id: the newest record. phone and id_number are masked; how: what is the same.

    birth: of a namesake it tells whether the birthday is the same too.
    """

    id: str
    name: str
    how: str
    sex: str
    age: int | None
    village: str
    phone: str
    id_number: str
    is_id_refused: bool
    groups: tuple[str, ...]
    last_on: date
    last_topics: tuple[str, ...]
    last_rating: str
    visits: int


@answers(KnownClients, permission=Permission.RECORD_CONSULTATION)
def known_clients(look: Look, query: KnownClients) -> tuple[KnownClient, ...]:
    """Same identity number first, then same telephone, then same name; each the newest first."""
    asked = _Asked(clean(query.name), clean_number(query.phone), clean_number(query.id_number))
    clauses = asked.clauses()
    if not clauses:
        return ()
    wanted = (
        select(Consultation)
        .where(or_(*clauses), not_voided(Consultation))
        .order_by(Consultation.at.desc())
        .limit(MOST_ROWS)
    )
    people: dict[tuple[str, str], list[Consultation]] = {}
    for row in look.session.scalars(wanted):
        people.setdefault(_identity_of(row), []).append(row)
    today = local_date(look.now.at)
    ranked = sorted(_merged(people.values()), key=lambda rows: asked.rank(rows))
    shown = ranked[:MOST_CLIENTS]
    rated = ratings_in_force(look, [rows[0].id for rows in shown])
    return tuple(_client(rows, asked, today, rated[rows[0].id]) for rows in shown)


@dataclass(frozen=True)
class _Asked:
    name: str
    phone: str
    id_number: str

    def clauses(self) -> list[ColumnElement[bool]]:
        found = []
        if len(self.name) > 1:
            found.append(Consultation.client_name == self.name)
        if len(self.phone) >= LEAST_DIGITS:
            found.append(Consultation.phone == self.phone)
        if len(self.id_number) >= LEAST_DIGITS:
            found.append(Consultation.id_number == self.id_number)
        return found

    def rank(self, rows: list[Consultation]) -> int:
        """0 same paper, 1 same telephone and name, 2 same telephone, 3 same name."""
        if self.id_number and any(row.id_number == self.id_number for row in rows):
            return 0
        if self.phone and any(row.phone == self.phone for row in rows):
            return 1 if any(row.client_name == self.name for row in rows) else 2
        return 3

    def how(self, rows: list[Consultation]) -> str:
        words = ("证件号相同", "姓名、电话相同", "电话相同", "同名")[self.rank(rows)]
        if self.rank(rows) == 3 and self._has_birthday(rows):
            return "同名同生日，证件号不同，请核对"
        return words

    def _has_birthday(self, rows: list[Consultation]) -> bool:
        birth = judge_id(self.id_number).birth
        return birth is not None and any(judge_id(row.id_number or "").birth == birth for row in rows)


def _identity_of(row: Consultation) -> tuple[str, str]:
    """Same paper is the same person; without one, same name and telephone."""
    return (row.id_number, "") if row.id_number else (row.client_name or "", row.phone or "")


def _merged(groups: Iterable[list[Consultation]]) -> list[list[Consultation]]:
    """A person's visits without papers join those with, where name and telephone are the same."""
    found: list[list[Consultation]] = []
    for rows in sorted(groups, key=lambda rows: not rows[0].id_number):
        contacts = {(row.client_name, row.phone) for row in rows if row.phone}
        same = next(
            (
                held
                for held in found
                if not rows[0].id_number and contacts & {(row.client_name, row.phone) for row in held}
            ),
            None,
        )
        if same is None:
            found.append(rows)
        else:
            same.extend(rows)
    return [sorted(rows, key=lambda row: row.at, reverse=True) for rows in found]


def _client(rows: list[Consultation], asked: _Asked, today: date, last_rating: str) -> KnownClient:
    newest = rows[0]
    paper = next((row for row in rows if row.id_number), newest)
    birth = judge_id(paper.id_number or "").birth if paper.id_kind == IDENTITY_CARD else None
    return KnownClient(
        id=paper.id if paper.id_number else newest.id,
        name=newest.client_name or "",
        how=asked.how(rows),
        sex=next((row.sex for row in rows if row.sex), ""),
        age=age_on(birth, today) if birth else None,
        village=next((row.village for row in rows if row.village), ""),
        phone=mask_phone((paper if paper.id_number else newest).phone or ""),
        id_number=mask_id(paper.id_number or ""),
        is_id_refused=newest.is_id_refused,
        groups=tuple(newest.groups),
        last_on=newest.on,
        last_topics=tuple(newest.topics),
        last_rating=last_rating,
        visits=len(rows),
    )
