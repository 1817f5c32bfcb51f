"""Judges who may sit duty, by the programme's own list of personnel kinds (Y08); pure, used on entry and on assigning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from app.errors import Problem
from app.rules.policy.pack import Pack
from app.rules.policy.parts import PersonnelRule
from app.text import nearest_words
from app.values import PersonKind


class Prospect(Protocol):
    """What of a person decides; a mapped row, a view and a command all have it."""

    @property
    def kind(self) -> str: ...

    @property
    def is_public_servant(self) -> bool: ...

    @property
    def licence(self) -> str: ...

    @property
    def qualification(self) -> str: ...

    @property
    def years_of_service(self) -> int | None: ...

    @property
    def relaxed_approval(self) -> str: ...


def eligibility_problems(person: Prospect, pack: Pack) -> tuple[Problem, ...]:
    """Why the person may not sit duty under this document, each with its clause; () where nothing stands against it.

    Public servants may sit duty (they are never paid), except as a kind that the document reserves to others.
    Codes E440 (no such kind), E441 licence, E442 qualification, E443 years, E444 approval, E445 public servant.
    """
    if person.kind not in {kind.value for kind in PersonKind}:
        known = "、".join(PersonKind)
        nearest = nearest_words(person.kind, PersonKind)
        return (Problem("kind", f"没有“{person.kind}”这种人员类别，可选：{known}。{nearest}", "E440"),)
    rule = pack.personnel_rule(PersonKind(person.kind))
    if rule is None:
        return (Problem("kind", f"{pack.document}没有列入“{person.kind}”，请改选其他人员类别。", "E440"),)
    return tuple(_against(person, rule))


def _against(person: Prospect, rule: PersonnelRule) -> Iterator[Problem]:
    if rule.needs_licence and not person.licence.strip():
        yield Problem("licence", f"“{rule.kind}”须有执业证号（{rule.clause}），请填写。", "E441")
    if rule.needs_qualification and not person.qualification.strip():
        yield Problem(
            "qualification", f"“{rule.kind}”须通过法律职业资格考试（{rule.clause}），请填写资格证号。", "E442"
        )
    if (person.years_of_service or 0) < rule.min_years:
        yield Problem(
            "years_of_service",
            f"“{rule.kind}”须有 {rule.min_years} 年以上政法业务工作经历（{rule.clause}），请核对业务年限。",
            "E443",
        )
    if rule.needs_approval and not person.relaxed_approval.strip():
        yield Problem(
            "relaxed_approval",
            f"“{rule.kind}”只用于法律资源极为匮乏、又无其他合格人员的地方，须经上级司法行政"
            f"机关批准（{rule.clause}），请填写批准文号。",
            "E444",
        )
    if rule.must_be_lay and person.is_public_servant:
        yield Problem(
            "is_public_servant",
            f"“{rule.kind}”须为非公职人员（{rule.clause}）。公职人员请改选其他类别，可以值班，不领补贴。",
            "E445",
        )
