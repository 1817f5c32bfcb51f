"""Gives a month's open duties to people: as many as can be, evenly, and as each site is used to (Y09; 自动补齐).

The whole is one integer programme for HiGHS. A seat given weighs more than any gain in evenness; evenness is the sum
over people of what rises with every hour they already sit; the site's habit decides between equals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.rules.roster.fill_model import FillModel, solve
from app.rules.roster.openings import Opening
from app.values import DutyKind

HOUR = 3600
STEP = 2 * HOUR
"""Seconds after which another duty weighs more on a person."""
SECONDS_ALLOWED = 20.0
_CENTRE = 1.1
"""A centre sits every working day, a station weekly in principle (Y09): where people lack, the centre comes first."""
_HABIT = 0.5
_YEAR = 0.25


@dataclass(frozen=True)
class FillPerson:
    """Somebody of the pool; month_seconds, year_seconds: what is rostered for them already."""

    id: str
    name: str
    month_seconds: int = 0
    year_seconds: int = 0


@dataclass(frozen=True)
class FillFacts:
    """What is to be filled and by whom. against: why a person cannot take a duty, "" when they can.

    busy: who has a duty on a day already. habits: (site, weekday, person) → how often they sat there.
    """

    openings: tuple[Opening, ...]
    people: tuple[FillPerson, ...]
    against: Callable[[str, Opening], str]
    busy: frozenset[tuple[str, date]] = frozenset()
    habits: Mapping[tuple[str, int, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class FilledSeat:
    """A proposal: the duty and who is to sit it."""

    opening: Opening
    person: FillPerson


@dataclass(frozen=True)
class UnfilledSeat:
    """A duty nobody can take, and why, in one sentence."""

    opening: Opening
    reason: str


@dataclass(frozen=True)
class Filling:
    """Proposals and what stays empty, each by day. is_best: no better one exists within the time allowed."""

    seats: tuple[FilledSeat, ...] = ()
    empty: tuple[UnfilledSeat, ...] = ()
    is_best: bool = True


def fill(facts: FillFacts, seconds_allowed: float = SECONDS_ALLOWED) -> Filling:
    """The best proposal; the same facts give the same one."""
    reasons = [_reasons(facts, opening) for opening in facts.openings]
    model = _model(facts, reasons)
    answer = solve(model, seconds_allowed)
    pairs = model.pairs
    given = {pairs[chosen][0]: facts.people[pairs[chosen][1]] for chosen in answer.chosen}
    seats = [
        FilledSeat(opening, given[place]) for place, opening in enumerate(facts.openings) if place in given
    ]
    by_day = {(seat.opening.on, seat.person.id) for seat in seats}
    empty = [
        UnfilledSeat(opening, _why(facts, opening, reasons[place], by_day))
        for place, opening in enumerate(facts.openings)
        if place not in given
    ]
    return Filling(tuple(seats), tuple(empty), answer.is_best)


def posed(facts: FillFacts) -> FillModel:
    """The programme that answers the question."""
    return _model(facts, [_reasons(facts, opening) for opening in facts.openings])


def _model(facts: FillFacts, reasons: Sequence[Mapping[str, str]]) -> FillModel:
    pairs = [
        (place, number)
        for place, refused in enumerate(reasons)
        for number, person in enumerate(facts.people)
        if person.id not in refused
    ]
    days: dict[tuple[date, int], list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        days[facts.openings[pair[0]].on, pair[1]].append(place)
    return FillModel(
        urgencies=tuple(_CENTRE if one.kind is DutyKind.centre else 1.0 for one in facts.openings),
        pairs=tuple(pairs),
        steps=tuple(facts.openings[seat].seconds / STEP for seat, _ in pairs),
        loads=tuple(person.month_seconds / STEP for person in facts.people),
        preferences=_preferences(facts, pairs),
        one_of=tuple(tuple(group) for group in days.values() if len(group) > 1),
    )


def _preferences(facts: FillFacts, pairs: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """What each pair costs beside the hours: less where the person usually sits, more for whom the year was busy."""
    busiest = max((one.year_seconds for one in facts.people), default=0) or 1
    usual: dict[tuple[str, int], int] = defaultdict(int)
    for (site, weekday, _), times in facts.habits.items():
        usual[site, weekday] = max(usual[site, weekday], times)
    return tuple(
        _preference(facts, facts.openings[seat], facts.people[who], busiest, usual) for seat, who in pairs
    )


def _preference(
    facts: FillFacts,
    opening: Opening,
    person: FillPerson,
    busiest: int,
    usual: Mapping[tuple[str, int], int],
) -> float:
    site, weekday = opening.site, opening.on.weekday()
    sat, most = facts.habits.get((site, weekday, person.id), 0), usual.get((site, weekday), 0)
    return _YEAR * person.year_seconds / busiest - (_HABIT * sat / most if most else 0.0)


def _reasons(facts: FillFacts, opening: Opening) -> dict[str, str]:
    """Person → why not, for those who cannot; one duty a day is enough for anybody."""
    found = {}
    for person in facts.people:
        reason = facts.against(person.id, opening)
        if not reason and (person.id, opening.on) in facts.busy:
            reason = "当天已有值班"
        if reason:
            found[person.id] = reason
    return found


def _why(facts: FillFacts, opening: Opening, refused: Mapping[str, str], given: set[tuple[date, str]]) -> str:
    if not facts.people:
        return "值班人员库里没有人员，请先登记或向上级申请调配。"
    counted = Counter(reason.split("：")[0] for reason in refused.values())
    taken = [p.name for p in facts.people if p.id not in refused and (opening.on, p.id) in given]
    parts = [
        f"{words} {count} 人" for words, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]
    if taken:
        shown = "、".join(taken[:3]) + ("等" if len(taken) > 3 else "")
        parts.append(f"当天排在别的班 {len(taken)} 人（{shown}）")
    return f"人员库 {len(facts.people)} 人都不能排：" + "、".join(parts) + "。"
