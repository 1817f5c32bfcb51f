"""What a clerk waits for in an office of many years: the register, 今日 and the search. HUIMIN_BENCH_RECORDS: how many."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from time import thread_time
from typing import Any

import pytest

from app.services.consultations.register import Register
from app.services.search.everything import FindAnything
from app.services.today.today_desk import TodayDesk
from tests.bench.many_consultations import fill
from tests.bench.report import median_ms, report, timed
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
SEARCHES = {
    "one character": ("薪", "李", "费", "房"),
    "two characters": ("工资", "离婚", "宅基", "薪离"),
    "a name": ("李桂花", "王伟", "张秀英"),
    "initials": ("lgh", "wxm", "zx"),
    "last four digits": ("6021", "4321", "123X"),
    "nothing there": ("鱼塘", "承包地", "qqq"),
}
ROUNDS = 7
MAY = {"first": date(2022, 4, 1), "last": date(2022, 4, 30)}


def shown_ms(run: Callable[[], object]) -> str:
    """Median and slowest of some rounds in milliseconds, and the processor's median, the first round left out."""
    run()
    took, worked = [], []
    for _ in range(ROUNDS):
        began = thread_time()
        took.append(timed(run))
        worked.append(thread_time() - began)
    return f"{median_ms(took)} (slowest {max(took) * 1000:.0f}, processor {median_ms(worked)})"


@pytest.mark.bench
def test_an_office_of_many_years(county: Desk) -> None:
    records = int(os.environ.get("HUIMIN_BENCH_RECORDS", "100000"))
    filled = timed(lambda: fill(county, records))
    asked: dict[str, Any] = {
        "month": Register(**MAY),
        "month, a page scrolled": Register(**MAY, offset=300),
        "今日": TodayDesk(),
    }
    for kind, words in SEARCHES.items():
        for word in words:
            asked[f"Ctrl+K {kind} {word}"] = FindAnything(word)
            asked[f"register {kind} {word}"] = Register(words=word)
            asked[f"month {kind} {word}"] = Register(words=word, **MAY)
    figures = {name: shown_ms(lambda query=query: county.ask(query)) for name, query in asked.items()}
    size = county.office.database.path.stat().st_size // 1_000_000
    report(f"{records} consultations", {"fill_s": round(filled), "file_mb": size} | figures)
