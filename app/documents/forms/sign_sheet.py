"""值班签到登记单: what a duty without a kiosk signs by hand — in a village, at a market, in a power cut (Q05 Q06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Row, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf

LEAST_LINES = 8
"""Room for whoever comes in place of somebody."""
COLUMNS = (
    SheetColumn("number", "序号", width=2, align="center"),
    SheetColumn("name", "姓名", width=5, align="center"),
    SheetColumn("organisation", "所属机构", width=7),
    SheetColumn("hours", "时段", width=10, align="center"),
    SheetColumn("came", "签到时间", width=5, align="center"),
    SheetColumn("came_sign", "签到签名", width=6),
    SheetColumn("left", "签退时间", width=5, align="center"),
    SheetColumn("left_sign", "签退签名", width=6),
    SheetColumn("records", "咨询人次", width=4, align="center"),
    SheetColumn("confirmed", "确认人签名", width=6),
)


@dataclass(frozen=True, kw_only=True)
class SignSheetLine:
    """A duty: who, and its hours and place in words."""

    name: str
    organisation: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class SignSheet:
    """The duties of a site's day; on None: a blank sheet, its day written by hand."""

    site: str
    on: date | None
    lines: tuple[SignSheetLine, ...] = ()


def sign_sheet(data: SignSheet) -> Sheet:
    """The duties, and empty lines to write on."""
    filled = [(line.name, line.organisation, line.hours) for line in data.lines]
    filled += [("", "", "")] * (LEAST_LINES - len(filled))
    rows: tuple[Row, ...] = tuple(
        (str(number), *words, "", "", "", "", "", "") for number, words in enumerate(filled, 1)
    )
    on = f"{data.on.year}年{data.on.month}月{data.on.day}日" if data.on else "　　　　年　　月　　日"
    return Sheet(
        title="值班签到登记单",
        columns=COLUMNS,
        rows=rows,
        subtitle=(f"站点：{data.site}", "地点：　　　　　　　　", on),
        notes=(
            "到岗、离岗当时填写，时间写到分钟，本人签名；确认人由村（社区）干部或司法所人员签，本人不能自己确认。",
            "没有签到台的原因：（　）下乡　（　）集市　（　）法院、看守所　（　）停电　（　）其他　　　　　　",
            "回站当天在“考勤”里登记，原件装订存档。",
        ),
        signatures=("交表人", "收表人"),
        orientation="landscape",
        row_height=11,
    )


def draw_sign_sheet(data: SignSheet) -> Printed:
    """Landscape A4."""
    return sheet_pdf(sign_sheet(data))


FORM = PaperForm("sign_sheet", "值班签到登记单", draw_sign_sheet, sign_sheet)
