"""一次性告知单: what to bring and where to go, told once and whole (Q07 一次性告知)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.form import PaperForm
from app.documents.large_print import LargePrint, draw_large_print
from app.documents.paper import Printed


@dataclass(frozen=True, kw_only=True)
class ToldOnceSheet:
    """One consultation's notice. bring: the papers, in order. place: where to bring them."""

    number: str
    on: date
    client: str
    matters: tuple[str, ...]
    bring: tuple[str, ...]
    place: str
    adviser: str
    telephone: str = ""
    supervision_telephone: str = ""
    printed_at: datetime | None = None


def draw_told_once(data: ToldOnceSheet) -> Printed:
    """Portrait A4 in 18 pt."""
    papers = [
        ("请带来" if place == 1 else "", f"{place}. {words}") for place, words in enumerate(data.bring, 1)
    ]
    return draw_large_print(
        LargePrint(
            title="一次性告知单",
            number=data.number,
            fields=(
                ("办事人", data.client),
                ("要办的事", "、".join(data.matters)),
                *papers,
                ("送到", data.place),
                ("告知人", data.adviser),
                ("告知日期", f"{data.on.year}年{data.on.month}月{data.on.day}日"),
                ("说明", "材料不全也可以先来，缺什么由我们当场告诉您，不让您多跑一趟。"),
            ),
            phones=(("不明白，请打", data.telephone), ("对服务不满意", data.supervision_telephone)),
            printed_at=data.printed_at,
        )
    )


FORM = PaperForm("told_once", "一次性告知单", draw_told_once)
