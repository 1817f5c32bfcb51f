"""Imports the register of services beside consultations: lectures, mediations, drafts and the like (Q04, G04)."""

from __future__ import annotations

from sqlalchemy import select

from app.clock import local
from app.desk_values import ActivityKind
from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.outreach import Activity
from app.services.importing.cells import read_whole, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.importing.occasions import read_occasion
from app.services.outreach.activity_entry import ActivityEntry, judged_activity
from app.services.outreach.record_activity import RecordActivity, activity_in, store_activity
from app.services.reading.voids import not_voided
from app.values import Month

FIELDS = {
    "at": "时间", "site": "站点", "person_id": "服务人员", "kind": "服务内容", "village": "村（社区）", "place": "地点",
    "reached": "惠及人数", "matter": "事由", "outcome": "结果", "document": "文书", "pages": "页数", "number": "咨询编号",
}  # fmt: skip
_TEXTS = ("village", "place", "matter", "outcome", "document")


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one service. Raises Refused E120, E210, E211, E236, E240, E256, E258, E420, E421, E467 and
    those of people."""
    try:
        what = read_occasion(work, cells, person="服务人员")
        entry = judged_activity(
            ActivityEntry(
                kind=read_word(cells, "服务内容", ActivityKind),
                reached=read_whole(cells["惠及人数"], "惠及人数") or 0,
                pages=read_whole(cells["页数"], "页数") or 0,
                **{name: cells[FIELDS[name]] for name in _TEXTS},
            )
        )
        key = ("activity", what.site, what.person_id, what.at)
        if entry in (*_held(work, what.site, Month.of(what.at.date())).get(key, ()), *work.noted(key)):
            return UNCHANGED
        row = store_activity(
            work,
            RecordActivity(
                at=what.at,
                site=what.site,
                person_id=what.person_id,
                number=cells["咨询编号"],
                **vars(entry),
            ),
        )
    except Refused as refusal:
        raise Refused.of(
            Problem(FIELDS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal
    work.note(key, entry)
    return (("activity", row.id),)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """A service that was corrected since stays."""
    row = work.session.get(Activity, row_id)
    return "有服务活动已更正过，请逐条处理。" if row is not None and row.revision > 1 else ""


def _held(work: Work, site: str, month: Month) -> dict[tuple[object, ...], list[ActivityEntry]]:
    """What stands of the site's month, by person and local time."""

    def find() -> dict[tuple[object, ...], list[ActivityEntry]]:
        rows = select(Activity).where(
            Activity.site == site, Activity.on.between(month.first_day, month.last_day), not_voided(Activity)
        )
        found: dict[tuple[object, ...], list[ActivityEntry]] = {}
        for row in work.session.scalars(rows):
            found.setdefault(("activity", site, row.person_id, local(row.at)), []).append(activity_in(row))
        return found

    return work.once(("activities", site, month), find)


KIND = ImportKind(
    key="activities",
    title="服务活动",
    permission=Permission.RECORD_CONSULTATION,
    columns=(
        KindColumn("时间", True, "年-月-日 时:分", "2022-05-10 15:00"),
        KindColumn("站点", True, "站点代码、全称或乡镇名", "解州镇"),
        KindColumn("服务人员", True, "值班人员库里的姓名", "卫明"),
        KindColumn("服务内容", True, "、".join(ActivityKind), "普法讲座"),
        KindColumn("村（社区）", False, "除代书外，村和地点至少填一项", "西街村"),
        KindColumn("地点", False, "", "村委会"),
        KindColumn("惠及人数", False, "讲座和体检必填", "45"),
        KindColumn("事由", False, "", "民法典宣讲"),
        KindColumn("结果", False, "", "发放资料 60 份"),
        KindColumn("文书", False, "代书必填，如起诉状", ""),
        KindColumn("页数", False, "代书的页数", ""),
        KindColumn("咨询编号", False, "由哪条咨询而来，没有的留空", ""),
        KindColumn("执业证号", False, "有同名人员时填写", ""),
    ),
    take=take,
    may_undo=may_undo,
    purpose="咨询以外的服务：调解、讲座、体检、代书等",
)
