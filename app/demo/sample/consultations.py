"""Invents the consultation register: who came, what was asked, answered and rated, and what was left out (Y10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any

from app.demo.sample.cast import Cast
from app.demo.sample.desk_hours import moments, shares
from app.demo.sample.names import Names
from app.demo.sample.numbers import Numbers
from app.demo.sample.records import SampleAttendance, SampleConsultation, SampleSpotCheck
from app.demo.sample.texts import Matter, Texts
from app.demo.sample.vocabulary import Vocabulary
from app.values import AuditResult, DutyKind, Month, Rating, Sex, SpotResult

_LEFT_OUT: tuple[dict[str, Any], ...] = (
    {"phone": ""},
    {"groups": ()},
    {"answer": ""},
    {"handling": ""},
    {"id_number": "", "is_id_declined": False},
    {"channel": ""},
    {"client": ""},
    {"topics": ()},
)
"""Required items a clerk may leave out (rules.md, D1)."""
_MISSING_SHARE, _IRREGULAR_SHARE, _DISSATISFIED_SHARE = 0.04, 0.015, 0.008
_FARAWAY = {DutyKind.outreach: "上门", DutyKind.mobile: "流动站点"}


def invent_consultations(
    rng: Random,
    month: Month,
    rows: tuple[SampleAttendance, ...],
    checks: tuple[SampleSpotCheck, ...],
    cast: Cast,
    total: int,
    vocabulary: Vocabulary,
) -> tuple[SampleConsultation, ...]:
    """total records in order of time, numbered by site; none at the sham duty."""
    kept = [row for row in rows if row.duty != cast.sham]
    clerk = _Clerk(rng, month, vocabulary)
    found: list[SampleConsultation] = []
    for row, count in zip(kept, shares(rng, kept, total), strict=True):
        avoided = _absences(row, checks)
        found.extend(clerk.record(row, at) for at in moments(rng, row, count, avoided))
    found.sort(key=lambda one: (one.at, one.site.code))
    return _numbered(_judged(rng, found, cast))


class _Clerk:
    def __init__(self, rng: Random, month: Month, vocabulary: Vocabulary) -> None:
        self._rng, self._month, self._vocabulary = rng, month, vocabulary
        self._names, self._numbers, self._texts = Names(rng), Numbers(rng), Texts(rng, month)

    def record(self, row: SampleAttendance, at: datetime) -> SampleConsultation:
        """A complete, satisfied record of one visit or call."""
        matter = self._texts.matter(row.site.town)
        channel = self._channel(row)
        is_declined = channel in ("来电", "网络", "来信") or self._rng.random() < 0.3
        return SampleConsultation(
            number="",
            at=at,
            site=row.site,
            adviser=row.person,
            client=self._names.full_name(matter.sex),
            sex=matter.sex,
            id_number="" if is_declined else self._identity(matter),
            is_id_declined=is_declined,
            phone=self._numbers.phone(),
            groups=self._vocabulary.fit_groups(self._groups(matter)),
            channel=channel,
            topics=self._vocabulary.fit_topics(matter.topics),
            question=matter.question,
            answer=matter.answer,
            handling=self._vocabulary.fit_handling(matter.handling),
            rating=Rating.satisfied,
            audit=AuditResult.passed,
        )

    def _channel(self, row: SampleAttendance) -> str:
        if row.duty and row.duty.kind in _FARAWAY:
            return _FARAWAY[row.duty.kind]
        return self._rng.choices(("来访", "来电", "网络", "来信"), (78, 19, 2, 1))[0]

    def _identity(self, matter: Matter) -> str:
        ages = (62, 84) if "老年人" in matter.groups else (27, 58)
        born = self._numbers.birthday(self._month.year - self._rng.randint(*ages))
        return self._numbers.identity(matter.sex, born)

    def _groups(self, matter: Matter) -> tuple[str, ...]:
        groups = matter.groups
        if matter.sex is Sex.female and "妇女" not in groups and self._rng.random() < 0.3:
            groups = (*groups, "妇女")
        return groups


@dataclass
class _Lots:
    """Places in the register, each drawn once."""

    rng: Random
    left: list[int]

    def draw(self, count: int) -> list[int]:
        drawn = self.rng.sample(self.left, min(count, len(self.left)))
        self.left = [place for place in self.left if place not in drawn]
        return drawn


def _judged(rng: Random, records: list[SampleConsultation], cast: Cast) -> list[SampleConsultation]:
    """The records with ratings, audits and faults dealt out; the cast and public servants stay clean."""
    found = [_rated(rng, record) for record in records]
    total = len(found)
    plain = [
        place
        for place, record in enumerate(found)
        if not cast.is_in(record.adviser) and not record.adviser.is_public_servant
    ]
    lots = _Lots(rng, plain)
    for place in lots.draw(max(2, round(total * _DISSATISFIED_SHARE))):
        found[place] = replace(found[place], rating=Rating.dissatisfied, audit=AuditResult.passed)
    for place in lots.draw(max(1, round(total * _IRREGULAR_SHARE))):
        found[place] = replace(found[place], audit=AuditResult.irregular)
    for turn, place in enumerate(lots.draw(max(2, round(total * _MISSING_SHARE)))):
        audit = None if turn % 4 == 3 else AuditResult.incomplete
        found[place] = replace(found[place], audit=audit, **_LEFT_OUT[turn % len(_LEFT_OUT)])
    return found


def _rated(rng: Random, record: SampleConsultation) -> SampleConsultation:
    ratings = (Rating.satisfied, Rating.fairly_satisfied, None)
    audits = (AuditResult.passed, None)
    return replace(
        record,
        rating=rng.choices(ratings, (84, 11, 5))[0],
        audit=rng.choices(audits, (88, 12))[0],
    )


def _numbered(records: list[SampleConsultation]) -> tuple[SampleConsultation, ...]:
    """Numbers in each site's own series, as the register gives them."""
    serials: dict[str, int] = {}
    found = []
    for record in records:
        code = record.site.code
        serials[code] = serials.get(code, 0) + 1
        found.append(replace(record, number=f"{serials[code]:04d}"))
    return tuple(found)


def _absences(row: SampleAttendance, checks: tuple[SampleSpotCheck, ...]) -> list[datetime]:
    return [
        check.at
        for check in checks
        if (check.site, check.person) == (row.site, row.person)
        and check.result is not SpotResult.present
        and check.at.date() == row.in_at.date()
    ]
