"""The periods of cases that were due or ended in a period, what overruns and what waits without one (LAL 36 39 43 49)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from app.case_values import CaseEventKind
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow as Kept
from app.models.cases import CaseEventRow, LegalCase
from app.rules.cases.clocks import CaseClock, ClockState, open_without_clock
from app.services.cases.masked import applicant_words
from app.services.cases.register_case import application_number
from app.services.reading.case_clocks import clocks_of
from app.services.reading.cases import standings_of
from app.services.reading.rulings import in_parts
from app.services.reports.report import Report
from app.values import Period

NO_CLOCK = "没有期限"
COLUMNS = (
    SheetColumn("number", "案号", width=9),
    SheetColumn("application", "受理编号", width=5, align="center"),
    SheetColumn("applicant", "受援人", width=5),
    SheetColumn("handler", "承办人", width=4),
    SheetColumn("state", "案件状态", width=4, align="center"),
    SheetColumn("clock", "期限", width=7),
    SheetColumn("started", "起算日", "date", 5),
    SheetColumn("due", "到期日", "date", 5),
    SheetColumn("met", "办理日", "date", 5),
    SheetColumn("left", "剩余天数", "number", 3),
    SheetColumn("stands", "期限状态", width=4, align="center"),
    SheetColumn("told", "怎么算的", width=18),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """The open periods due by the period's end, overrun ones first; then what ended in it, then cases without a clock."""
    lines = [line for ids in in_parts(_concerned(look, period)) for line in _lines(look, ids, period)]
    yield from (row for _, row in sorted(lines, key=lambda line: line[0]))


def _concerned(look: Look, period: Period) -> list[str]:
    """Cases that are due or lost, and those of which anything happened in the period."""
    open_ones = select(Kept.case_id).where(Kept.due_on <= period.end)
    lost = select(Kept.case_id).where(Kept.is_lost.is_(True))
    kinds = [one.value for one in CaseEventKind]
    moved = select(CaseEventRow.case_id).where(
        CaseEventRow.kind.in_(kinds), CaseEventRow.on.between(period.start, period.end)
    )
    found = {one for query in (open_ones, lost, moved) for one in look.session.scalars(query)}
    return sorted(found)


def _lines(look: Look, ids: Iterable[str], period: Period) -> Iterator[tuple[tuple[int, str, str], Row]]:
    standings = standings_of(look, ids)
    query = select(LegalCase, Kept).join(Kept, Kept.case_id == LegalCase.id)
    for case, kept in look.session.execute(query.where(LegalCase.id.in_(standings))):
        standing = standings[case.id]
        head = (
            kept.number,
            application_number(case),
            applicant_words(case.applicant, is_organisation=case.is_organisation, is_sealed=kept.is_sealed),
            kept.handler,
            kept.state,
        )
        for clock in clocks_of(look, standing):
            if _is_told(clock, period):
                yield (_rank(clock), str(clock.due or ""), case.id), (*head, *_clock(clock))
        if lost := open_without_clock(standing):
            yield (3, "", case.id), (*head, "", None, None, None, None, NO_CLOCK, lost)


def _is_told(clock: CaseClock, period: Period) -> bool:
    if clock.met_on is not None:
        return clock.met_on in period
    if clock.state is ClockState.met:
        return clock.due is not None and clock.due in period
    return clock.due is None or clock.due <= period.end


def _rank(clock: CaseClock) -> int:
    return {ClockState.overdue: 0, ClockState.running: 1, ClockState.stopped: 1}.get(clock.state, 2)


def _clock(clock: CaseClock) -> Row:
    stands = "超期办理" if clock.is_late else clock.state.value
    return (
        clock.title,
        clock.started_on,
        clock.due,
        clock.met_on,
        clock.days_left,
        stands,
        clock.explanation,
    )


REPORT = Report(
    key="case-deadlines",
    title="案件期限表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "列出本期末以前到期而未办的、本期内办理的期限，以及未结而没有期限的案件；每一行写明怎么算的和依据。",
    ),
)
