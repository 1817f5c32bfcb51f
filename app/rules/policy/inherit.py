"""Fills what a document is silent about from the pack it inherits, and from the readings common to all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from app.rules.policy.pack import Pack

Value = TypeVar("Value")

PARTS = ("lists", "settings", "personnel")
"""What a pack may take from another besides the sections of figures."""


def inherit(child: Pack, parent: Pack) -> Pack:
    """The child with what it takes from the parent; its own word always stands.

    Clauses come along whole, since they are cited by 文号. Sites, targets, calendar, measures and agents belong to
    their own document and are never taken.
    """
    takes = set(child.takes)
    figures = {name: figure for name, figure in parent.figures.items() if figure.section in takes}
    return replace(
        child,
        clauses=_over(parent.clauses, child.clauses),
        figures=_over(figures, child.figures),
        lists=_over(parent.lists if "lists" in takes else {}, child.lists),
        settings=_over(parent.settings if "settings" in takes else {}, child.settings),
        personnel=child.personnel or (parent.personnel if "personnel" in takes else ()),
    )


def _over(below: Mapping[str, Value], above: Mapping[str, Value]) -> Mapping[str, Value]:
    return MappingProxyType({**below, **above})
