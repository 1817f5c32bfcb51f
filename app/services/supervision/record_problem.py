"""Records problems with owner and due day, how they were mended, and the second look that closes them (Y27)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.supervision import ProblemStep, SupervisionProblem
from app.rules.supervision.problems import ProblemState, mending_state
from app.services.reading.sites import site_named
from app.services.reading.voids import void_of
from app.services.supervision.problem_list import problem_steps
from app.services.supervision.record_spot_check import refuse_unwatched
from app.supervision_values import ProblemSource, ProblemStepKind
from app.text import clean

LONGEST_TEXT = 2000


@dataclass(frozen=True, kw_only=True)
class RecordProblem:
    """A problem somebody found. site: code, full name or town's name; owner: who mends it; found_on None: today; source_id: the record it was found by."""

    site: str
    text: str
    owner: str
    due_on: date
    source: str = ProblemSource.other.value
    source_id: str = ""
    found_on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """What it is, who mends it, where it was found."""
        yield from text_problems("text", "问题", self.text)
        yield from text_problems("owner", "责任人", self.owner)
        if self.source not in tuple(ProblemSource):
            words = "、".join(ProblemSource)
            yield Problem("source", f"来源“{self.source}”不在可选值内，请填：{words}。", "E162")


@dataclass(frozen=True)
class MendProblem:
    """What was done about a problem and what shows it (照片编号、文件号 …)."""

    problem_id: str
    text: str

    def problems(self) -> Iterable[Problem]:
        """What was done."""
        yield from text_problems("text", "整改情况和证据", self.text)


@dataclass(frozen=True)
class RecheckProblem:
    """The second look at a problem that was mended."""

    problem_id: str
    is_passed: bool
    text: str

    def problems(self) -> Iterable[Problem]:
        """What was seen."""
        yield from text_problems("text", "复查情况", self.text)


def text_problems(field: str, title: str, text: str) -> Iterable[Problem]:
    """A text that says something and is not too long."""
    if not clean(text) or len(text) > LONGEST_TEXT:
        yield Problem(field, f"请写明{title}，最多 {LONGEST_TEXT} 字。", "E163")


@handles(RecordProblem, title="登记问题", permission=Permission.SPOT_CHECK)
def record_problem(work: Work, command: RecordProblem) -> str:
    """The problem's id. Raises Refused E144, E162 … E164, E420, E421."""
    site = watched_site(work, command.site)
    return store_problem(work, replace(command, site=site))


def watched_site(work: Work, words: str) -> str:
    """Code of the site that a code, full name or town's name means. Raises Refused E144, E420, E421."""
    code = site_named(work, words).code
    refuse_unwatched(work, code)
    return code


def store_problem(work: Work, command: RecordProblem) -> str:
    """Store a problem of a watched site; also for inspections. Raises Refused E164."""
    today = local_date(work.now.at)
    found_on = command.found_on or today
    if not found_on <= today or command.due_on < found_on:
        raise Refused("E164", "发现日期不能在今天以后，整改期限不能在发现日期以前，请核对。", field="due_on")
    return work.put(
        SupervisionProblem,
        site=command.site,
        source=command.source,
        source_id=command.source_id,
        found_on=found_on,
        text=clean(command.text),
        owner=clean(command.owner),
        due_on=command.due_on,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


@handles(MendProblem, title="登记整改", permission=Permission.SPOT_CHECK)
def mend_problem(work: Work, command: MendProblem) -> str:
    """The step's id. Raises Refused E144, E163, E165 unknown, E166 closed."""
    row = _need(work, command.problem_id)
    if _state(work, row) is ProblemState.closed:
        raise Refused("E166", "这个问题已经复查通过，不用再登记。又发生的，请另登记一个问题。")
    return _store(work, row, ProblemStepKind.mended, command.text)


@handles(RecheckProblem, title="复查问题", permission=Permission.DECIDE)
def recheck_problem(work: Work, command: RecheckProblem) -> str:
    """The step's id. Raises Refused E144, E163, E165, E166, E167 not mended yet, E168 by whom it does not belong to.

    The finder looks again, and never who mended it.
    """
    row = _need(work, command.problem_id)
    steps = problem_steps(work, row)
    state = mending_state(one.kind for one in steps)
    if state is ProblemState.closed:
        raise Refused("E166", "这个问题已经复查通过，不用再登记。又发生的，请另登记一个问题。")
    if state is ProblemState.open:
        raise Refused("E167", "这个问题还没有登记整改，不能复查。")
    if row.writer != work.office.code:
        raise Refused("E168", "这个问题由发现它的单位复查，本单位登记整改就可以了。")
    mended = [one for one in steps if one.kind is ProblemStepKind.mended]
    if mended[-1].entered_by == work.actor.account:
        raise Refused("E169", "整改由您登记，须由另一人复查。")
    kind = ProblemStepKind.passed if command.is_passed else ProblemStepKind.failed
    return _store(work, row, kind, command.text)


def _need(look: Work, problem_id: str) -> SupervisionProblem:
    row = look.session.get(SupervisionProblem, problem_id)
    if row is None or void_of(look, row) is not None:
        raise Refused("E165", "没有这个问题，或者已经作废，请刷新后重选。", field="problem_id")
    refuse_unwatched(look, row.site)
    return row


def _state(look: Look, row: SupervisionProblem) -> ProblemState:
    return mending_state(one.kind for one in problem_steps(look, row))


def _store(work: Work, row: SupervisionProblem, kind: ProblemStepKind, text: str) -> str:
    work.subjects.append(row.id)
    return work.put(
        ProblemStep,
        site=row.site,
        problem_id=row.id,
        kind=kind.value,
        on=local_date(work.now.at),
        text=clean(text),
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )
