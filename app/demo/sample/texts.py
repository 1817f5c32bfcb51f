"""Writes consultation texts from templates, so that a sample register reads like a real one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from app.demo.sample.words import Case, cases, villages, word_list
from app.values import Month, Sex

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SIMPLE = ("解答", "引导其他渠道")
"""Handlings that leave time for a second matter in the same visit."""


@dataclass(frozen=True)
class Matter:
    """What was asked and answered in one visit."""

    topics: tuple[str, ...]
    groups: tuple[str, ...]
    handling: str
    question: str
    answer: str
    sex: Sex


class Texts:
    """Hands out matters, every template in turn, no question twice."""

    def __init__(self, rng: Random, month: Month) -> None:
        self._rng, self._month = rng, month
        self._asked: set[str] = set()
        self._queue: list[Case] = []

    def matter(self, town: str) -> Matter:
        """The next matter of a person from a town; one in twelve or so asks about two things."""
        for _ in range(200):
            found = self._written(self._next(), town)
            if found.question not in self._asked:
                break
        self._asked.add(found.question)
        return found

    def _next(self) -> Case:
        if not self._queue:
            self._queue = list(cases())
            self._rng.shuffle(self._queue)
        return self._queue.pop()

    def _written(self, case: Case, town: str) -> Matter:
        sex = case.sex or (Sex.female if "妇女" in case.groups else self._rng.choice(tuple(Sex)))
        writer = _Writer(self._rng, self._month, town, case)
        common = word_list("slots")
        opener = writer.write(self._rng.choice(common["opener"]))
        question, answer = opener + writer.write(case.ask), writer.write(case.answer)
        topics = case.topics
        if case.handling in _SIMPLE and self._rng.random() < 1 / 7:
            second = self._second(case)
            other = _Writer(self._rng, self._month, town, second)
            question += self._rng.choice(common["joiner"]) + other.write(second.ask)
            answer += other.write(second.answer)
            topics = tuple(dict.fromkeys(topics + second.topics))
        closer = writer.write(self._rng.choice(word_list("handlings")[case.handling]))
        return Matter(topics, case.groups, case.handling, question, answer + closer, sex)

    def _second(self, case: Case) -> Case:
        """A second matter that anybody of the same group may ask and that an explanation settles."""
        fitting = [
            other
            for other in cases()
            if other.topics[0] not in case.topics
            and other.sex is None
            and other.handling == "解答"
            and other.groups[0] in ("农民", case.groups[0])
        ]
        return self._rng.choice(fitting)


class _Writer:
    """Fills one template; a slot keeps its fact in question and answer."""

    def __init__(self, rng: Random, month: Month, town: str, case: Case) -> None:
        self._rng, self._month, self._town = rng, month, town
        self._slots = {**word_list("slots"), **case.slots}
        self._facts: dict[str, Any] = {}

    def write(self, template: str) -> str:
        chosen = _CHOICE.sub(lambda found: self._rng.choice(found[1].split("|")), template)
        return _SLOT.sub(lambda found: _shown(self._fact(found[1])), chosen)

    def _fact(self, name: str) -> Any:
        if name not in self._facts:
            self._facts[name] = self._made(name)
        return self._facts[name]

    def _made(self, name: str) -> Any:
        if name in _BUILT_IN:
            return getattr(self, f"_{name}")()
        source = self._slots[name]
        if isinstance(source, list):
            return self._rng.choice(source)
        if "product" in source:
            first, second = (self._fact(part) for part in source["product"])
            return first * second
        return self._rng.randrange(source["low"], source["high"] + 1, source["step"])

    def _village(self) -> str:
        return self._rng.choice(villages(self._town))

    def _who(self) -> str:
        return f"{self._rng.choice(word_list('people')['surnames'])}某"

    def _recent(self) -> str:
        back = self._month
        for _ in range(self._rng.randint(1, 4)):
            back = back.previous()
        return f"{'今年' if back.year == self._month.year else '去年'}{back.month}月"

    def _last_year(self) -> str:
        return f"去年{self._rng.randint(2, 12)}月"

    def _old_year(self) -> str:
        return f"{self._month.year - self._rng.randint(5, 14)}年"


_BUILT_IN = ("village", "who", "recent", "last_year", "old_year")


def _shown(fact: Any) -> str:
    """Facts as people say them: round sums of ten thousand and more in 万."""
    if isinstance(fact, int) and fact >= 10_000 and fact % 1000 == 0:
        return f"{fact / 10_000:g}万"
    return str(fact)
