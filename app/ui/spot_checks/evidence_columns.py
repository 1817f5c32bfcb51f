"""The columns of a month's spot checks and complaints."""

from __future__ import annotations

from app.services.supervision.evidence_month import SpotCheckView
from app.ui.attendance.states import RESULT_TONES, STANDINGS, VERDICT_TONES
from app.ui.widgets.table_model import Column


def _standing(row: SpotCheckView) -> str:
    return STANDINGS[row.standing][1]


CHECK_COLUMNS = (
    Column("at", "时间", 104, value=lambda row: f"{row.at:%m-%d %H:%M}"),
    Column("name", "姓名", 84, "strong"),
    Column("site_name", "站点", 0, sub=lambda row: f"班次 {row.duty}" if row.duty else "没有对应的班次"),
    Column("method", "方式", 60, yields=1),
    Column(
        "result",
        "结果",
        112,
        "tag",
        tag=lambda row: (RESULT_TONES[row.result], row.result),
    ),
    Column("standing", "认定", 128, "tag", value=_standing, tag=lambda row: STANDINGS[row.standing]),
)
COMPLAINT_COLUMNS = (
    Column("at", "时间", 104, value=lambda row: f"{row.at:%m-%d %H:%M}"),
    Column("name", "被投诉人", 84, "strong"),
    Column("matter", "事由", 0, sub=lambda row: row.site_name),
    Column("number", "咨询编号", 88, yields=1),
    Column("verdict", "核实结果", 112, "tag", tag=lambda row: (VERDICT_TONES[row.verdict], row.verdict)),
)
