"""Attendance sheets: sign-ins and sign-outs from another register or from paper, kept as raw as the kiosk's."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Correction, Decision, Punch
from app.services.attendance.enter_punches import store_punches
from app.services.attendance.entry_checks import refuse_other_attendance
from app.services.attendance.freeze import frozen_state
from app.services.importing.cells import read_moment
from app.services.importing.kind import Cells, ImportKind, KindColumn
from app.services.reading.people import find_person
from app.services.reading.sites import find_site
from app.values import Month

FIELDS = {"in_at": "签到时间", "out_at": "签退时间", "site": "站点", "confirmed_by": "确认人"}


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one sign-in with its sign-out. Raises Refused E110, E111, E120, E130 … E132 and those of dates, sites, people."""
    site = find_site(work, cells["站点"]).id
    refuse_other_attendance(work, site, field="站点")
    person = find_person(work, cells["姓名"], cells["执业证号"])
    in_at, out_at = (read_moment(cells, heading) for heading in ("签到时间", "签退时间"))
    try:
        return store_punches(work, site, person.id, (in_at, out_at), confirmed_by=cells["确认人"])
    except Refused as refusal:
        raise Refused.of(
            Problem(FIELDS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal


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
