"""What a clerk waits for in an office of many years: the register, 今日 and the search. HUIMIN_BENCH_RECORDS: how many."""

from __future__ import annotations

import os
import statistics
from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from app.services.consultations.register import Register
from app.services.search.everything import FindAnything
from app.services.today.today_desk import TodayDesk
from tests.bench.many_consultations import fill
from tests.bench.report import Cost, cost_of, exponent, p95_ms, report
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
RECORDS = int(os.environ.get("HUIMIN_BENCH_RECORDS", "100000"))
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
WANTED_MS = 50.0
"""Of a search or a page of the register, 95 of a hundred."""


def asked() -> list[tuple[str, Any]]:
    """Kind → one question of it."""
    found: list[tuple[str, Any]] = [
        ("register, first page", Register()),
        ("register, a page scrolled", Register(offset=300)),
        ("register of a month", Register(**MAY)),
        ("register of a month, a page scrolled", Register(**MAY, offset=300)),
        ("今日", TodayDesk()),
    ]
    for kind, words in SEARCHES.items():
        for word in words:
            found.append((f"Ctrl+K: {kind}", FindAnything(word)))
            found.append((f"register: {kind}", Register(words=word)))
            found.append((f"register of a month: {kind}", Register(words=word, **MAY)))
    return found


def costs(desk: Desk) -> dict[str, list[Cost]]:
    """Kind → what each asking cost, the first of each question left out."""
    found: dict[str, list[Cost]] = defaultdict(list)
    for kind, query in asked():
        desk.ask(query)
        for _ in range(ROUNDS):
            found[kind].append(cost_of(lambda query=query: desk.ask(query), desk.office.database.reader))
    return found


@pytest.mark.bench
def test_an_office_of_many_years(county: Desk) -> None:
    """The ratio is what 95 of a hundred stay below, in time of the processor, against what a person notices; growth over
    three sizes."""
    sizes, by_size = (RECORDS // 4, RECORDS // 2, RECORDS), []
    for before, size in zip((0, *sizes), sizes, strict=False):
        fill(county, size - before, last=before + 1)
        by_size.append(costs(county))
    size_mb = county.office.database.path.stat().st_size // 1_000_000
    report(f"{RECORDS} consultations", {"file_mb": size_mb})
    for kind, found in by_size[-1].items():
        median = [statistics.median(one.processor for one in each[kind]) for each in by_size]
        slow = p95_ms([one.processor for one in found])
        figures = {
            "p95_ms": p95_ms([one.seconds for one in found]),
            "p95_cpu_ms": slow,
            "floor_ms": WANTED_MS,
            "cpu_ms": round(median[-1] * 1000, 2),
            "statements": found[-1].statements,
            "exponent": exponent(sizes, median),
        }
        report(kind, figures, ratio=slow / WANTED_MS, wanted=1.0)
