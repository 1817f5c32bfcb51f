"""Imports the register of cases; the case is known by its 案号, missing steps are derived (case register)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.case_values import CaseForm, CaseGround, CaseKind, CaseStage, Fund, Grade, HandlerKind, Procedure
from app.dates import parse_date
from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.cases import LegalCase
from app.models.funds import StoredCaseLine
from app.rules.cases.facts import FactValue
from app.services.cases.register_sheet import RegisterLine, take_line
from app.services.consultations.words import split_words
from app.services.importing.cells import need_listed, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.text import clean, clean_number, half_width

FIELDS = {
    "案号": "number", "省系统编号": "entered_number", "录入日期": "entered_on", "受援人": "applicant", "人群类别": "groups",
    "案件类型": "kind", "事项": "matter", "诉讼或非诉讼": "form", "诉讼阶段": "stage", "程序": "procedure", "法律依据": "ground",
    "承办机构": "firm", "承办人": "handler", "承办人类别": "handler_kind", "代办来源地": "origin", "申请日": "applied_on",
    "批准日": "approved_on", "指派日": "assigned_on", "结案日": "closed_on", "归档日": "archived_on", "质量等级": "grade",
    "核验人": "examiner", "资金来源": "fund",
}  # fmt: skip
_HEADINGS = {field: heading for heading, field in FIELDS.items()}
_WORDS = {
    "案件类型": CaseKind, "诉讼或非诉讼": CaseForm, "诉讼阶段": CaseStage, "程序": Procedure, "法律依据": CaseGround,
    "承办人类别": HandlerKind, "质量等级": Grade, "资金来源": Fund,
}  # fmt: skip
_HEAD = ("批准日", "归档日", "质量等级", "核验人")
"""What the agency's head decides at the window."""


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one case, or what is new about it. Raises Refused E236, E267, E325 … E327 and those of an application."""
    try:
        made = take_line(work, _line(work, cells))
    except Refused as refusal:
        raise Refused.of(
            Problem(_HEADINGS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal
    return made or UNCHANGED


def may_undo(work: Work, table: str, row_id: str) -> str:
    """A case whose pay is final stays; what an import added to older cases is put right step by step."""
    if table != "legal_case":
        return "它还补充了以前就有的案件，请在那些案件里逐步作废。"
    case = work.session.get(LegalCase, row_id)
    held = select(StoredCaseLine.id).where(StoredCaseLine.case_id == row_id).limit(1)
    if case is not None and work.session.scalar(held):
        return f"案号 {case.number} 已经列入定稿的清单，请用冲销。"
    return ""


def _line(work: Work, cells: Cells) -> RegisterLine:
    words = {heading: read_word(cells, heading, ("", *kind)) for heading, kind in _WORDS.items()}
    groups = split_words(cells["人群类别"], work.pack.consultation_groups)
    need_listed(groups, "人群类别", work.pack.consultation_groups)
    facts: dict[str, FactValue] = {
        "kind": words["案件类型"],
        "form": words["诉讼或非诉讼"],
        "stage": words["诉讼阶段"],
        "procedure": words["程序"],
        "ground": words["法律依据"],
        "fund": words["资金来源"],
        "matter": clean(cells["事项"]),
        "origin": clean(cells["代办来源地"]),
        "groups": groups,
    }
    return RegisterLine(
        number=half_width(clean(cells["案号"])),
        applicant=clean(cells["受援人"]),
        facts={name: value for name, value in facts.items() if value not in ("", ())},
        handler=clean(cells["承办人"]),
        firm=clean(cells["承办机构"]),
        handler_kind=words["承办人类别"],
        grade=words["质量等级"],
        examiner=clean(cells["核验人"]),
        entered_number=clean_number(cells["省系统编号"]),
        **{field: _day(cells, _HEADINGS[field]) for field in (*_DAYS, "entered_on")},
    )


_DAYS = ("applied_on", "approved_on", "assigned_on", "closed_on", "archived_on")


def _day(cells: Cells, heading: str) -> date | None:
    if not cells[heading]:
        return None
    try:
        return parse_date(cells[heading])
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field=heading) from refusal


def _column(heading: str, note: str = "", example: str = "", *, is_needed: bool = False) -> KindColumn:
    right = Permission.DECIDE_CASE if heading in _HEAD else None
    return KindColumn(heading, is_needed, note or _choices(heading), example, right=right)


def _choices(heading: str) -> str:
    words: Any = _WORDS.get(heading, ())
    return " ".join(one.value for one in words)


KIND = ImportKind(
    key="cases",
    title="案件台账",
    permission=Permission.HANDLE_CASE,
    columns=(
        _column("案号", "一件案件一个案号，再导入时按它认", "盐法援〔2022〕15号", is_needed=True),
        _column("省系统编号", "录入省系统后的编号"),
        _column("录入日期", "录入省系统的日期", "2022-06-01"),
        _column("受援人", "姓名，或单位名称", is_needed=True),
        _column("人群类别", "多项用、或；分开", "农民工"),
        _column("案件类型", example="民事", is_needed=True),
        _column("事项", "案由", "劳动报酬", is_needed=True),
        _column("诉讼或非诉讼", example="诉讼"),
        _column("诉讼阶段", example="一审"),
        _column("程序"),
        _column("法律依据", example="援31"),
        _column("承办机构", "律师事务所、基层法律服务所"),
        _column("承办人", "姓名"),
        _column("承办人类别", example="社会律师"),
        _column("代办来源地", "代其他地方办理的案件填来源地"),
        _column("申请日", "年-月-日", "2022-03-01"),
        _column("批准日", "年-月-日", "2022-03-05"),
        _column("指派日", "年-月-日", "2022-03-07"),
        _column("结案日", "年-月-日", "2022-05-20"),
        _column("归档日", "年-月-日", "2022-06-10"),
        _column("质量等级", example="合格"),
        _column("核验人", "验卷的人"),
        _column("资金来源", example="惠民专项"),
    ),
    take=take,
    may_undo=may_undo,
    purpose="以前的案件台账、省系统导出的案件",
)
