"""The roster workbook: one row a duty, each of which becomes a draft (cli.md roster)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.dates import TimeRange, parse_date, parse_time_ranges, ranges_text
from app.errors import Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Duty
from app.rules.duty.duty_view import read_ranges
from app.rules.pay.wording import day_text
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.reading.people import find_person
from app.services.roster.entry import new_draft, note_duty, same_duty
from app.services.roster.rights import need_roster_site
from app.text import clean, nearest_words
from app.values import DutyKind

COLUMNS = (
    KindColumn("日期", True, "如 2022-05-10", "2022-05-10"),
    KindColumn("站点", True, "站点代码、全称或乡镇名", "解州镇"),
    KindColumn("时段", True, "如 09:00-13:00，分段写 08:30-12:00；14:30-18:00", "09:00-13:00"),
    KindColumn("姓名", True, "值班人员库里的姓名", "王建国"),
    KindColumn("值班类型", True, "、".join(kind.value for kind in DutyKind), DutyKind.station.value),
    KindColumn("执业证号", False, "姓名相同时填写", ""),
)


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Draft one duty. Raises Refused E210, E212, E401, E409, E420, E421, E430, E431, E478 (kind)."""
    on = _read("日期", parse_date, cells["日期"])
    site = need_roster_site(work, cells["站点"])
    ranges: tuple[TimeRange, ...] = _read("时段", parse_time_ranges, cells["时段"])
    person = find_person(work, cells["姓名"], cells["执业证号"])
    duty = new_draft(site.id, on, _kind(cells["值班类型"]), person.id, ranges)
    if same_duty(work, duty) is not None:
        return UNCHANGED
    work.add(duty)
    note_duty(work, duty)
    return (("duty", duty.id),)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """A published duty stays: it is cancelled, not removed."""
    duty = work.session.get(Duty, row_id)
    if duty is None or duty.version is None:
        return ""
    return f"{day_text(duty.on)} {ranges_text(read_ranges(duty.ranges))} 的班次已经发布，请改用“取消”。"


def _kind(text: str) -> DutyKind:
    words = clean(text)
    if words not in {kind.value for kind in DutyKind}:
        raise Refused(
            "E478",
            f"没有“{words}”这种值班类型，可选：{'、'.join(DutyKind)}。{nearest_words(words, DutyKind)}",
            field="值班类型",
        )
    return DutyKind(words)


def _read(heading: str, read: Callable[[str], Any], text: str) -> Any:
    """What read() makes of a cell; a refusal names the heading."""
    try:
        return read(text)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field=heading) from refusal


KIND = ImportKind(
    key="roster",
    title="排班表",
    permission=Permission.DRAFT_ROSTER,
    columns=COLUMNS,
    take=take,
    may_undo=may_undo,
    purpose="已排好的值班表，导入后仍是草稿",
)
