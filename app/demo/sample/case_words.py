"""Hands out the invented applicants, matters, handlers and working days that sample cases are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from app.case_values import CaseKind, HandlerKind
from app.demo.sample.names import Names
from app.demo.sample.numbers import Numbers
from app.demo.sample.records import SamplePerson
from app.demo.sample.vocabulary import Vocabulary
from app.demo.sample.words import word_list
from app.rules.cases.facts import FactValue
from app.values import PersonKind, Sex

AGENCY_STAFF = HandlerKind.agency_staff.value
_KINDS = {
    PersonKind.lawyer: HandlerKind.lawyer,
    PersonKind.legal_worker: HandlerKind.legal_worker,
}
LAW_IN_FORCE = 2022


class SampleWords:
    """The next applicant, matter and handler; words fit the pack's lists, days are working days."""

    def __init__(
        self,
        rng: Random,
        people: tuple[SamplePerson, ...],
        vocabulary: Vocabulary,
        is_workday: Callable[[date], bool],
    ) -> None:
        self.rng, self._vocabulary, self._is_workday = rng, vocabulary, is_workday
        self._names, self._numbers = Names(rng), Numbers(rng)
        self._handlers = [one for one in people if one.kind in _KINDS and not one.is_public_servant]
        self._taken = 0
        self.words = word_list("cases")
        self.reviewer, self.head = self._names.full_name(Sex.female), self._names.full_name(Sex.male)
        self.examiner = self._names.full_name(Sex.female)

    def day(self, start: date, days: int) -> date:
        """The first working day from so many days after a start."""
        on = start + timedelta(days=days)
        while not self._is_workday(on):
            on += timedelta(days=1)
        return on

    def one_of(self, name: str) -> str:
        """A word of a list."""
        return str(self.rng.choice(self.words[name]))

    def done(self, name: str) -> dict[str, FactValue]:
        """What a step of the handler's says."""
        return {"text": str(self.words["steps"][name])}

    def handler(self) -> dict[str, FactValue]:
        """The next handler of the pool with the firm."""
        one = self._handlers[self._taken % len(self._handlers)]
        self._taken += 1
        return {"handler": one.name, "firm": one.organisation, "handler_kind": _KINDS[one.kind].value}

    def staff(self) -> dict[str, FactValue]:
        """Somebody of the agency's own staff."""
        name = self._names.full_name(Sex.female)
        return {"handler": name, "firm": str(self.words["agency"]), "handler_kind": AGENCY_STAFF}

    def ground(self, on: date, article: str = "援31") -> str:
        """The article; before the Legal Aid Law the regulation's."""
        return article if on.year >= LAW_IN_FORCE else "条例12" if article.startswith("援2") else "条例10"

    def applicant(self, on: date, number: int, born: int | None = None) -> dict[str, Any]:
        """A civil applicant with the matter whose turn it is."""
        matter: Mapping[str, Any] = self.words["matters"][number % len(self.words["matters"])]
        sex = Sex.female if "妇女" in matter["groups"] else self.rng.choice((Sex.male, Sex.female))
        return {
            "applicant": self._names.full_name(sex),
            "id_number": self._numbers.identity(sex, self._numbers.birthday(born or matter["born"])),
            "phone": self._numbers.phone(),
            "groups": self._vocabulary.fit_groups(tuple(matter["groups"])),
            "matter": matter["matter"],
            "kind": CaseKind.civil.value,
            "form": "诉讼",
            "stage": "一审",
            "ground": self.ground(on),
            "channel": "来访",
            "opponent": self.one_of("opponents"),
            "summary": self.one_of("reasons"),
        }

    def name(self) -> str:
        """One more person of a joint claim."""
        return self._names.full_name(self.rng.choice((Sex.male, Sex.female)))

    def groups(self, *words: str) -> tuple[str, ...]:
        """The pack's words for groups."""
        return self._vocabulary.fit_groups(words)
