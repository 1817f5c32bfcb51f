"""What a report of the catalogue declares, and how its rows become a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, cast

from app.documents.sheet import Footer, ReadRows, Row, Rows, Sheet, SheetColumn
from app.errors import Refused
from app.kernel.permissions import Actor
from app.quarters import Quarter
from app.registry import offered
from app.values import Period


class PeriodKind(StrEnum):
    """The kinds of period a report can be made for."""

    month = "月"
    quarter = "季"
    year = "年"


EVERY_PERIOD = (PeriodKind.month, PeriodKind.quarter, PeriodKind.year)
Lines = Iterable[Row]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report.

    columns: its columns, in order. rows: (look, period) → the values of each row, in the columns' order;
    read-only (P26). permission: who may read it. periods: kinds it makes sense for.
    counted: (look, period) → how many rows those are and the sums of the `total` columns, where rows may be so many
    that a workbook is written from rows read as it goes.
    totals: (look, period, rows) → the totals row, where it is not plain sums of the `total` columns.
    heads: (look, period) → name of the unit for the left above the table. notes: sentences below it.
    needs_approval: its figures are whole only when every site's month is approved. instead: (look, period) → the
    report that stands in its place there, None for itself.
    """

    key: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Callable[[Any, Period], Lines]
    counted: Callable[[Any, Period], tuple[int, Row]] | None = None
    permission: Any = None
    periods: tuple[PeriodKind, ...] = EVERY_PERIOD
    totals: Callable[[Any, Period, tuple[Row, ...]], Row] | None = None
    heads: Callable[[Any, Period], str] | None = None
    signatures: tuple[str, ...] = ("制表人", "审核人", "负责人")
    notes: tuple[str, ...] = ()
    orientation: Literal["portrait", "landscape"] = "portrait"
    row_height: float = 0
    needs_approval: bool = True
    instead: Callable[[Any, Period], Report | None] | None = None

    def standing(self, look: Any, period: Period) -> Report:
        """The report as it is for this office and period."""
        return (self.instead(look, period) if self.instead else None) or self


def reports() -> dict[str, Report]:
    """Key → report, for every report of the catalogue."""
    found = offered("app.services.reports.catalogue", "REPORT")
    return {report.key: report for report in cast("list[Report]", list(found.values()))}


def find_report(key: str) -> Report:
    """The report of a key. Raises Refused E506 when there is none."""
    known = reports()
    if key not in known:
        raise Refused("E506", f"没有“{key}”这张报表，可选：{'、'.join(sorted(known))}")
    return known[key]


def permitted_report(key: str, actor: Actor) -> Report:
    """The report of a key, for somebody who may read it. Raises Refused E506, E001."""
    report = find_report(key)
    if report.permission is not None:
        actor.need(report.permission)
    return report


def make_sheet(
    report: Report,
    look: Any,
    period: Period,
    *,
    unit: str = "",
    gaps: str = "",
    footer: Footer | None = None,
    is_read_along: bool = False,
) -> Sheet:
    """The sheet of a report for a period, from which screen, XLSX and PDF come.

    look: what the rows query reads from. unit: who reports, unless the report says it. gaps: what its sums lack, the
    first of the notes (case 4). is_read_along: where the report can count its rows, they are read each time somebody
    goes through them, as long as the look lasts.
    Raises Refused E507 for a kind of period that the report is not made for.
    """
    check_period(report, period)
    report = report.standing(look, period)
    rows = _read_rows(report, look, period) if is_read_along else _held_rows(report, look, period)
    name = report.heads(look, period) if report.heads else unit
    return Sheet(
        title=report.title,
        columns=report.columns,
        rows=rows,
        subtitle=_subtitle(report, period, name),
        totals=report.totals(look, period, rows) if report.totals and isinstance(rows, tuple) else None,
        notes=(f"{gaps}。", *report.notes) if gaps else report.notes,
        signatures=report.signatures,
        orientation=report.orientation,
        footer=footer or Footer(),
        row_height=report.row_height,
    )


def _held_rows(report: Report, look: Any, period: Period) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in report.rows(look, period))


def _read_rows(report: Report, look: Any, period: Period) -> Rows:
    if report.counted is None:
        return _held_rows(report, look, period)
    return ReadRows(lambda: iter(report.rows(look, period)), *report.counted(look, period))


def check_period(report: Report, period: Period) -> None:
    """Refuses with E507 a kind of period that the report is not made for."""
    if period_kind(period) not in report.periods:
        kinds = "、".join(f"{kind}" for kind in report.periods)
        raise Refused("E507", f"“{report.title}”只按{kinds}出表，请改选期间", field="period")


def period_kind(period: Period) -> PeriodKind:
    """Whether a period is a month, a quarter or a year."""
    return {1: PeriodKind.month, 3: PeriodKind.quarter}.get(len(period.months()), PeriodKind.year)


def period_label(period: Period) -> str:
    """A period as papers write it: `2022年5月`, `2022年第2季度`, `2022年`; months where the year is not the calendar's."""
    whole = Period.parse(period.text)
    year, month = whole.start.year, whole.start.month
    labels = {
        PeriodKind.month: f"{year}年{month}月",
        PeriodKind.quarter: Quarter.of(whole.start).words,
        PeriodKind.year: f"{year}年",
    }
    label = labels[period_kind(period)]
    if period == whole:
        return label
    return f"{label}（{period.start.year}年{period.start.month}月至{period.end.year}年{period.end.month}月）"


def _subtitle(report: Report, period: Period, unit: str) -> tuple[str, ...]:
    has_money = any(column.kind == "money" for column in report.columns)
    return (f"单位：{unit}" if unit else "", period_label(period), "金额单位：元" if has_money else "")
