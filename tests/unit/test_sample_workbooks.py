"""The sample's workbooks carry exactly the command line's headings, every cell as text."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from app.demo.sample.month import SMALL, invent_month
from app.demo.sample.records import SampleMonth
from app.demo.sample.workbooks import HEADINGS, sheet_rows, write_workbooks
from app.workdays import WorkCalendar

SITES = [
    ("140802-01", "盐湖区公共法律服务中心", "县中心"),
    ("140802100", "盐湖区解州镇公共法律服务工作站", "工作站"),
    ("140802101", "盐湖区龙居镇公共法律服务工作站", "工作站"),
]
_STATED = {
    "people": "姓名 人员类别 是否公职 所属机构 执业证号 资格证号 业务年限 联系电话 专业特长 执业起始年 身份证号 放宽批准文号 开户行 银行账号",
    "roster": "日期 站点 时段 姓名 值班类型",
    "attendance": "站点 姓名 签到时间 签退时间 确认人",
    "spotchecks": "时间 站点 姓名 方式 结果 理由 是否正当 核实 抽查人",
    "consultations": "编号 时间 站点 值班人员 咨询人 性别 证件号 拒绝提供证件 联系电话 人群类别 咨询方式 事项类别 咨询内容 答复意见 处理方式 满意度 审核结果",
    "complaints": "时间 站点 被投诉人 咨询编号 事由 核实结果",
}


def _month() -> SampleMonth:
    return invent_month(7, SITES, is_workday=WorkCalendar().is_workday, size=SMALL)


def test_headings_are_those_of_the_command_line() -> None:
    assert {kind: " ".join(names) for kind, names in HEADINGS.items()} == _STATED


def test_workbooks_hold_the_rows_as_text(tmp_path: Path) -> None:
    month = _month()
    files = write_workbooks(month, tmp_path)
    rows = sheet_rows(month)
    assert set(files) == set(_STATED)
    for kind, path in files.items():
        sheet = load_workbook(path).active
        assert sheet is not None
        cells = list(sheet.values)
        assert cells[0] == HEADINGS[kind]
        assert len(cells) == len(rows[kind]) + 1
        assert all(value is None or isinstance(value, str) for line in cells for value in line)


def test_corrected_rows_fill_in_the_forgotten_sign_out() -> None:
    month = _month()
    punched = [row["签退时间"] for row in sheet_rows(month)["attendance"]]
    corrected = [row["签退时间"] for row in sheet_rows(month, is_corrected=True)["attendance"]]
    assert punched.count("") == 1 and corrected.count("") == 0
