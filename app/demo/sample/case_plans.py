"""Says which stories of cases the demonstration plays, and on which day each begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.case_values import CaseEventKind as K
from app.demo.sample.case_records import SampleCase
from app.demo.sample.case_stories import CaseStories
from app.demo.sample.case_words import SampleWords


@dataclass(frozen=True)
class _Plan:
    story: Callable[[CaseStories, int], SampleCase]
    at: int


def invent_stories(words: SampleWords, start: date, *, is_small: bool) -> tuple[SampleCase, ...]:
    """The cases in the order in which they come."""
    stories = CaseStories(words, start)
    plans = _small() if is_small else _full()
    return tuple(plan.story(stories, plan.at) for plan in plans)


def _small() -> Iterator[_Plan]:
    yield _Plan(CaseStories.usual, 1)
    yield _Plan(CaseStories.supplemented, 2)
    yield _Plan(lambda one, at: one.refused(at, "dismissed"), 3)
    yield _Plan(lambda one, at: one.notice(at, 4), 40)


def _full() -> Iterator[_Plan]:
    yield _Plan(lambda one, at: one.usual(at, grade="优秀"), 0)
    yield _Plan(lambda one, at: one.usual(at, grade="不合格"), 3)
    for steps, at in enumerate((72, 66, 64, 62, 58, 50, 45, 44, 40, 36, 33, 30)):
        yield _Plan(lambda one, at, steps=steps: one.usual(at, steps), at)  # type: ignore[misc]
    yield _Plan(CaseStories.supplemented, 2)
    yield _Plan(CaseStories.awaiting, 68)
    yield _Plan(CaseStories.lapsed, 8)
    yield _Plan(CaseStories.withdrawn, 9)
    yield _Plan(CaseStories.incomplete, 10)
    yield _Plan(lambda one, at: one.incomplete(at, is_supplied=False), 48)
    yield _Plan(CaseStories.granted_first, 12)
    yield _Plan(lambda one, at: one.refused(at, "dismissed"), 13)
    yield _Plan(lambda one, at: one.refused(at, "upheld"), 14)
    yield _Plan(CaseStories.refused, 60)
    yield _Plan(CaseStories.notice, 15)
    yield _Plan(lambda one, at: one.notice(at, 4), 55)
    yield _Plan(lambda one, at: one.notice(at, 0), 73)
    yield _Plan(CaseStories.replaced, 16)
    yield _Plan(CaseStories.terminated, 30)
    yield _Plan(lambda one, at: one.terminated(at, is_archived=True), 17)
    yield _Plan(CaseStories.merged, 18)
    for kind, at in ((K.transferred, 19), (K.agent_for, 21), (K.moved, 23)):
        yield _Plan(lambda one, at, kind=kind: one.given_away(at, kind), at)  # type: ignore[misc]
    for at in (20, 20, 20, 20):
        yield _Plan(CaseStories.group, at)
    yield _Plan(CaseStories.joint, 24)
    yield _Plan(CaseStories.minor, 26)
    yield _Plan(CaseStories.organisation, 70)
