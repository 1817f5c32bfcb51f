"""Tells what the programme's document asks of each personnel kind, so that a form can say it while one types (Y08)."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.policy.parts import PersonnelRule as PersonnelRule


@dataclass(frozen=True)
class PersonnelConditions:
    """The kinds the document admits, with conditions and clauses."""


@answers(PersonnelConditions, permission=Permission.LOOK)
def personnel_conditions(look: Look, query: PersonnelConditions) -> tuple[PersonnelRule, ...]:
    """In the document's order."""
    return look.pack.personnel
