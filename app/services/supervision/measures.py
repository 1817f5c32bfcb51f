"""Lists the measures of the document in force as work, and records what was done about them with its evidence (Q15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.supervision import MeasureStep
from app.models.travelling import understood
from app.rules.policy.parts import Measure
from app.rules.supervision.measures import MeasureState as MeasureState
from app.rules.supervision.measures import Turn, measure_state, turn_of
from app.services.reading.voids import not_voided
from app.services.supervision.record_problem import text_problems
from app.text import clean


@dataclass(frozen=True)
class Measures:
    """The measures that this office does, as they stand today."""


@dataclass(frozen=True)
class NoteMeasure:
    """What was done about a measure and what shows it. on None: today; it counts for the turn that day lies in."""

    number: str
    text: str
    on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """What was done."""
        yield from text_problems("text", "做了什么、有什么证据", self.text)


@dataclass(frozen=True, kw_only=True)
class MeasureView:
    """A measure as shown. period: the present turn, "" for what is done once; due: the document's own words.

    said: what this office noted for the turn, oldest first; others: how many offices below noted something for it.
    """

    number: str
    title: str
    owner: str
    standard: str
    evidence: str
    clause: str
    clause_text: str
    due: str
    period: str
    due_on: date
    state: MeasureState
    said: tuple[tuple[date, str], ...]
    others: int


@answers(Measures, permission=Permission.LOOK)
def measures(look: Look, query: Measures) -> tuple[MeasureView, ...]:
    """In the document's order."""
    return measure_views(look, local_date(look.now.at))


def measure_views(look: Look, day: date) -> tuple[MeasureView, ...]:
    """The measures of this office's level as they stood on a day, by their turn of that day."""
    steps = _steps(look)
    return tuple(_view(look, one, steps[one.number], day) for one in _own_measures(look))


@handles(NoteMeasure, title="登记任务措施", permission=Permission.SPOT_CHECK)
def note_measure(work: Work, command: NoteMeasure) -> str:
    """The step's id. Raises Refused E163, E175 no such measure here, E176 a wrong day."""
    measure = next((one for one in _own_measures(work) if one.number == clean(command.number)), None)
    if measure is None:
        raise Refused("E175", "本单位没有这个编号的任务措施，请在“督导”的“措施”里核对。", field="number")
    on, today = command.on or local_date(work.now.at), local_date(work.now.at)
    if not work.pack.valid_from <= on <= today:
        raise Refused("E176", f"日期应在 {work.pack.valid_from} 至 {today} 之间，请核对。", field="on")
    return work.put(
        MeasureStep,
        site=work.office.own_site,
        pack=work.pack.key,
        number=measure.number,
        period=turn_of(work.pack, measure, on).period,
        on=on,
        text=clean(command.text),
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


def _own_measures(look: Look) -> list[Measure]:
    return [one for one in look.pack.measures if look.office.level in one.doers]


def _steps(look: Look) -> defaultdict[str, list[MeasureStep]]:
    query = select(MeasureStep).where(MeasureStep.pack == look.pack.key, not_voided(MeasureStep))
    found = defaultdict[str, list[MeasureStep]](list)
    for row in understood(look.session.scalars(query.order_by(MeasureStep.on, MeasureStep.id))):
        found[row.number].append(row)
    return found


def _view(look: Look, measure: Measure, steps: list[MeasureStep], day: date) -> MeasureView:
    turn: Turn = turn_of(look.pack, measure, day)
    of_turn = [one for one in steps if one.period == turn.period]
    said = tuple((one.on, one.text or "") for one in of_turn if one.writer == look.office.code)
    return MeasureView(
        number=measure.number,
        title=measure.title,
        owner=measure.owner,
        standard=measure.standard,
        evidence=measure.evidence,
        clause=measure.clause,
        clause_text=look.pack.clause_text(measure.clause),
        due=measure.due,
        period=turn.period,
        due_on=turn.due_on,
        state=measure_state(turn, day, is_done=bool(said)),
        said=said,
        others=len({one.writer for one in of_turn} - {look.office.code}),
    )
