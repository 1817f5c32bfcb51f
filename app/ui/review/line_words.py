"""Puts what the reviewer has to know of a month and of its lines into words and tones."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.money.review_sheet import HowItCame, LineStanding
from app.ui.exchange.check_code import grouped
from app.ui.theme import State
from app.ui.widgets.detail import Fact

STANDINGS = {
    LineStanding.doubtful: (State.DUE, "待定"),
    LineStanding.adjusted: (State.INFO, "已调整"),
    LineStanding.clear: (State.DONE, "无疑点"),
}


def month_facts_shown(came: HowItCame) -> Iterator[Fact]:
    """Name, value and, where it says good or bad, the tone."""
    yield "值班", f"{came.duties} 次"
    yield "咨询", f"{came.consultations} 人次"
    if came.seq is None:
        yield "来源", "本单位登记"
    else:
        yield "签名", "有效", State.DONE
        yield "序号", "连续至 " + f"{came.seq:,}", State.DONE
        if came.check_code:
            yield "校验码", grouped(came.check_code)
    doubts = came.doubtful_clocks
    yield "时钟", f"{doubts} 次存疑" if doubts else "可信", State.DUE if doubts else State.DONE
