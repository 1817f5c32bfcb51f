"""咨询登记单: a blank register for villages, markets and power cuts, with the items the desk asks for (Y10, Q05 Q06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Row, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf

LINES = 12
ROOM = "　　　　　　"
COLUMNS = (
    SheetColumn("number", "序号", width=2, align="center"),
    SheetColumn("at", "时间", width=4),
    SheetColumn("client", "咨询人", width=5),
    SheetColumn("sex", "性别", width=2),
    SheetColumn("paper", "证件号", width=8),
    SheetColumn("phone", "联系电话", width=7),
    SheetColumn("village", "村社区", width=5),
    SheetColumn("groups", "人群", width=4),
    SheetColumn("topics", "事项", width=5),
    SheetColumn("content", "咨询内容", width=11),
    SheetColumn("answer", "答复和处理", width=11),
    SheetColumn("rating", "满意度", width=4),
    SheetColumn("sign", "签名", width=5),
)


@dataclass(frozen=True, kw_only=True)
class BlankRegister:
    """Whose register, and the day if it is known. words: the pack's groups and topics, to choose from."""

    site: str
    on: date | None
    adviser: str = ""
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def blank_register(data: BlankRegister) -> Sheet:
    """Empty lines under the headings."""
    rows: tuple[Row, ...] = tuple((str(number), *[""] * (len(COLUMNS) - 1)) for number in range(1, LINES + 1))
    on = f"{data.on.year}年{data.on.month}月{data.on.day}日" if data.on else "　　　　年　　月　　日"
    words = (("人群", data.groups), ("事项", data.topics))
    return Sheet(
        title="法律咨询登记单",
        columns=COLUMNS,
        rows=rows,
        subtitle=(f"站点：{data.site}", f"解答人：{data.adviser or ROOM}", on),
        notes=(
            *(f"{title}写：{'、'.join(listed)}" for title, listed in words if listed),
            "证件号可以不填，不愿提供的写“拒绝”。满意度写 满意、基本满意、不满意。回站后按原时间补录。",
        ),
        orientation="landscape",
        row_height=10,
    )


def draw_blank_register(data: BlankRegister) -> Printed:
    """Landscape A4."""
    return sheet_pdf(blank_register(data))


FORM = PaperForm("blank_register", "法律咨询登记单", draw_blank_register, blank_register)
