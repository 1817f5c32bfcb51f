"""The columns of the attendance page's two lists."""

from __future__ import annotations

from app.ui.attendance.states import DUTY_TONES, GRADES
from app.ui.widgets.table_model import Column

ROW_COLUMNS = (
    Column("on", "日期", 62, value=lambda row: f"{row.on:%m-%d}"),
    Column("name", "姓名", 80, "strong"),
    Column("hours", "班次", 0, "hours", sub=lambda row: row.note or row.kind),
    Column("in_text", "签到", 82),
    Column("out_text", "签退", 82),
    Column("state", "考勤", 164, "tag", tag=lambda row: (DUTY_TONES[row.state], row.state)),
    Column(
        "grade",
        "时钟",
        96,
        "tag",
        tag=lambda row: GRADES[row.grade] if row.grade else None,
        yields=1,
    ),
)
ITEM_COLUMNS = (
    Column("on", "日期", 62, value=lambda item: f"{item.on:%m-%d}"),
    Column("title", "事项", 118, "tag", tag=lambda item: ("due" if item.may_decide else "fault", item.title)),
    Column("name", "姓名", 80, "strong"),
    Column("text", "情况", 0, value=lambda item: item.what),
)
