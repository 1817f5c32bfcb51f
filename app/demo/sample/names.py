"""Invents names from syllables, each once, so that a sample register is nobody's."""

from __future__ import annotations

from random import Random

from app.demo.sample.words import word_list
from app.values import Sex


class Names:
    """Hands out full names; a name is given once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def full_name(self, sex: Sex) -> str:
        """A surname and one or two syllables; when all are given, a name may return."""
        words = word_list("people")
        parts = words["male" if sex is Sex.male else "female"]
        for _ in range(200):
            name = str(self._rng.choice(words["surnames"])) + self._given_name(parts)
            if name not in self._given:
                break
        self._given.add(name)
        return name

    def _given_name(self, parts: dict[str, list[str]]) -> str:
        second = self._rng.choice(parts["second"])
        return second if self._rng.random() < 0.12 else self._rng.choice(parts["first"]) + second
