"""Sheets of complaints about duties, with what came of each."""

from __future__ import annotations

from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Complaint
from app.services.importing.cells import read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.importing.occasions import (
    held_at,
    judged_otherwise,
    note_held,
    read_occasion,
    store_named,
    why_it_stays,
)
from app.services.supervision.record_complaint import RecordComplaint, store_complaint
from app.services.supervision.record_spot_check import is_verdict
from app.text import clean
from app.values import Verdict

FIELDS = {"at": "时间", "site": "站点", "person_id": "被投诉人", "number": "咨询编号"}


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one complaint. Raises Refused E120, E144, E149, E210, E211, E236, E238 and those of sites and people."""
    what = read_occasion(work, cells, person="被投诉人")
    wanted = RecordComplaint(
        site=what.site,
        at=what.at,
        person_id=what.person_id,
        matter=clean(cells["事由"]),
        number=clean(cells["咨询编号"]),
        verdict=read_word(cells, "核实结果", Verdict, Verdict.pending.value),
    )
    if _is_held(work, wanted):
        return UNCHANGED
    row = store_named(work, wanted, store_complaint, FIELDS)
    note_held(work, row)
    return (("complaint", row.id),)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """Why a complaint must stay: its month is settled, or somebody verified it."""
    row = work.session.get(Complaint, row_id)
    return why_it_stays(work, row_id, row.site, row.on, "一条投诉已经核实") if row else ""


def _is_held(work: Work, wanted: RecordComplaint) -> bool:
    """Whether the complaint is there already; an empty cell says nothing. Raises Refused E238 for another verdict."""
    told = (wanted.number, wanted.matter)
    held = [
        row.verdict
        for row in held_at(work, Complaint, wanted)
        if told == (row.consultation_number, row.matter or "")
    ]
    if held and is_verdict(wanted.verdict) and wanted.verdict not in held:
        raise judged_otherwise("投诉", "核实结果")
    return bool(held)


KIND = ImportKind(
    key="complaints",
    title="投诉",
    permission=Permission.HANDLE_COMPLAINT,
    columns=(
        KindColumn("时间", True, "被投诉的事发生的时间，年-月-日 时:分", "2022-05-10 10:20"),
        KindColumn("站点", True, "站点代码、全称或乡镇名", "解州镇"),
        KindColumn("被投诉人", True, "值班人员库里的姓名", "张三"),
        KindColumn("咨询编号", False, "涉及的咨询登记编号，没有的留空", ""),
        KindColumn("事由", False, "投诉什么", "态度生硬"),
        KindColumn(
            "核实结果",
            False,
            "属实、不属实、待核实；留空即待核实",
            "待核实",
            right=Permission.DECIDE,
            says_nothing=Verdict.pending.value,
        ),
        KindColumn("执业证号", False, "有同名人员时填写", ""),
    ),
    take=take,
    may_undo=may_undo,
    purpose="已经收到的投诉和核实结果",
)
