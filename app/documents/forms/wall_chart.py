"""挂图作战: the year's tasks as bars on an A3 sheet for the wall, each with its target and the year's pace (Q15, A09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, SHADE, Paper, Printed, Style
from app.documents.sheet import Footer, Sheet, SheetColumn
from app.documents.text_pdf import chinese_date
from app.documents.typeface import printable

_SIDE, _TOP, _FOOT = 18 * MM, 34 * MM, 16 * MM
_TALLEST, _USUAL, _BAR = 56 * MM, 24 * MM, 7 * MM
"""Few tasks stand in high rows and are written large, for the chart is read from afar."""
TWO_LINES = 1.4
"""From which size on the target stands below what was done."""
_NAME, _FIGURES = 96 * MM, 92 * MM
_LATE, _DONE = "#B4400E", "#1E7B45"
_TITLE = Style(role=FontRole.headline, size=34, is_bold=True, colour=INK)
_UNDER = Style(role=FontRole.hei, size=15, colour=ACCENT)
_LABEL = Style(role=FontRole.hei, size=16, colour=INK)
_SMALL = Style(size=10, colour=GREY)
_FIGURE = Style(role=FontRole.hei, size=17, colour=INK)


@dataclass(frozen=True, kw_only=True)
class WallBar:
    """One task: text and target in words; share of the target reached and pace as ratios, None without one."""

    title: str
    text: str
    target: str
    share: float | None = None
    pace: float | None = None
    is_met: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WallChart:
    """The tasks of an office's year as of a day; printed_at naive local time."""

    office: str
    year: str
    until: date
    bars: tuple[WallBar, ...]
    printed_at: datetime | None = None


def wall_sheet(chart: WallChart) -> Sheet:
    """The same figures as a table, for the workbook."""
    columns = (
        SheetColumn("title", "任务", width=12),
        SheetColumn("text", "完成", width=6, align="right"),
        SheetColumn("target", "目标", width=6, align="right"),
        SheetColumn("share", "完成率", "percent", 4),
        SheetColumn("pace", "时序进度", "percent", 4),
        SheetColumn("note", "说明", width=12),
    )
    rows = tuple((one.title, one.text, one.target, one.share, one.pace, one.note) for one in chart.bars)
    return Sheet(
        _title(chart),
        columns,
        rows,
        (chart.office, _as_of(chart)),
        footer=Footer(printed_at=chart.printed_at),
    )


def draw_wall_chart(chart: WallChart) -> Printed:
    """The bars on A3 across, as many pages as they take; a mark on each bar shows the year's pace."""
    paper = Paper(_title(chart), is_landscape=True, is_a3=True)
    room = paper.height - _TOP - _FOOT
    fit = max(1, int(room // (13 * MM)))
    parts = [chart.bars[at : at + fit] for at in range(0, len(chart.bars), fit)] or [()]
    for bars in parts:
        paper.new_page()
        _draw_head(paper, chart)
        height = min(_TALLEST, room / max(1, len(bars)))
        for place, bar in enumerate(bars):
            _draw_bar(paper, bar, _TOP + place * height, height)
        paper.text(_SIDE, paper.height - 8 * MM, "竖线为时序进度；绿色为已达到，橙色为落后时序。", _SMALL)
        right = f"打印时间 {chart.printed_at:%Y-%m-%d %H:%M}" if chart.printed_at else ""
        paper.text(paper.width - _SIDE, paper.height - 8 * MM, right, _SMALL, "right")
    return paper.finish()


def _draw_head(paper: Paper, chart: WallChart) -> None:
    paper.text(paper.width / 2, 17 * MM, _title(chart), _TITLE, "center")
    paper.text(_SIDE, 27 * MM, chart.office, _UNDER)
    paper.text(paper.width - _SIDE, 27 * MM, _as_of(chart), _UNDER, "right")
    paper.line(_SIDE, 30 * MM, paper.width - _SIDE, 30 * MM, width=1.2, colour=ACCENT)


def _draw_bar(paper: Paper, bar: WallBar, top: float, height: float) -> None:
    middle, left, scale = top + height / 2, _SIDE + _NAME, max(1.0, height / _USUAL)
    thick = _BAR * scale
    width = paper.width - _SIDE - _FIGURES - left
    base = middle + _LABEL.size * scale * 0.3
    name, note = _LABEL.at(_LABEL.size * scale), _SMALL.at(_SMALL.size * min(scale, 1.4))
    paper.text(_SIDE, base, bar.title, _fit(bar.title, name, _NAME - 4 * MM))
    if bar.note:
        paper.text(_SIDE, base + 5 * MM * scale, bar.note, _fit(bar.note, note, _NAME - 4 * MM))
    if bar.share is not None:
        paper.box(left, middle - thick / 2, width, thick, fill=SHADE, radius=thick / 2)
        done = width * min(1.0, max(0.0, bar.share))
        if done:
            paper.box(left, middle - thick / 2, max(thick, done), thick, fill=_colour(bar), radius=thick / 2)
    if bar.pace is not None:
        at = left + width * min(1.0, bar.pace)
        paper.line(at, middle - thick, at, middle + thick, width=2 * scale, colour=INK)
    right = paper.width - _SIDE
    _draw_figures(paper, bar, right, base, scale)
    paper.line(_SIDE, top + height, right, top + height, width=0.4, colour=LINE)


def _draw_figures(paper: Paper, bar: WallBar, right: float, base: float, scale: float) -> None:
    """What was done and the target: on one line, or below one another where the row is high."""
    room, figure = _FIGURES - 5 * MM, _FIGURE.at(_FIGURE.size * scale)
    target = f"目标 {bar.target}" if bar.target else ""
    if scale < TWO_LINES or not target:
        words = "　".join(filter(None, (bar.text, target)))
        paper.text(right, base, words, _fit(words, figure, room), "right")
        return
    paper.text(right, base, bar.text, _fit(bar.text, figure, room), "right")
    below = _FIGURE.at(_FIGURE.size * scale * 0.6)
    paper.text(right, base + 9 * MM * scale / 1.4, target, _fit(target, below, room), "right")


def _colour(bar: WallBar) -> str:
    if bar.is_met:
        return _DONE
    is_behind = bar.pace is not None and bar.share is not None and bar.share < bar.pace
    return _LATE if is_behind else ACCENT


def _fit(text: str, style: Style, room: float) -> Style:
    """The style, smaller where the text would not fit the room (points)."""
    width = style.measure(printable(text))
    return style if width <= room else style.at(style.size * room / width)


def _title(chart: WallChart) -> str:
    return f"{chart.year}年法律援助任务挂图"


def _as_of(chart: WallChart) -> str:
    return f"截至 {chinese_date(chart.until)}"


FORM = PaperForm("wall_chart", "任务挂图", draw_wall_chart, wall_sheet)
