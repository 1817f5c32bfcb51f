"""值班排班公示表: tells citizens in large print who gives advice when, before it happens (Y04, 运司通〔2022〕3号 三（一）)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.canonical import check_code
from app.documents.cells import row_texts
from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, MM, Paper, Printed, Style
from app.documents.sheet import Footer, Row, Sheet, SheetColumn, View, spaced_code
from app.documents.table_drawing import draw_band, draw_head, draw_rows, head_height
from app.documents.table_layout import Grid, TableLine, make_grid, paginate
from app.values import Month

_WEEKDAYS = "一二三四五六日"
_SIZES = (20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_TALLEST = 17 * MM
_SIDE, _TOP, _QR = 15 * MM, 14 * MM, 25 * MM
_BAND = _QR + 13 * MM
_TITLE = Style(role=FontRole.headline, size=30, is_bold=True, colour=INK)
_SITE = Style(role=FontRole.hei, size=17, colour=ACCENT)
_HOURS = Style(role=FontRole.hei, size=15, colour=INK)
_PHONE = Style(role=FontRole.hei, size=19, colour=INK)
_LABEL = Style(role=FontRole.hei, size=13, colour=INK)
_SMALL = Style(size=9.5, colour=GREY)


@dataclass(frozen=True, kw_only=True)
class PosterLine:
    """One duty of one person; hours as `09:00-13:00`, several ranges joined by `；`."""

    on: date
    hours: str
    name: str
    kind: str
    organisation: str
    licence: str = ""
    site: str = ""
    telephone: str = ""


@dataclass(frozen=True, kw_only=True)
class Poster:
    """A published roster of one site and month.

    site: its full name. telephone, supervision_telephone: of the site. published_at, printed_at: naive
    local times. check_code: left empty it is `poster_code`.
    """

    site: str
    month: Month
    version: int
    lines: tuple[PosterLine, ...]
    telephone: str = ""
    supervision_telephone: str = ""
    address: str = ""
    published_at: datetime | None = None
    printed_at: datetime | None = None
    check_code: str = ""
    note: str = ""

    @property
    def code(self) -> str:
        return self.check_code or poster_code(self)


def poster_code(poster: Poster) -> str:
    """The eight digits printed on the wall: of site, month, version and duties."""
    duties = [
        [line.on.isoformat(), line.hours, line.site, line.name, line.kind, line.organisation, line.licence]
        for line in poster.lines
    ]
    return check_code(
        {"site": poster.site, "month": str(poster.month), "version": poster.version, "duties": duties}
    )


def poster_sheet(poster: Poster) -> Sheet:
    """The poster as a table with all columns, for the workbook."""
    columns = (
        SheetColumn("on", "日期", "date", 6),
        SheetColumn("weekday", "星期", width=3, align="center"),
        SheetColumn("site", "站点", width=10),
        SheetColumn("hours", "时段", width=7, align="center"),
        SheetColumn("name", "姓名", width=4),
        SheetColumn("kind", "身份", width=6),
        SheetColumn("organisation", "所属机构", width=10),
        SheetColumn("licence", "执业证号", width=9),
        SheetColumn("telephone", "服务电话", width=7),
        SheetColumn("supervision", "监督电话", width=7),
    )
    rows = tuple(_row(poster, line) for line in poster.lines)
    footer = Footer(f"第 {poster.version} 版", poster.code, poster.printed_at, _published(poster))
    notes = (poster.note,) if poster.note else ()
    subtitle = (poster.site, _month(poster))
    return Sheet(
        "值班排班公示表", columns, rows, subtitle, notes=notes, orientation="landscape", footer=footer
    )


def draw_poster(poster: Poster) -> Printed:
    """The poster on landscape A4, on one page in the largest print that fits, else on several at 11 pt;
    few duties get taller rows."""
    paper = Paper(f"{poster.site}{_month(poster)}值班排班公示表", is_landscape=True)
    grid, pages = _fitted(paper, poster)
    for lines in pages:
        paper.new_page()
        y = _draw_top(paper, poster)
        y = draw_head(paper, grid, _SIDE, y)
        if lines:
            draw_rows(paper, grid, lines, _SIDE, y)
        else:
            draw_band(paper, grid, ["本月未安排值班"], _SIDE, y)
        _draw_bottom(paper, poster)
    for page in range(paper.pages):
        count = f"第 {page + 1} 页 共 {paper.pages} 页"
        paper.text(paper.width / 2, paper.height - 9 * MM, count, _SMALL, "center", page=page)
    return paper.finish()


def _fitted(paper: Paper, poster: Poster) -> tuple[Grid, list[list[TableLine]]]:
    view = _view(poster)
    for size in _SIZES:
        grid = make_grid(view, paper.width - 2 * _SIDE, size=size)
        room = paper.height - _top_height(poster) - _BAND - 7 * MM - head_height(grid)
        lines = [grid.line(row_texts(grid.columns, row), grid.body) for row in view.rows]
        pages = paginate(grid, lines, room, room)
        if len(pages) == 1 and grid.body.size >= size - 1:
            break
    return grid, [_stretched(page, room) for page in pages]


def _stretched(lines: list[TableLine], room: float) -> list[TableLine]:
    """Rows that share the white space of a page, up to 17 mm each."""
    spare = (room - sum(line.height for line in lines)) / max(1, len(lines))
    return [replace(line, height=max(line.height, min(_TALLEST, line.height + spare))) for line in lines]


def _view(poster: Poster) -> View:
    """The columns worth showing: what is the same on every line stands once in large print instead."""
    has_sites = any(line.site and line.site != poster.site for line in poster.lines)
    has_phones = any(line.telephone and line.telephone != poster.telephone for line in poster.lines)
    has_licences = any(line.licence for line in poster.lines)
    columns: list[tuple[SheetColumn, bool]] = [
        (SheetColumn("on", "日期", width=5, is_merged=True), True),
        (SheetColumn("weekday", "星期", width=4, is_merged=True), True),
        (SheetColumn("site", "站点", width=8, align="center"), has_sites),
        (SheetColumn("hours", "值班时间", width=6.5, align="center"), not _same_hours(poster)),
        (SheetColumn("name", "值班人员", width=5), True),
        (SheetColumn("kind", "身份", width=6), True),
        (SheetColumn("organisation", "所属机构", width=11, align="center"), True),
        (SheetColumn("licence", "执业证号", width=10, align="center"), has_licences),
        (SheetColumn("telephone", "服务电话", width=7, align="center"), has_phones),
    ]
    shown = [column for column, is_shown in columns if is_shown]
    return View(tuple(shown), tuple(_poster_row(line, shown) for line in poster.lines), None)


def _same_hours(poster: Poster) -> str:
    """The hours of every duty when they are the same, to be said once; else empty."""
    hours = {line.hours for line in poster.lines}
    return hours.pop() if len(hours) == 1 else ""


def _poster_row(line: PosterLine, columns: list[SheetColumn]) -> Row:
    texts = {
        "on": f"{line.on.month}月{line.on.day}日",
        "weekday": f"星期{_WEEKDAYS[line.on.weekday()]}",
        "hours": line.hours.replace("；", "\n").replace("-", "–"),
    }
    return tuple(texts.get(column.key) or getattr(line, column.key) for column in columns)


def _row(poster: Poster, line: PosterLine) -> Row:
    weekday = f"星期{_WEEKDAYS[line.on.weekday()]}"
    phone = line.telephone or poster.telephone
    site = line.site or poster.site
    person = (line.name, line.kind, line.organisation, line.licence)
    return (line.on, weekday, site, line.hours, *person, phone, poster.supervision_telephone)


def _top_height(poster: Poster) -> float:
    hours = _HOURS.size + 4 * MM if _same_hours(poster) else 0.0
    return _TOP + _TITLE.size + 5 * MM + _SITE.size + hours + 5 * MM


def _draw_top(paper: Paper, poster: Poster) -> float:
    middle = paper.width / 2
    y = _TOP + _TITLE.size * 0.86
    paper.text(middle, y, "免费法律咨询值班公示", _TITLE, "center")
    y = _TOP + _TITLE.size + 5 * MM + _SITE.size * 0.86
    paper.text(middle, y, f"{poster.site}　{_month(poster)}", _SITE, "center")
    if hours := _same_hours(poster):
        shown = hours.replace("-", "–").replace("；", "　")
        paper.text(middle, y + 4 * MM + _HOURS.size, f"值班时间　{shown}", _HOURS, "center")
    return _top_height(poster)


def _draw_bottom(paper: Paper, poster: Poster) -> None:
    """Telephones in large print on the left, version, check code and QR on the right."""
    top = paper.height - _BAND - 2 * MM
    left, right = _SIDE, paper.width - _SIDE
    paper.qr(right - _QR, top, _QR, f"HMGS-{poster.month}-V{poster.version}-{poster.code}")
    y = top + 6.5 * MM
    for label, number in (("服务电话", poster.telephone), ("监督电话", poster.supervision_telephone)):
        if number:
            paper.text(left, y, label, _LABEL)
            paper.text(left + 22 * MM, y, number, _PHONE)
            y += 10 * MM
    place = "　".join(part for part in (poster.address and f"地址：{poster.address}", poster.note) if part)
    paper.text(left, top + _QR, place, _LABEL.at(11))
    beside = right - _QR - 4 * MM
    for row, text in enumerate((f"第 {poster.version} 版", f"校验码 {spaced_code(poster.code)}")):
        paper.text(beside, top + 6.5 * MM + row * 8 * MM, text, _LABEL, "right")
    paper.text(beside, top + 22.5 * MM, _published(poster), _SMALL, "right")


def _month(poster: Poster) -> str:
    return f"{poster.month.year}年{poster.month.month}月"


def _published(poster: Poster) -> str:
    return f"发布 {poster.published_at:%Y-%m-%d %H:%M}" if poster.published_at else ""


FORM = PaperForm("poster", "值班排班公示表", draw_poster, poster_sheet)
