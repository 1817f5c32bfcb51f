"""值班排班公示表: tells citizens in large print who gives advice when, before it happens (Y04, 运司通〔2022〕3号 三（一）)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.canonical import check_code
from app.documents.cells import row_texts
from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import A4_LONG, A4_SHORT, ACCENT, GREY, INK, MM, Paper, Printed, Style
from app.documents.sheet import Footer, Row, Sheet, SheetColumn, View, spaced_code
from app.documents.table_drawing import draw_band, draw_head, draw_rows, head_height
from app.documents.table_layout import Grid, TableLine, make_grid, paginate
from app.documents.text_pdf import chinese_date
from app.documents.wrap import wrapped_lines
from app.values import Month

_AS_ABOVE = "如上"
_WEEKDAYS = "一二三四五六日"
_SIZES = (20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_TALLEST = 17 * MM
_SIDE, _TOP, _QR = 15 * MM, 14 * MM, 25 * MM
_FOOT, _BAND = 15 * MM, _QR + 24 * MM
_ISSUER_WIDTH = 74 * MM
_TITLE = Style(role=FontRole.headline, size=30, is_bold=True, colour=INK)
_SITE = Style(role=FontRole.hei, size=17, colour=ACCENT)
_HOURS = Style(role=FontRole.hei, size=15, colour=INK)
_PHONE = Style(role=FontRole.hei, size=19, colour=INK)
_LABEL = Style(role=FontRole.hei, size=13, colour=INK)
_ISSUER = Style(role=FontRole.song, size=16, colour=INK)
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

    site: its full name. issuer: the office whose name and seal stand below, "" for the site itself.
    telephone, supervision_telephone: of the site. published_at, printed_at: naive local times.
    check_code: left empty it is `poster_code`.
    """

    site: str
    month: Month
    version: int
    lines: tuple[PosterLine, ...]
    issuer: str = ""
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
    subtitle = (poster.site, _month(poster), f"公示单位：{poster.issuer or poster.site}（盖章）")
    return Sheet(
        "值班排班公示表", columns, rows, subtitle, notes=notes, orientation="landscape", footer=footer
    )


@dataclass(frozen=True)
class _Plan:
    """The poster's pages in one size and direction of A4."""

    is_landscape: bool
    grid: Grid
    pages: list[list[TableLine]]


def draw_poster(poster: Poster) -> Printed:
    """The poster on one page of A4, upright or across, in the largest print that fits, else on two, at worst on more.

    The head stands on the first page, telephones, issuer and the place of the seal on the last, the check code on
    each; few duties get taller rows.
    """
    plan = _plan(poster)
    title = f"{poster.site}{_month(poster)}值班排班公示表"
    paper = Paper(title, is_landscape=plan.is_landscape)
    for number, lines in enumerate(plan.pages):
        paper.new_page()
        y = _TOP if number else _draw_top(paper, poster)
        y = draw_head(paper, plan.grid, _SIDE, y)
        if lines:
            draw_rows(paper, plan.grid, lines, _SIDE, y)
        else:
            draw_band(paper, plan.grid, ["本月未安排值班"], _SIDE, y)
    _draw_bottom(paper, poster)
    _draw_feet(paper, poster, title)
    return paper.finish()


def _plan(poster: Poster) -> _Plan:
    view = _view(poster)
    for most in (1, 2):
        for size in _SIZES:
            for is_landscape in (True, False):
                plan = _set(poster, view, size, is_landscape=is_landscape)
                if len(plan.pages) <= most and plan.grid.body.size >= size - 1:
                    return plan
    return _set(poster, view, _SIZES[-1], is_landscape=False)


def _set(poster: Poster, view: View, size: float, *, is_landscape: bool) -> _Plan:
    width, height = (A4_LONG, A4_SHORT) if is_landscape else (A4_SHORT, A4_LONG)
    grid = make_grid(view, width - 2 * _SIDE, size=size)
    lines = [grid.line(row_texts(grid.columns, row), grid.body) for row in view.rows]
    other = height - _TOP - _FOOT - head_height(grid)
    first = other + _TOP - _top_height(poster)
    pages = list(paginate(grid, lines, first, other, _BAND))
    rooms = [first, *([other] * (len(pages) - 1))]
    rooms[-1] -= _BAND
    return _Plan(is_landscape, grid, [_stretched(*pair) for pair in zip(pages, rooms, strict=True)])


def _stretched(lines: list[TableLine], room: float) -> list[TableLine]:
    """Rows that share the white space of a page, up to 17 mm each."""
    spare = (room - sum(line.height for line in lines)) / max(1, len(lines))
    return [replace(line, height=max(line.height, min(_TALLEST, line.height + spare))) for line in lines]


def _view(poster: Poster) -> View:
    """The columns worth showing: what is the same on every line stands once in large print instead."""
    has_sites = any(line.site and line.site != poster.site for line in poster.lines)
    has_phones = any(line.telephone and line.telephone != poster.telephone for line in poster.lines)
    usual = _usual_hours(poster)
    has_hours = any(line.hours != usual for line in poster.lines)
    has_licences = any(line.licence for line in poster.lines)
    columns: list[tuple[SheetColumn, bool]] = [
        (SheetColumn("on", "日期", width=4.6, is_merged=True), True),
        (SheetColumn("weekday", "星期", width=3.4, is_merged=True), True),
        (SheetColumn("site", "站点", width=8, align="center"), has_sites),
        (SheetColumn("hours", "值班时间", width=6.2, align="center"), has_hours),
        (SheetColumn("name", "值班人员", width=4.4), True),
        (SheetColumn("kind", "身份", width=5.4), True),
        (SheetColumn("organisation", "所属机构", width=11, align="center"), True),
        (SheetColumn("licence", "执业证号", width=10, align="center"), has_licences),
        (SheetColumn("telephone", "服务电话", width=7, align="center"), has_phones),
    ]
    shown = [column for column, is_shown in columns if is_shown]
    return View(tuple(shown), tuple(_poster_row(line, shown, usual) for line in poster.lines), None)


def _usual_hours(poster: Poster) -> str:
    """The hours of more than half of the duties, to be said once above the table; else empty."""
    found = Counter(line.hours for line in poster.lines).most_common(1)
    return found[0][0] if found and found[0][1] * 2 > len(poster.lines) else ""


def _poster_row(line: PosterLine, columns: list[SheetColumn], usual: str) -> Row:
    texts = {
        "on": f"{line.on.month}月{line.on.day}日",
        "weekday": f"星期{_WEEKDAYS[line.on.weekday()]}",
        "hours": _AS_ABOVE if line.hours == usual else line.hours.replace("；", "\n").replace("-", "–"),
    }
    return tuple(texts.get(column.key) or getattr(line, column.key) for column in columns)


def _row(poster: Poster, line: PosterLine) -> Row:
    weekday = f"星期{_WEEKDAYS[line.on.weekday()]}"
    phone = line.telephone or poster.telephone
    site = line.site or poster.site
    person = (line.name, line.kind, line.organisation, line.licence)
    return (line.on, weekday, site, line.hours, *person, phone, poster.supervision_telephone)


def _top_height(poster: Poster) -> float:
    hours = _HOURS.size + 4 * MM if _usual_hours(poster) else 0.0
    return _TOP + _TITLE.size + 5 * MM + _SITE.size + hours + 5 * MM


def _draw_top(paper: Paper, poster: Poster) -> float:
    middle = paper.width / 2
    y = _TOP + _TITLE.size * 0.86
    paper.text(middle, y, "免费法律咨询值班公示", _TITLE, "center")
    y = _TOP + _TITLE.size + 5 * MM + _SITE.size * 0.86
    paper.text(middle, y, f"{poster.site}　{_month(poster)}", _SITE, "center")
    if hours := _usual_hours(poster):
        shown = hours.replace("-", "–").replace("；", "　")
        paper.text(middle, y + 4 * MM + _HOURS.size, f"值班时间　{shown}", _HOURS, "center")
    return _top_height(poster)


def _draw_bottom(paper: Paper, poster: Poster) -> None:
    """On the last page: QR on the left, telephones in large print beside it, on the right who issues it, to be sealed."""
    top = paper.height - _FOOT - _BAND + 8 * MM
    paper.qr(_SIDE, top, _QR, f"HMGS-{poster.month}-V{poster.version}-{poster.code}")
    left, y = _SIDE + _QR + 5 * MM, top + 6 * MM
    for label, number in (("服务电话", poster.telephone), ("监督电话", poster.supervision_telephone)):
        if number:
            paper.text(left, y, label, _LABEL)
            paper.text(left + 21 * MM, y, number, _PHONE)
            y += 9.5 * MM
    place = "　".join(part for part in (poster.address and f"地址：{poster.address}", poster.note) if part)
    room = paper.width - _SIDE - _ISSUER_WIDTH - left
    small = _LABEL.at(11)
    for line in wrapped_lines(place, room, small.measure):
        paper.text(left, y, line, small)
        y += small.leading
    parts = (f"第 {poster.version} 版", f"校验码 {spaced_code(poster.code)}", _published(poster))
    paper.text(_SIDE, top + _QR + 7 * MM, "　".join(filter(None, parts)), small)
    _draw_issuer(paper, poster, top)


def _draw_issuer(paper: Paper, poster: Poster, top: float) -> None:
    """Name and date of who issues it (落款), with white around them for a seal of 42 mm."""
    middle = paper.width - _SIDE - _ISSUER_WIDTH / 2
    name = poster.issuer or poster.site
    style = _ISSUER.at(min(_ISSUER.size, _ISSUER.size * _ISSUER_WIDTH / _ISSUER.measure(name)))
    paper.text(middle, top + 5 * MM, "公示单位（盖章）", _SMALL, "center")
    paper.text(middle, top + 15 * MM, name, style, "center")
    on = chinese_date(poster.published_at.date() if poster.published_at else None)
    paper.text(middle, top + 24 * MM, on, _ISSUER.at(14), "center")


def _draw_feet(paper: Paper, poster: Poster, title: str) -> None:
    """The number of each page, and on pages before the last what they belong to."""
    y = paper.height - 9 * MM
    for page in range(paper.pages):
        count = f"第 {page + 1} 页 共 {paper.pages} 页"
        code = f"{title}　第 {poster.version} 版　校验码 {spaced_code(poster.code)}"
        text = count if page == paper.pages - 1 else f"{code}　{count}"
        paper.text(paper.width / 2, y, text, _SMALL, "center", page=page)


def _month(poster: Poster) -> str:
    return f"{poster.month.year}年{poster.month.month}月"


def _published(poster: Poster) -> str:
    return f"发布 {poster.published_at:%Y-%m-%d %H:%M}" if poster.published_at else ""


FORM = PaperForm("poster", "值班排班公示表", draw_poster, poster_sheet)
