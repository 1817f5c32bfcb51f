"""Whom the cases granted in a period help, by group and kind; one person of several groups stands in each (G01 Y12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.case_values import CaseKind
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.cases import CaseRecipient, LegalCase
from app.rules.cases.facts import CaseStanding
from app.rules.funds.case_counts import approved_cases
from app.services.cases.year_cases import counted_in, year_cases
from app.services.reading.rulings import in_parts
from app.services.reports.report import Report
from app.values import Period, Sex

WHOLE, NO_GROUP = "合计（不重复）", "没有填写"
COLUMNS = (
    SheetColumn("group", "人群类别", width=9),
    SheetColumn("cases", "案件（件）", "number", 5),
    SheetColumn("people", "受援人（人）", "number", 5),
    SheetColumn("women", "其中女性", "number", 4),
    *(SheetColumn(kind.name, f"{kind}案件", "number", 4) for kind in CaseKind),
    SheetColumn("counted", "其中计入惠民工程", "number", 5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """All of them first, then group by group, the document's groups in its order."""
    standings = year_cases(look, period)
    approved, counted = approved_cases(standings, period), counted_in(look, standings, period)
    by_group: dict[str, list[CaseStanding]] = defaultdict(list)
    for one in approved:
        for group in one.facts.groups or (NO_GROUP,):
            by_group[group].append(one)
    people, women = _people(look, approved)
    yield _row(WHOLE, approved, people[WHOLE], women[WHOLE], counted)
    order = [*look.pack.consultation_groups, NO_GROUP]
    found = set(by_group) | (set(people) - {WHOLE})
    for group in sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one)):
        yield _row(group, by_group[group], people[group], women[group], counted)


def _row(
    group: str,
    cases: list[CaseStanding] | tuple[CaseStanding, ...],
    people: int,
    women: int,
    counted: frozenset[str],
) -> Row:
    kinds = Counter(one.facts.kind for one in cases)
    return (
        group,
        len(cases),
        people,
        women,
        *(kinds[kind] for kind in CaseKind),
        sum(one.case in counted for one in cases),
    )


def _people(look: Look, cases: tuple[CaseStanding, ...]) -> tuple[Counter[str], Counter[str]]:
    """Group → people and women; the others of a joint claim by their own groups, else by the case's."""
    people, women = Counter[str](), Counter[str]()
    groups = {one.case: one.facts.groups for one in cases}
    for ids in in_parts(sorted(groups)):
        first = select(LegalCase.id, LegalCase.sex).where(LegalCase.id.in_(ids))
        for case, sex in look.session.execute(first):
            _add(people, women, groups[case], sex or "")
        others = select(CaseRecipient.case_id, CaseRecipient.groups, CaseRecipient.sex)
        for case, own, sex in look.session.execute(others.where(CaseRecipient.case_id.in_(ids))):
            _add(people, women, tuple(own) or groups[case], sex or "")
    return people, women


def _add(people: Counter[str], women: Counter[str], groups: tuple[str, ...], sex: str) -> None:
    for group in (WHOLE, *(groups or (NO_GROUP,))):
        people[group] += 1
        women[group] += sex == Sex.female.value


REPORT = Report(
    key="recipients",
    title="受援人情况表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    needs_approval=False,
    notes=("本期批准的案件所帮助的人；一人属几类的，每类各计一次。共同申请的，每位受援人各计一人。",),
)
