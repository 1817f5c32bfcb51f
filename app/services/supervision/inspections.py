"""Records inspections on site by the document's checklist; what is not in order becomes a problem at once (Q03 Y22 Y27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.supervision import Inspection
from app.models.travelling import understood
from app.quarters import Quarter
from app.rules.supervision.quota import Quota, asked_of, inspection_figure
from app.services.reading.names import site_names
from app.services.reading.voids import not_voided
from app.services.supervision.record_problem import RecordProblem, store_problem, text_problems, watched_site
from app.supervision_values import CheckMark, InspectionKind, ProblemSource
from app.text import clean
from app.values import Level, Period

CHECKLIST = "inspection_checklist"


@dataclass(frozen=True, kw_only=True)
class RecordInspection:
    """An inspection. marks: item of the checklist → 符合, 不符合 or 未查; items that are left out were not looked at.

    owner and due_on: who mends what is not in order, by when; needed where something is not.
    """

    site: str
    kind: str
    inspectors: str
    marks: Mapping[str, str]
    on: date | None = None
    note: str = ""
    owner: str = ""
    due_on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """A kind, inspectors, marks of the list, and who mends what by when."""
        yield from text_problems("inspectors", "检查人", self.inspectors)
        if self.kind not in tuple(InspectionKind):
            words = "、".join(InspectionKind)
            yield Problem("kind", f"检查类别“{self.kind}”不在可选值内，请填：{words}。", "E170")
        if any(mark not in tuple(CheckMark) for mark in self.marks.values()):
            yield Problem("marks", f"各项结果请填：{'、'.join(CheckMark)}。", "E171")
        if CheckMark.bad in self.marks.values():
            yield from text_problems("owner", "整改责任人", self.owner)
            if self.due_on is None:
                yield Problem("due_on", "有不符合的项，请写明整改期限。", "E172")


@dataclass(frozen=True)
class InspectionMade:
    """The inspection, and the problems that came of it."""

    id: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Inspections:
    """The inspections of a year, and the checklist by which the next one is made."""

    year: int


@dataclass(frozen=True, kw_only=True)
class InspectionView:
    """An inspection as shown. marks: in the order of the checklist."""

    id: str
    on: date
    site: str
    site_name: str
    kind: InspectionKind
    inspectors: str
    marks: tuple[tuple[str, CheckMark], ...]
    clause: str
    note: str

    @property
    def bad(self) -> tuple[str, ...]:
        """The items that were not in order."""
        return tuple(item for item, mark in self.marks if mark is CheckMark.bad)


@dataclass(frozen=True)
class InspectionYear:
    """A year's inspections, the newest first. quota: this office's own against what the document asks of it."""

    checklist: tuple[str, ...]
    clause: str
    quota: Quota
    rows: tuple[InspectionView, ...]


@handles(RecordInspection, title="登记实地检查", permission=Permission.SPOT_CHECK)
def record_inspection(work: Work, command: RecordInspection) -> InspectionMade:
    """The inspection with its problems. Raises Refused E144, E163, E164, E170 … E174."""
    if not work.office.is_bureau:
        raise Refused("E173", "实地检查由司法局登记。站点自查的问题，请直接登记为问题。")
    site = watched_site(work, command.site)
    checklist, clause = _checklist(work)
    unknown = [item for item in command.marks if item not in checklist]
    on = command.on or local_date(work.now.at)
    if unknown or on > local_date(work.now.at):
        raise Refused("E174", f"日期不能在今天以后，检查项应在清单内：{'、'.join(checklist)}。", field="on")
    made = work.put(
        Inspection,
        site=site,
        kind=command.kind,
        on=on,
        inspectors=clean(command.inspectors),
        marks={item: command.marks.get(item, CheckMark.unseen.value) for item in checklist},
        clause=clause,
        note=clean(command.note) or None,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )
    bad = [item for item in checklist if command.marks.get(item) == CheckMark.bad]
    return InspectionMade(
        made, tuple(_problem(work, replace(command, site=site), made, on, item) for item in bad)
    )


def _problem(work: Work, command: RecordInspection, inspection: str, on: date, item: str) -> str:
    note = clean(command.note)
    wanted = RecordProblem(
        site=command.site,
        text=f"{item}：不符合" + (f"。{note}" if note else ""),
        owner=command.owner,
        due_on=command.due_on or on,
        source=ProblemSource.inspection.value,
        source_id=inspection,
        found_on=on,
    )
    return store_problem(work, wanted)


@answers(Inspections, permission=Permission.LOOK)
def inspections(look: Look, query: Inspections) -> InspectionYear:
    """The year's inspections and the checklist in force."""
    checklist, clause = _checklist(look)
    rows = _rows(look, Period.parse(f"{query.year:04d}"))
    return InspectionYear(checklist, clause, _quota(look), tuple(reversed(rows)))


def _quota(look: Look) -> Quota:
    """Own inspections of this quarter; a city's of this year."""
    today, level = local_date(look.now.at), look.office.level
    asked, clause = asked_of(look.pack, inspection_figure(level)) if look.office.is_bureau else (0, "")
    is_city = level is Level.city
    span = Period.parse(f"{today.year}") if is_city else Quarter.of(today).period
    done = sum(row.on in span for row in _own(look, span))
    return Quota("本年检查" if is_city else "本季检查", done, asked, span.end, clause)


def _own(look: Look, span: Period) -> list[Inspection]:
    mine = (Inspection.writer == look.office.code, Inspection.on.between(span.start, span.end))
    return list(look.session.scalars(select(Inspection).where(*mine, not_voided(Inspection))))


def _rows(look: Look, span: Period) -> list[InspectionView]:
    query = select(Inspection).where(Inspection.on.between(span.start, span.end), not_voided(Inspection))
    names = site_names(look)
    rows = understood(look.session.scalars(query.order_by(Inspection.on, Inspection.id)))
    return [_view(row, names) for row in rows]


def _view(row: Inspection, names: dict[str, str]) -> InspectionView:
    return InspectionView(
        id=row.id,
        on=row.on,
        site=row.site,
        site_name=names.get(row.site, row.site),
        kind=InspectionKind(row.kind),
        inspectors=row.inspectors,
        marks=tuple((item, CheckMark(mark)) for item, mark in row.marks.items() if mark in tuple(CheckMark)),
        clause=row.clause,
        note=row.note or "",
    )


def _checklist(look: Look) -> tuple[tuple[str, ...], str]:
    """The items of the document in force, or of this program's reading where it names none, and the clause."""
    found = look.pack.lists[CHECKLIST]
    return found.words, found.clause
