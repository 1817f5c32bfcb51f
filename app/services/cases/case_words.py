"""The words that the forms of cases offer: the document's groups, matters and channels, and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass

from app.case_values import CaseForm, CaseGround, CaseKind, CaseStage, Fund, Procedure, ground_words
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reading.names import site_names
from app.services.reading.sites import duty_sites


@dataclass(frozen=True)
class CaseWords:
    """What may be chosen for a case."""


@dataclass(frozen=True, kw_only=True)
class CaseWordLists:
    """Lists in the order they are offered. grounds: (value, words). sites: (code, name) whose applications come here."""

    groups: tuple[str, ...]
    channels: tuple[str, ...]
    matters: tuple[str, ...]
    kinds: tuple[str, ...] = tuple(CaseKind)
    forms: tuple[str, ...] = tuple(CaseForm)
    stages: tuple[str, ...] = tuple(CaseStage)
    procedures: tuple[str, ...] = tuple(Procedure)
    grounds: tuple[tuple[str, str], ...] = tuple((one.value, ground_words(one)) for one in CaseGround)
    funds: tuple[str, ...] = tuple(Fund)
    sites: tuple[tuple[str, str], ...] = ()


@answers(CaseWords, permission=Permission.LOOK)
def case_words(look: Look, _query: CaseWords) -> CaseWordLists:
    """The lists of the office's document."""
    names = site_names(look)
    return CaseWordLists(
        groups=look.pack.consultation_groups,
        channels=look.pack.channels,
        matters=look.pack.topics,
        sites=tuple((one.id, names.get(one.id, one.id)) for one in duty_sites(look)),
    )
