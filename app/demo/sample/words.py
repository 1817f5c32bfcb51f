"""Reads the word lists that invented people, places and consultations are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.paths import resources
from app.values import Sex


@dataclass(frozen=True)
class Case:
    """A consultation template; `[a|b]` chooses one wording, `{slot}` takes one fact."""

    topics: tuple[str, ...]
    groups: tuple[str, ...]
    handling: str
    ask: str
    answer: str
    sex: Sex | None
    slots: Mapping[str, Any]


@cache
def word_list(name: str) -> dict[str, Any]:
    """One list of `resources/sample`: `people`, `places`, `slots` or `handlings`."""
    path = resources() / "sample" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def cases() -> tuple[Case, ...]:
    """Every consultation template, in the order of files and entries."""
    folder = resources() / "sample" / "consultations"
    found: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found.extend(_case(table["topic"], row) for row in table["case"])
    return tuple(found)


def villages(town: str) -> tuple[str, ...]:
    """Invented villages and communities of a town; the common list for towns not listed."""
    places = word_list("places")
    return tuple(places["towns"].get(town, places["villages"]))


def _case(topic: str, row: Mapping[str, Any]) -> Case:
    return Case(
        topics=(topic, *row.get("also", ())),
        groups=tuple(row["groups"]),
        handling=row["handling"],
        ask=row["ask"],
        answer=row["answer"],
        sex=Sex(row["sex"]) if row.get("sex") else None,
        slots=row.get("slots", {}),
    )
