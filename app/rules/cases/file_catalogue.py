"""Says which papers a case's file holds, in which order, and which of them it still lacks (卷内目录)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.case_values import CaseEventKind as Kind
from app.rules.cases.facts import CaseFacts, CaseStanding


@dataclass(frozen=True, kw_only=True)
class CataloguePaper:
    """A paper of a catalogue. also: other names it is known by. form: the number of the form it is, 0 for none.

    when: the circumstances, all of them, in which it is looked for.
    """

    paper: str
    also: tuple[str, ...] = ()
    form: int = 0
    is_required: bool = False
    when: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether a paper named so is this one: 身份证明（李桂花） is 身份证明."""
        return any(name.startswith(known) for known in (self.paper, *self.also))


@dataclass(frozen=True, kw_only=True)
class CaseCatalogue:
    """The papers of one kind of case, in order. kinds, forms, stages: which cases, empty for any."""

    title: str
    papers: tuple[CataloguePaper, ...]
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def place_of(self, name: str, form: int = 0) -> int:
        """Where a paper lies, by its form or name; after all others where the catalogue does not know it."""
        for place, paper in enumerate(self.papers):
            if (form and paper.form == form) or (not form and paper.is_called(name)):
                return place
        return len(self.papers)


def catalogues_of(read: Mapping[str, Any]) -> tuple[CaseCatalogue, ...]:
    """The catalogues as the file lays them down. Raises ValueError for a circumstance nobody knows."""
    parts = {name: tuple(map(_paper, part["papers"])) for name, part in read["part"].items()}
    return tuple(
        CaseCatalogue(
            title=one["title"],
            papers=tuple(paper for name in one["parts"] for paper in parts[name]),
            kinds=tuple(one.get("kinds", ())),
            forms=tuple(one.get("forms", ())),
            stages=tuple(one.get("stages", ())),
        )
        for one in read["catalogue"]
    )


def catalogue_for(catalogues: Sequence[CaseCatalogue], facts: CaseFacts) -> CaseCatalogue:
    """The first catalogue made for such a case; the last one fits every case."""
    said = (facts.kind.value, facts.form or "", facts.stage or "")
    fitting = (
        one
        for one in catalogues
        if all(
            not wanted or word in wanted
            for wanted, word in zip((one.kinds, one.forms, one.stages), said, strict=True)
        )
    )
    return next(fitting, catalogues[-1])


def missing_papers(
    catalogue: CaseCatalogue, standing: CaseStanding, names: Collection[str], issued: Collection[int]
) -> tuple[str, ...]:
    """The required papers that are not there, by name. names: of the papers attached, issued: forms put out."""
    return tuple(
        one.paper
        for one in catalogue.papers
        if one.is_required
        and all(_CIRCUMSTANCES[word](standing) for word in one.when)
        and one.form not in issued
        and not any(map(one.is_called, names))
    )


def _paper(read: Mapping[str, Any]) -> CataloguePaper:
    when = tuple(read.get("when", ()))
    if unknown := set(when) - set(_CIRCUMSTANCES):
        raise ValueError(f"{read['paper']}: no such circumstance as {'、'.join(sorted(unknown))}")
    return CataloguePaper(
        paper=read["paper"],
        also=tuple(read.get("also", ())),
        form=read.get("form", 0),
        is_required=read.get("required", False),
        when=when,
    )


def _had(*kinds: Kind) -> Callable[[CaseStanding], bool]:
    return lambda standing: any(event.kind in kinds for event in standing.events)


_noticed = _had(Kind.notified_defence)
_CIRCUMSTANCES: Mapping[str, Callable[[CaseStanding], bool]] = {
    "申请": lambda standing: not _noticed(standing),
    "通知辩护": _noticed,
    "核查经济困难": lambda standing: standing.means in ("核查符合", "告知承诺"),
    "免核查": lambda standing: standing.means == "免核查",
    "更换": _had(Kind.reassigned),
    "签约": _had(Kind.contracted),
    "开庭": _had(Kind.heard),
    "终止": lambda standing: standing.is_terminated,
    "未终止": lambda standing: not standing.is_terminated,
}
"""Circumstances that the file of catalogues may name."""
