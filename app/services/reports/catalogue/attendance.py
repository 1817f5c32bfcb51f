"""The attendance ledger: effective sign-ins and sign-outs with seconds, enough to recompute duty pay (Y05, Y17 (2))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.dates import duration_text
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.attendance.attendance_month import GRADE_WORDS, ORIGINS, DutyAttendance, duty_attendances
from app.services.reading.attendance import AttendanceRow, attendance_rows
from app.services.reading.names import people_of, site_names
from app.services.reports.report import Report
from app.values import Origin, Period

COLUMNS = (
    SheetColumn("on", "日期", "date", 6),
    SheetColumn("site", "站点", width=10),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("licence", "执业证号", width=9, medium="file"),
    SheetColumn("kind", "值班类型", width=5),
    SheetColumn("hours", "班次", width=8, align="center"),
    SheetColumn("in_at", "签到时间", width=10, align="center"),
    SheetColumn("out_at", "签退时间", width=10, align="center"),
    SheetColumn("state", "考勤", width=6, align="center"),
    SheetColumn("late", "迟到", width=5, align="center"),
    SheetColumn("early", "早退", width=5, align="center"),
    SheetColumn("origin", "来源", width=4),
    SheetColumn("confirmed_by", "确认人", width=4),
    SheetColumn("grade", "时钟", width=4),
    SheetColumn("corrected", "补签", width=8),
    SheetColumn("reason", "说明", width=8),
)


@dataclass(frozen=True)
class _Names:
    sites: dict[str, str]
    licences: dict[str, str]


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line an attendance row, by date, site and time; duties without one stand with empty times."""
    lines = duty_attendances(look, period.start, period.end, None)
    held = {row.id: row for row in attendance_rows(look, period.start, period.end)}
    people = people_of(look, {line.person_id for line in lines})
    names = _Names(site_names(look), {one: person.licence for one, person in people.items()})
    for line in lines:
        if not line.row_ids:
            yield _row(line, None, names)
        for row_id in line.row_ids:
            yield _row(line, held[row_id], names)


def _row(line: DutyAttendance, row: AttendanceRow | None, names: _Names) -> Row:
    in_at = f"{row.in_at:%Y-%m-%d %H:%M:%S}" if row and row.in_at else ""
    out_at = f"{row.out_at:%Y-%m-%d %H:%M:%S}" if row and row.out_at else ""
    return (
        line.on,
        names.sites.get(line.site, line.site),
        line.name,
        names.licences.get(line.person_id, ""),
        line.kind,
        line.hours if line.duty_id else "",
        in_at,
        out_at,
        line.state.value,
        duration_text(line.late) if line.late else "",
        duration_text(line.early) if line.early else "",
        ORIGINS.get(row.origin, row.origin) if row else "",
        row.confirmed_by if row else "",
        _clock(row) if row else "",
        line.raw,
        "；".join((*filter(None, [line.reason]), *line.waiting)),
    )


def _clock(row: AttendanceRow) -> str:
    """How far the clock vouches for the times; no clock stands behind a sheet."""
    grade = "" if row.clock_grade == "grey" and row.origin != Origin.kiosk.value else row.clock_grade
    return GRADE_WORDS.get(grade, "")


REPORT = Report(
    key="attendance",
    title="值班考勤台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)
