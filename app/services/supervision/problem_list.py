"""Lists problems with what was done about them, those that wait first (Y27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, exists, select

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.supervision import ProblemStep, SupervisionProblem
from app.models.travelling import understood
from app.rules.supervision.problems import SOON, is_overdue, mending_state
from app.rules.supervision.problems import ProblemState as ProblemState
from app.services.reading.names import site_names
from app.services.reading.rulings import in_parts
from app.services.reading.voids import not_voided
from app.supervision_values import ProblemSource, ProblemStepKind
from app.values import Period

LONGEST_OPEN = timedelta(days=3 * 366)
"""Problems found longer ago are no longer among those that wait; their year's list still has them."""


@dataclass(frozen=True)
class Problems:
    """Problems found in a period (2022, 2022-Q2, 2022-05); "" those of the last three years that are not closed."""

    period: str = ""


@dataclass(frozen=True)
class StepView:
    """One step. text "": erased or nothing said."""

    kind: ProblemStepKind
    on: date
    text: str
    entered_by: str


@dataclass(frozen=True, kw_only=True)
class ProblemView:
    """A problem as shown. is_late: its day passed and it was not mended; is_ours: found by this office."""

    id: str
    site: str
    site_name: str
    source: ProblemSource
    found_on: date
    text: str
    owner: str
    due_on: date
    state: ProblemState
    is_late: bool
    is_soon: bool
    is_ours: bool
    steps: tuple[StepView, ...]


@answers(Problems, permission=Permission.LOOK)
def problems(look: Look, query: Problems) -> tuple[ProblemView, ...]:
    """Those that are not closed by their due day, then the closed ones. Raises Refused E922."""
    return problem_views(look, Period.parse(query.period) if query.period else None)


def problem_views(look: Look, period: Period | None) -> tuple[ProblemView, ...]:
    """Problems found in a period; None: those of the last three years that nobody passed yet."""
    chosen = select(SupervisionProblem).where(not_voided(SupervisionProblem))
    today = local_date(look.now.at)
    rows = understood(look.session.scalars(_limited(chosen, period, today)))
    steps, names = _steps(look, rows), site_names(look)
    found = [_view(look, row, steps[row.id], names, today) for row in rows]
    if period is None:
        found = [one for one in found if one.state is not ProblemState.closed]
    return tuple(sorted(found, key=lambda one: (one.state is ProblemState.closed, one.due_on, one.id)))


def problem_steps(look: Look, row: SupervisionProblem) -> tuple[StepView, ...]:
    """The steps of one problem, in their order."""
    return tuple(_steps(look, [row])[row.id])


def _limited(
    query: Select[tuple[SupervisionProblem]], period: Period | None, today: date
) -> Select[tuple[SupervisionProblem]]:
    if period is not None:
        return query.where(SupervisionProblem.found_on.between(period.start, period.end))
    passed = exists().where(
        ProblemStep.problem_id == SupervisionProblem.id,
        ProblemStep.writer == SupervisionProblem.writer,
        ProblemStep.kind == ProblemStepKind.passed.value,
    )
    return query.where(SupervisionProblem.found_on >= today - LONGEST_OPEN, ~passed)


def _steps(look: Look, rows: Sequence[SupervisionProblem]) -> defaultdict[str, list[StepView]]:
    """A second look counts where the finder wrote it: whoever mends does not pass himself, by a bundle either."""
    found, finder = defaultdict[str, list[StepView]](list), {row.id: row.writer for row in rows}
    for part in in_parts(finder):
        query = select(ProblemStep).where(ProblemStep.problem_id.in_(part), not_voided(ProblemStep))
        for row in understood(look.session.scalars(query.order_by(ProblemStep.entered_at, ProblemStep.id))):
            kind = ProblemStepKind(row.kind)
            if kind is ProblemStepKind.mended or row.writer == finder[row.problem_id]:
                found[row.problem_id].append(StepView(kind, row.on, row.text or "", row.entered_by))
    return found


def _view(
    look: Look, row: SupervisionProblem, steps: list[StepView], names: dict[str, str], today: date
) -> ProblemView:
    state = mending_state(one.kind for one in steps)
    return ProblemView(
        id=row.id,
        site=row.site,
        site_name=names.get(row.site, row.site),
        source=ProblemSource(row.source),
        found_on=row.found_on,
        text=row.text or "",
        owner=row.owner or "",
        due_on=row.due_on,
        state=state,
        is_late=is_overdue(state, row.due_on, today),
        is_soon=state is ProblemState.open and today <= row.due_on <= today + SOON,
        is_ours=row.writer == look.office.code,
        steps=tuple(steps),
    )
