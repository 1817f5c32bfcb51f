"""Writes the invented month as the workbooks an office imports, with exactly the command line's headings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app.demo.sample.records import (
    Ranges,
    SampleAttendance,
    SampleComplaint,
    SampleConsultation,
    SampleDuty,
    SampleMonth,
    SamplePerson,
    SampleSpotCheck,
)

Row = dict[str, str]

HEADINGS: dict[str, tuple[str, ...]] = {
    "people": (
        "姓名",
        "人员类别",
        "是否公职",
        "所属机构",
        "执业证号",
        "资格证号",
        "业务年限",
        "联系电话",
        "专业特长",
        "执业起始年",
        "身份证号",
        "放宽批准文号",
        "开户行",
        "银行账号",
    ),
    "roster": ("日期", "站点", "时段", "姓名", "值班类型"),
    "attendance": ("站点", "姓名", "签到时间", "签退时间", "确认人"),
    "spotchecks": ("时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"),
    "consultations": (
        "编号",
        "时间",
        "站点",
        "值班人员",
        "咨询人",
        "性别",
        "证件号",
        "拒绝提供证件",
        "联系电话",
        "人群类别",
        "咨询方式",
        "事项类别",
        "咨询内容",
        "答复意见",
        "处理方式",
        "满意度",
        "审核结果",
    ),
    "complaints": ("时间", "站点", "被投诉人", "咨询编号", "事由", "核实结果"),
}


def sheet_rows(month: SampleMonth, *, is_corrected: bool = False) -> dict[str, list[Row]]:
    """Kind → rows as text under the headings.

    is_corrected: sign-outs as they are once corrections are approved; otherwise as they were punched.
    """
    return {
        "people": [_person(one) for one in month.people],
        "roster": [_duty(one) for one in month.duties],
        "attendance": [_attendance(one, is_corrected) for one in month.attendance],
        "spotchecks": [_spot_check(one) for one in month.spot_checks],
        "consultations": [_consultation(one) for one in month.consultations],
        "complaints": [_complaint(one) for one in month.complaints],
    }


def write_workbooks(month: SampleMonth, folder: Path) -> dict[str, Path]:
    """Write `people.xlsx`, `roster.xlsx` … into a folder; every cell is text. Returns kind → file."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for kind, rows in sheet_rows(month).items():
        found[kind] = folder / f"{kind}.xlsx"
        write_workbook(found[kind], HEADINGS[kind], rows)
    return found


def write_workbook(path: Path, headings: Iterable[str], rows: Iterable[Row]) -> None:
    """Write one sheet, named as its file; every cell is text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    names = tuple(headings)
    sheet.title = path.stem
    sheet.append(names)
    for row in rows:
        sheet.append([row[heading] or None for heading in names])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
    book.save(path)


def _person(one: SamplePerson) -> Row:
    return {
        "姓名": one.name,
        "人员类别": one.kind,
        "是否公职": _flag(one.is_public_servant),
        "所属机构": one.organisation,
        "执业证号": one.licence,
        "资格证号": one.certificate,
        "业务年限": str(one.years or ""),
        "联系电话": one.phone,
        "专业特长": "、".join(one.specialties),
        "执业起始年": str(one.first_year or ""),
        "身份证号": one.id_number,
        "放宽批准文号": one.approval,
        "开户行": one.bank,
        "银行账号": one.account,
    }


def _duty(one: SampleDuty) -> Row:
    return {
        "日期": one.on.isoformat(),
        "站点": one.site.name,
        "时段": typed_ranges(one.ranges),
        "姓名": one.person.name,
        "值班类型": one.kind,
    }


def _attendance(one: SampleAttendance, is_corrected: bool) -> Row:
    out_at = one.effective_out_at if is_corrected else one.out_at
    return {
        "站点": one.site.name,
        "姓名": one.person.name,
        "签到时间": _second(one.in_at),
        "签退时间": _second(out_at) if out_at else "",
        "确认人": one.confirmed_by,
    }


def _spot_check(one: SampleSpotCheck) -> Row:
    return {
        "时间": _second(one.at),
        "站点": one.site.name,
        "姓名": one.person.name,
        "方式": one.method,
        "结果": one.result,
        "理由": one.reason,
        "是否正当": "" if one.is_justified is None else _flag(one.is_justified),
        "核实": one.verdict or "",
        "抽查人": one.checked_by,
    }


def _consultation(one: SampleConsultation) -> Row:
    return {
        "编号": one.number,
        "时间": _second(one.at),
        "站点": one.site.name,
        "值班人员": one.adviser.name,
        "咨询人": one.client,
        "性别": one.sex,
        "证件号": one.id_number,
        "拒绝提供证件": _flag(one.is_id_declined),
        "联系电话": one.phone,
        "人群类别": "、".join(one.groups),
        "咨询方式": one.channel,
        "事项类别": "、".join(one.topics),
        "咨询内容": one.question,
        "答复意见": one.answer,
        "处理方式": one.handling,
        "满意度": one.rating or "",
        "审核结果": one.audit or "",
    }


def _complaint(one: SampleComplaint) -> Row:
    return {
        "时间": _second(one.at),
        "站点": one.site.name,
        "被投诉人": one.person.name,
        "咨询编号": one.number,
        "事由": one.matter,
        "核实结果": one.verdict,
    }


def typed_ranges(ranges: Ranges) -> str:
    """Ranges as the roster sheet writes them: `08:00-12:00；14:30-18:30`."""
    return "；".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in ranges)


def _flag(value: bool) -> str:
    return "是" if value else "否"


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
