"""法律咨询答复卡: what a citizen takes home in large print, with the number to call (Y10, Q07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.form import PaperForm
from app.documents.large_print import LargePrint, draw_large_print
from app.documents.paper import Printed


@dataclass(frozen=True, kw_only=True)
class AnswerCardSheet:
    """One consultation as its citizen may see it; at: naive local time; next_steps: what to do, in order."""

    number: str
    at: datetime
    site: str
    adviser: str
    topics: tuple[str, ...]
    answer: str
    client: str = ""
    handling: str = ""
    next_steps: tuple[str, ...] = ()
    telephone: str = ""
    supervision_telephone: str = ""
    printed_at: datetime | None = None


def draw_consultation_card(data: AnswerCardSheet) -> Printed:
    """Portrait A4 in 18 pt; a long answer goes on over further pages, no character lost (P46)."""
    steps = [
        ("下一步" if number == 1 else "", f"{number}. {step}")
        for number, step in enumerate(data.next_steps, 1)
    ]
    return draw_large_print(
        LargePrint(
            title="法律咨询答复卡",
            number=data.number,
            fields=(*_fields(data), *steps),
            phones=(("还要问，请打", data.telephone), ("对服务不满意", data.supervision_telephone)),
            printed_at=data.printed_at,
        )
    )


def _fields(data: AnswerCardSheet) -> list[tuple[str, str]]:
    at = data.at
    return [
        ("咨询人", data.client),
        ("时间", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"),
        ("地点", data.site),
        ("解答人", data.adviser),
        ("事项", "、".join(data.topics)),
        ("答复", data.answer),
        ("处理", data.handling),
    ]


FORM = PaperForm("consultation_card", "法律咨询答复卡", draw_consultation_card)
