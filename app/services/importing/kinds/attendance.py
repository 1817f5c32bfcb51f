"""Attendance sheets: sign-ins and sign-outs from another register or from paper, kept as raw as the kiosk's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from app.clock import local_to_utc
from app.dates import time_text
from app.errors import Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Correction, Decision, Punch
from app.services.attendance.entry_checks import refuse_closed, refuse_other_attendance
from app.services.attendance.freeze import frozen_state
from app.services.importing.cells import read_moment
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.reading.attendance import IN, OUT, attendance_rows
from app.services.reading.people import find_person, person_links
from app.services.reading.sites import find_site
from app.text import clean
from app.values import Month, Origin

Rows = tuple[tuple[str, str], ...]
Whose = tuple[str, str]
"""Site and person."""


def take(work: Work, cells: Cells) -> Rows:
    """Store one sign-in with its sign-out. Raises Refused E130, E131 and those of dates, sites, people."""
    site = find_site(work, cells["站点"]).id
    refuse_other_attendance(work, site, field="站点")
    person = find_person(work, cells["姓名"], cells["执业证号"])
    in_at, out_at = (read_moment(cells, heading) for heading in ("签到时间", "签退时间"))
    first = in_at or out_at
    if first is None:
        raise Refused("E130", "签到时间和签退时间都空着，请至少填一个。", field="签到时间")
    for heading, at in (("签到时间", in_at), ("签退时间", out_at)):
        if at is not None:
            refuse_closed(
                work, site, at if heading == "签到时间" or in_at is None else max(at, first), field=heading
            )
    confirmed_by = clean(cells["确认人"])
    held = _same(work, site, person.id, in_at, out_at)
    if held is not None:
        return _completed(work, held, in_at, out_at, confirmed_by)
    return _stored(work, (site, person.id), in_at, out_at, confirmed_by)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """Why a row must stay: its month is closed, or somebody already built upon it."""
    row = work.session.get(Punch, row_id)
    if row is None:
        return ""
    if frozen_state(work, row.site, Month.of(row.on)):
        return f"{Month.of(row.on)} 已上报或已结算。"
    if work.session.scalar(select(Decision.id).where(Decision.subject_id == row_id).limit(1)):
        return f"{row.on} 的一条考勤已经审定。"
    if work.session.scalar(select(Correction.id).where(Correction.punch_id == row_id).limit(1)):
        return f"{row.on} 的一条考勤已登记补签。"
    return ""


@dataclass(frozen=True)
class _Held:
    """A sign-in with its sign-out as it was punched, stored or made by an earlier row of this sheet."""

    in_id: str
    site: str
    person_id: str
    raw_in_at: datetime | None
    raw_out_at: datetime | None


def _same(
    work: Work, site: str, person_id: str, in_at: datetime | None, out_at: datetime | None
) -> _Held | None:
    """The row already there with this very sign-in, or a lone sign-out of this time; raw times are compared."""
    key = _key(work, site, person_id, in_at or out_at)
    for row in (*reversed(work.noted(key)), *_stored_rows(work, site, key[-1]).get(key[-2:], ())):
        if row.raw_in_at == in_at if in_at is not None else row.raw_out_at == out_at:
            found: _Held = row
            return found
    return None


def _key(work: Work, site: str, person_id: str, first: datetime | None) -> tuple[str, str, str, date]:
    """Under which a row of the sheet is noted: the day it began, the person of the pool."""
    whole = person_links(work).get(person_id, person_id)
    return "attendance", site, whole, (first or work.now.at).date()


def _stored_rows(work: Work, site: str, on: date) -> dict[tuple[str, date], list[_Held]]:
    """(person, date) → the rows of that day's month at the site."""
    month = Month.of(on)

    def find() -> dict[tuple[str, date], list[_Held]]:
        found = defaultdict(list)
        for row in attendance_rows(work, month.first_day, month.last_day, site):
            times = row.raw_in_at, row.raw_out_at
            found[row.person_id, row.on].append(_Held(row.in_id, row.site, row.person_id, *times))
        return dict(found)

    return work.once(("attendance", site, month), find)


def _completed(
    work: Work, row: _Held, in_at: datetime | None, out_at: datetime | None, confirmed_by: str
) -> Rows:
    """Unchanged, or the sign-out that a row already there still lacks. Raises Refused E131 for other times."""
    if out_at is None or row.raw_out_at == out_at:
        return UNCHANGED
    if row.raw_out_at is not None or in_at is None:
        then = time_text(row.raw_out_at) if row.raw_out_at else "无"
        raise Refused(
            "E131",
            f"这次签到已有考勤，签退为 {then}，与表格不同。要更正请登记补签，不要重复导入。",
            field="签退时间",
        )
    made = _put(work, (row.site, row.person_id), OUT, out_at, confirmed_by, row.in_id)
    work.note(_key(work, row.site, row.person_id, in_at), replace(row, raw_out_at=out_at))
    return (("punch", made),)


def _stored(
    work: Work, whose: Whose, in_at: datetime | None, out_at: datetime | None, confirmed_by: str
) -> Rows:
    made: list[tuple[str, str]] = []
    if in_at is not None:
        made.append(("punch", _put(work, whose, IN, in_at, confirmed_by)))
    pair = made[0][1] if made else ""
    if out_at is not None:
        is_backwards = in_at is not None and out_at < in_at
        made.append(("punch", _put(work, whose, OUT, out_at, confirmed_by, pair, is_backwards)))
    work.note(_key(work, *whose, in_at or out_at), _Held(pair, *whose, in_at, out_at))
    return tuple(made)


def _put(
    work: Work,
    whose: Whose,
    direction: str,
    at: datetime,
    confirmed_by: str,
    pair_id: str = "",
    is_backwards: bool = False,
) -> str:
    """A punch without a clock to vouch for it; its id."""
    site, person_id = whose
    return work.put(
        Punch,
        site=site,
        person_id=person_id,
        direction=direction,
        at=local_to_utc(at),
        on=at.date(),
        pair_id=pair_id,
        origin=(Origin.paper if confirmed_by else Origin.imported).value,
        confirmed_by=confirmed_by,
        grade="red" if is_backwards else "grey",
        grade_reason="签退早于签到，请核对" if is_backwards else "表格登记，没有时钟凭据",
    )


KIND = ImportKind(
    key="attendance",
    title="考勤",
    permission=Permission.RECORD_ATTENDANCE,
    columns=(
        KindColumn("站点", True, "站点代码、全称或乡镇名", "解州镇"),
        KindColumn("姓名", True, "值班人员库里的姓名", "张三"),
        KindColumn("签到时间", False, "年-月-日 时:分[:秒]", "2022-05-10 08:57:30"),
        KindColumn("签退时间", False, "年-月-日 时:分[:秒]，没有签退的留空", "2022-05-10 13:02"),
        KindColumn("确认人", False, "纸质签到由谁确认；填了即按纸质登记", "李四"),
        KindColumn("执业证号", False, "有同名人员时填写", ""),
    ),
    take=take,
    may_undo=may_undo,
    purpose="纸质签到表、其他系统的签到记录",
)
