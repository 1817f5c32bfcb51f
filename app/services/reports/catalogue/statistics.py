"""The figures that the national statistics of legal aid ask for, item by item, with the sums they must agree with (J16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from app.case_values import NoteKind
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_quality import CaseNote
from app.models.service_desk import Consultation
from app.rules.funds.case_counts import approved_cases, archived_cases, closed_cases
from app.rules.funds.statistics import StatisticalColumn, by_column
from app.services.cases.year_cases import year_cases
from app.services.reading.merged import counted_visit
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("table", "表", width=6),
    SheetColumn("item", "项目", width=14),
    SheetColumn("number", "数量", width=6, align="right"),
    SheetColumn("unit", "单位", width=4),
    SheetColumn("check", "核对", width=14),
)
_CASES, _ADVICE = "案件", "咨询"
_OTHER = "其他"
_TOPICS, _GROUPS, _CHANNELS = "statistical_topics", "statistical_groups", "channels"


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Cases approved in the period by kind, then closed and archived; advice by channel, group and matter."""
    yield from _of_cases(look, period)
    yield from _of_advice(look, period)


def _of_cases(look: Look, period: Period) -> Iterator[Row]:
    cases = year_cases(look, period)
    approved = approved_cases(cases, period)
    columns = by_column(approved)
    agrees = "等于以下各项之和" if sum(columns.values()) == len(approved) else "与以下各项之和不符，请核对"
    yield _CASES, "批准案件", len(approved), "件", agrees
    for column in StatisticalColumn:
        yield _CASES, column.value, columns[column], "件", ""
    yield _CASES, "受援人", sum(one.facts.recipients for one in approved), "人", ""
    yield _CASES, "办结案件", len(closed_cases(cases, period)), "件", ""
    yield _CASES, "归档案件", len(archived_cases(cases, period)), "件", ""
    yield (
        _CASES,
        "挽回损失或取得利益",
        f"{_recovered_fen(look, period) / 1_000_000:.4f}",
        "万元",
        "按执行情况记事",
    )


def _recovered_fen(look: Look, period: Period) -> int:
    notes = look.session.scalars(
        select(CaseNote.facts).where(
            CaseNote.kind == NoteKind.enforcement.value, CaseNote.on.between(period.start, period.end)
        )
    )
    return sum(int(facts.get("recovered_fen") or 0) for facts in notes)


def _of_advice(look: Look, period: Period) -> Iterator[Row]:
    visits, matters = 0, 0
    channels, groups, topics = Counter[str](), Counter[str](), Counter[str]()
    women = 0
    for row in look.session.execute(
        select(Consultation.channel, Consultation.groups, Consultation.topics, Consultation.sex).where(
            Consultation.on.between(period.start, period.end), *counted_visit()
        )
    ):
        visits += 1
        matters += len(row.topics)
        channels[row.channel] += 1
        groups.update(row.groups)
        topics.update(row.topics)
        women += row.sex == "女"
    groups["妇女"] = max(groups["妇女"], women)
    yield _ADVICE, "咨询", visits, "人次", "等于各方式之和"
    yield from _listed(look, _CHANNELS, "方式", channels, "人次", visits)
    yield _ADVICE, "咨询事项", matters, "件", "等于各类事项之和"
    yield from _listed(look, _TOPICS, "事项", topics, "件", matters)
    for word in look.pack.lists[_GROUPS].words:
        yield _ADVICE, f"人群：{word}", groups[word], "人次", "一人属几类的，每类各计"


def _listed(
    look: Look, name: str, title: str, found: Mapping[str, int], unit: str, whole: int
) -> Iterator[Row]:
    """Each word of a list; what an office calls otherwise is counted as 其他, so that the parts sum to the whole."""
    words = [word for word in look.pack.lists[name].words if word != _OTHER]
    counts = {word: found.get(word, 0) for word in words}
    for word in words:
        yield _ADVICE, f"{title}：{word}", counts[word], unit, ""
    yield _ADVICE, f"{title}：{_OTHER}", whole - sum(counts.values()), unit, ""


REPORT = Report(
    key="statistics",
    title="法律援助统计",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    needs_approval=False,
    notes=(
        "按法律援助统计报表旧式的分类；现行报表的栏次请以省系统为准。一人一次来访问两件事，计1人次、2件。12348 来电计在来电之内。",
    ),
)
