"""What a page shows follows the tables its queries read, whichever process commits."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from app.services.people.add_person import AddPerson
from app.ui.attendance.page import AttendancePage
from app.ui.people.page import PeoplePage
from app.ui.reports.page import ReportsPage
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]

OTHER_PROCESS = """
import sys
from pathlib import Path
from app.paths import DataDir
from app.services.office.office import Office
from app.clock import SystemClock
from app.services.people.add_person import AddPerson
office = Office(DataDir(Path(sys.argv[1])), bytes.fromhex(sys.stdin.read()), SystemClock())
office.do(AddPerson(name="申玉梅", kind="律师", organisation="河东律师事务所", licence="11408201910000009"), office.actor_of("admin"))
office.close()
"""


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Iterator[Open]:
    """Opens a page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(factory: Any, **wanted: Any) -> Shown:
        opened.append(Shown(qtbot, county, factory))
        if wanted:
            opened[-1].page.open_with(**wanted)
        opened[-1].settle()
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def shown_rows(one: Shown) -> int:
    view = one.page.view
    return len(view.table.texts) if view is not None else 0


def add(county: Desk, name: str, number: int) -> None:
    county.do(
        AddPerson(name=name, kind="律师", organisation="河东律师事务所", licence=f"1140820191{number:07d}")
    )


def test_the_people_report_follows_somebody_added(shown: Open, county: Desk) -> None:
    one = shown(ReportsPage, report="people")
    assert shown_rows(one) == 0
    add(county, "卫明", 1)
    one.qtbot.waitUntil(lambda: shown_rows(one) == 1, timeout=20_000)


def test_a_hidden_page_asks_when_it_is_seen(
    shown: Open, county: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = shown(PeoplePage)
    one.page.hide()
    add(county, "卫明", 1)
    one.settle()
    assert one.page.fresh.is_stale and not one.page.table.rows()
    one.page.show()
    one.page.fresh.show()
    one.settle()
    assert [row.name for row in one.page.table.rows()] == ["卫明"]


def test_a_page_that_reads_none_of_it_stays_as_it_is(shown: Open, county: Desk) -> None:
    one = shown(AttendancePage)
    asked: list[object] = []
    one.runner.answered.connect(asked.append)
    county.do(AddPerson(name="卫明", kind="律师", organisation="河东律师事务所", licence="11408201910000001"))
    assert "person" in one.page.fresh.tables()
    one.qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    one.settle()
    asked.clear()
    one.runner.changed.emit(frozenset({"alarm_that_nobody_reads"}))
    one.settle()
    assert not asked


@pytest.mark.at_its_pace
def test_a_burst_of_commits_asks_at_most_once_a_second(shown: Open, county: Desk) -> None:
    one = shown(PeoplePage)
    one.qtbot.wait(1100)
    asked: list[float] = []
    refresh = one.page.refresh

    def counted() -> None:
        asked.append(time.monotonic())
        refresh()

    one.page.refresh = counted  # type: ignore[method-assign]
    for number in range(12):
        add(county, f"卫明{'甲乙丙丁戊己庚辛壬癸子丑'[number]}", number)
    one.qtbot.waitUntil(lambda: len(one.page.table.rows()) == 12, timeout=5000)
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(asked))
    assert 1 <= len(asked) <= 3


def test_another_process_is_noticed(shown: Open, county: Desk) -> None:
    one = shown(PeoplePage)
    assert not one.page.table.rows()
    call = [sys.executable, "-c", OTHER_PROCESS, str(county.office.data.root)]
    subprocess.run(call, input=county.office.safe.key.hex(), text=True, check=True, timeout=60)
    one.qtbot.waitUntil(lambda: [row.name for row in one.page.table.rows()] == ["申玉梅"], timeout=20_000)
