"""Sheets of roll-call checks (点名抽查), as inspectors bring them back."""

from __future__ import annotations

from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import SpotCheck
from app.services.importing.cells import read_flag, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.importing.occasions import (
    held_at,
    judged_otherwise,
    note_held,
    read_occasion,
    store_named,
    why_it_stays,
)
from app.services.supervision.record_spot_check import RecordSpotCheck, store_spot_check
from app.text import clean
from app.values import SpotMethod, SpotResult, Verdict

FIELDS = {"at": "时间", "site": "站点", "person_id": "姓名"}


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one check. Raises Refused E120, E144, E210, E211, E235, E236, E238 and those of sites and people."""
    what = read_occasion(work, cells, person="姓名")
    wanted = RecordSpotCheck(
        site=what.site,
        at=what.at,
        person_id=what.person_id,
        method=read_word(cells, "方式", SpotMethod),
        result=read_word(cells, "结果", SpotResult),
        reason=clean(cells["理由"]),
        is_justified=read_flag(cells, "是否正当"),
        verdict=read_word(cells, "核实", Verdict, Verdict.pending.value),
        inspector=clean(cells["抽查人"]),
    )
    if _is_held(work, wanted):
        return UNCHANGED
    row = store_named(work, wanted, store_spot_check, FIELDS)
    note_held(work, row)
    return (("spot_check", row.id),)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """Why a check must stay: its month is settled, or somebody judged it."""
    row = work.session.get(SpotCheck, row_id)
    return why_it_stays(work, row_id, row.site, row.on, "一条抽查已经审定") if row else ""


def _is_held(work: Work, wanted: RecordSpotCheck) -> bool:
    """Whether the check is there already; an empty cell says nothing. Raises Refused E238 for another judgement."""
    told = (wanted.method, wanted.result, wanted.reason)
    held = [
        row
        for row in held_at(work, SpotCheck, wanted)
        if told == (row.method, row.result, row.reason or "") and wanted.inspector in ("", row.inspector)
    ]
    judged = (wanted.is_justified, wanted.verdict)
    if held and wanted.is_judged and judged not in [(row.is_justified, row.verdict) for row in held]:
        raise judged_otherwise("抽查", "是否正当" if wanted.is_justified is not None else "核实")
    return bool(held)


KIND = ImportKind(
    key="spotchecks",
    title="抽查",
    permission=Permission.SPOT_CHECK,
    columns=(
        KindColumn("时间", True, "年-月-日 时:分[:秒]", "2022-05-10 10:20"),
        KindColumn("站点", True, "站点代码、全称或乡镇名", "解州镇"),
        KindColumn("姓名", True, "值班人员库里的姓名", "张三"),
        KindColumn("方式", True, "系统、电话、实地", "电话"),
        KindColumn("结果", True, "在岗、脱岗、不在岗、虚假值班", "脱岗"),
        KindColumn("理由", False, "本人说明的理由", ""),
        KindColumn("是否正当", False, "是、否；未认定的留空，暂不扣减", "否", right=Permission.DECIDE),
        KindColumn(
            "核实",
            False,
            "属实、不属实、待核实；留空即待核实",
            "待核实",
            right=Permission.DECIDE,
            says_nothing=Verdict.pending.value,
        ),
        KindColumn("抽查人", False, "留空即导入人", "李四"),
        KindColumn("执业证号", False, "有同名人员时填写", ""),
    ),
    take=take,
    may_undo=may_undo,
    purpose="已经做过的点名抽查",
)
