"""Invents the duty pool: every kind of person the programme knows, with papers that fit the kind (Y08)."""

from __future__ import annotations

from random import Random

from app.demo.sample.names import Names
from app.demo.sample.numbers import Numbers
from app.demo.sample.records import SamplePerson
from app.demo.sample.words import word_list
from app.values import Month, PersonKind, Sex

_FULL = (
    (PersonKind.lawyer, "law", 12),
    (PersonKind.lawyer, "public", 2),
    (PersonKind.legal_worker, "grassroots", 5),
    (PersonKind.retired_official, "retired", 3),
    (PersonKind.law_scholar, "university", 2),
    (PersonKind.other_lay, "other", 1),
    (PersonKind.relaxed, "relaxed", 1),
)
_STAND_IN = (PersonKind.lawyer, "law")
_AGES = {PersonKind.retired_official: (61, 66), PersonKind.law_scholar: (24, 40)}


def invent_people(
    rng: Random, month: Month, size: float, kinds: tuple[PersonKind, ...] = ()
) -> tuple[SamplePerson, ...]:
    """A pool of about 26 × size people, at least one of every kind; lawyers first, then the others.

    kinds: those a pack admits, () for all; a lawyer stands in for each of another kind.
    """
    maker = _PersonMaker(rng, month)
    return tuple(
        maker.make(kind, group) if not kinds or kind in kinds else maker.make(*_STAND_IN)
        for kind, group, count in _FULL
        for _ in range(max(1, round(count * size)))
    )


class _PersonMaker:
    def __init__(self, rng: Random, month: Month) -> None:
        self._rng, self._month = rng, month
        self._names, self._numbers = Names(rng), Numbers(rng)
        self._words = word_list("people")
        self._made = 0

    def make(self, kind: PersonKind, group: str) -> SamplePerson:
        rng, numbers = self._rng, self._numbers
        sex = rng.choice((Sex.male, Sex.male, Sex.female))
        age = rng.randint(*_AGES.get(kind, (29, 57)))
        year = self._month.year
        first_year = year - rng.randint(1, age - 25) if age > 27 else year - 1
        self._made += 1
        organisations = self._words["firms"][group]
        return SamplePerson(
            name=self._names.full_name(sex),
            kind=kind,
            is_public_servant=group == "public",
            organisation=organisations[self._made % len(organisations)],
            licence=self._licence(kind, group, first_year, sex),
            certificate=numbers.certificate(first_year) if kind in _QUALIFIED else "",
            years=rng.randint(6, 25) if kind is PersonKind.retired_official else None,
            phone=numbers.phone(),
            specialties=tuple(rng.sample(self._words["specialties"]["names"], rng.randint(1, 3))),
            first_year=None if kind in _UNPRACTISED else first_year,
            id_number=numbers.identity(sex, numbers.birthday(year - age)),
            approval=f"运司惠批〔{year}〕{rng.randint(3, 30)}号" if kind is PersonKind.relaxed else "",
            bank=rng.choice(self._words["bank"]["names"]),
            account=numbers.account(),
        )

    def _licence(self, kind: PersonKind, group: str, year: int, sex: Sex) -> str:
        if kind is PersonKind.lawyer:
            return self._numbers.lawyer_licence(year, sex, is_public=group == "public")
        return self._numbers.worker_licence() if kind is PersonKind.legal_worker else ""


_QUALIFIED = (PersonKind.lawyer, PersonKind.law_scholar, PersonKind.other_lay)
_UNPRACTISED = (PersonKind.retired_official, PersonKind.law_scholar, PersonKind.other_lay, PersonKind.relaxed)
