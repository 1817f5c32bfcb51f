"""Attendance sheets: sign-ins and sign-outs from another register or from paper, kept as raw as the kiosk's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.clock import local_to_utc
from app.dates import time_text
from app.errors import Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Correction, Decision, Punch
from app.services.attendance.entry_checks import refuse_future, refuse_other_attendance
from app.services.attendance.freeze import frozen_state, refuse_if_frozen
from app.services.importing.cells import read_moment
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.reading.attendance import IN, OUT, attendance_rows
from app.services.reading.people import find_person, person_links
from app.services.reading.sites import find_site
from app.text import clean
from app.values import Month, Origin

Rows = tuple[tuple[str, str], ...]


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
        if at is not None and (at is first or at > first):
            refuse_future(work, at, field=heading)
            refuse_if_frozen(work, site, at.date(), field=heading)
    entry = _Entry(_key(work, site, person.id, first), in_at, out_at, clean(cells["确认人"]))
    held = _same(work, entry)
    return _stored(work, entry, person.id) if held is None else _completed(work, entry, held)


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


class _Key(NamedTuple):
    """Under which a sign-in is looked for and noted: site, person of the pool, and the day it began."""

    site: str
    whole: str
    on: date


class _Entry(NamedTuple):
    """A row of the sheet; one of the two times is there."""

    key: _Key
    in_at: datetime | None
    out_at: datetime | None
    confirmed_by: str


class _Held(NamedTuple):
    """A sign-in with its sign-out as it was punched, stored or made by an earlier row of this sheet."""

    in_id: str
    person_id: str
    in_at: datetime | None
    out_at: datetime | None


def _key(work: Work, site: str, person_id: str, first: datetime) -> _Key:
    return _Key(site, person_links(work).get(person_id, person_id), first.date())


def _same(work: Work, entry: _Entry) -> _Held | None:
    """The row already there with this very sign-in, or a lone sign-out of this time; raw times are compared."""
    for row in (*reversed(work.noted(entry.key)), *_held(work, entry.key)):
        if row.in_at == entry.in_at if entry.in_at is not None else row.out_at == entry.out_at:
            found: _Held = row
            return found
    return None


def _held(work: Work, key: _Key) -> Sequence[_Held]:
    """What is stored under a key; looked up for the whole month at once."""
    month = Month.of(key.on)

    def find() -> dict[_Key, list[_Held]]:
        found = defaultdict(list)
        for row in attendance_rows(work, month.first_day, month.last_day, key.site):
            held = _Held(row.in_id, row.person_id, row.raw_in_at, row.raw_out_at)
            found[_Key(row.site, row.person_id, row.on)].append(held)
        return dict(found)

    return work.once(("attendance", key.site, month), find).get(key, ())


def _completed(work: Work, entry: _Entry, held: _Held) -> Rows:
    """Unchanged, or the sign-out that a row already there still lacks. Raises Refused E131 for other times."""
    if entry.out_at is None or held.out_at == entry.out_at:
        return UNCHANGED
    if held.out_at is not None or entry.in_at is None:
        then = time_text(held.out_at) if held.out_at else "无"
        raise Refused(
            "E131",
            f"这次签到已有考勤，签退为 {then}，与表格不同。要更正请登记补签，不要重复导入。",
            field="签退时间",
        )
    made = _put(work, entry, held.person_id, OUT, entry.out_at, held.in_id)
    work.note(entry.key, held._replace(out_at=entry.out_at))
    return (("punch", made),)


def _stored(work: Work, entry: _Entry, person_id: str) -> Rows:
    made: list[tuple[str, str]] = []
    if entry.in_at is not None:
        made.append(("punch", _put(work, entry, person_id, IN, entry.in_at)))
    pair = made[0][1] if made else ""
    if entry.out_at is not None:
        made.append(("punch", _put(work, entry, person_id, OUT, entry.out_at, pair)))
    work.note(entry.key, _Held(pair, person_id, entry.in_at, entry.out_at))
    return tuple(made)


def _put(work: Work, entry: _Entry, person_id: str, direction: str, at: datetime, pair_id: str = "") -> str:
    """A punch without a clock to vouch for it; its id."""
    is_backwards = direction == OUT and entry.in_at is not None and at < entry.in_at
    return work.put(
        Punch,
        site=entry.key.site,
        person_id=person_id,
        direction=direction,
        at=local_to_utc(at),
        on=at.date(),
        pair_id=pair_id,
        origin=(Origin.paper if entry.confirmed_by else Origin.imported).value,
        confirmed_by=entry.confirmed_by,
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
