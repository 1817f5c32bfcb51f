"""The matrix: paper stations are 代录 and not late, the reminder names who is, a city sees its counties, one scroll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea

from app.services.money.county_months import CountyMonths, CountyRow
from app.services.money.submit_month import SubmitMonth
from app.services.today.today_desk import TodayDesk
from app.ui.review.page import ReviewPage
from app.ui.today.due_words import due_tags
from tests.exchange.offices import Place, make_city, make_county
from tests.exchange.pair import county, station
from tests.exchange.test_city import CENTRE, CITY, COUNTY, LAWYER, advise, carry, join
from tests.services.conftest import Desk, make_desk  # noqa: F401
from tests.ui.office_desk import Shown

__all__ = ["county", "station"]
LATE = datetime(2022, 6, 20, 9, 0)


@pytest.fixture
def show(qtbot: Any) -> Iterator[Any]:
    opened: list[Shown] = []

    def made(place: Any, month: str = "2022-05") -> Shown:
        one = Shown(qtbot, place, ReviewPage)
        opened.append(one)
        one.page.open_with(month=month)
        one.settle()
        return one

    yield made
    for one in opened:
        one.close()


def test_y22_a_paper_station_is_entered_here_and_never_late(county: Place, station: Place, show: Any) -> None:
    county.clock.go_to(LATE)
    one = show(county)
    words = {row.id: row.cells[-1] for row in one.page.matrix.rows()}
    enrolled = station.office.identity.code
    assert (words[enrolled].word, words[enrolled].is_overdue) == ("未报", True)
    paper = [cell for site, cell in words.items() if site not in (enrolled, CENTRE)]
    assert paper and {(cell.word, cell.is_overdue) for cell in paper} == {("代录", False)}
    column = one.page.matrix.model.columns[4]
    assert {column.tag(row)[0] for row in one.page.matrix.rows() if row.is_paper} == {"none"}


def test_y22_today_counts_who_has_not_reported_as_the_matrix_names_them(
    county: Place, station: Place, show: Any
) -> None:
    county.clock.go_to(LATE)
    words = Counter(row.cells[-1].word for row in show(county).page.matrix.rows())
    below = county.ask(TodayDesk()).due.below
    assert (below.missing, below.entered_here) == (words["未报"], words["代录"])
    assert below.entered_here > 1 and below.missing > 0
    said = [text for _tone, text in due_tags(county.ask(TodayDesk()).due)]
    assert said[:2] == [f"5月未报 {below.missing}", f"代录 {below.entered_here}"]


def test_y22_the_reminder_names_the_late_units_the_month_and_the_day(
    county: Place, station: Place, show: Any
) -> None:
    county.clock.go_to(LATE)
    one = show(county)
    name = next(row.name for row in one.page.matrix.rows() if row.id == station.office.identity.code)
    QGuiApplication.clipboard().clear()
    one.page.remind()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(
        f"{name}：\n2022年5月月报应于2022年6月5日前报送。截至2022年6月20日，以下 1 个单位尚未报送"
    )
    assert "2022-0" not in text and one.page.reminder.words.text() == text
    one.picture("review-reminder")
    assert one.page.go_back() and one.page.reminder.isHidden()


def test_y22_nobody_late_nothing_to_remind(county: Place, station: Place, show: Any) -> None:
    county.clock.go_to(datetime(2022, 6, 2, 9, 0))
    assert not show(county).page.remind_button.isEnabled()


def test_y01_a_city_sees_its_counties_by_their_figures(tmp_path: Path, show: Any) -> None:
    city, below = make_city(tmp_path), make_county(tmp_path)
    join(city, below)
    below.do(LAWYER)
    advise(below, CENTRE)
    carry(below, city, CITY)
    month = f"{city.clock.now().at:%Y-%m}"
    found = {row.id: row for row in city.ask(CountyMonths(month))}
    assert found[COUNTY].is_enrolled and found[COUNTY].heard_at is not None
    assert found[COUNTY].cells[-1].states == (("未报", 1),) and not found[COUNTY].cells[-1].is_overdue
    assert len(found) == 13 and sum(row.is_enrolled for row in found.values()) == 1
    city.clock.advance(timedelta(days=60))
    assert {row.id for row in city.ask(CountyMonths(month)) if row.cells[-1].is_overdue} == {COUNTY}
    one = show(city, month)
    rows = {row.id: row for row in one.page.matrix.rows()}
    county_row = rows[COUNTY]
    assert isinstance(county_row, CountyRow)
    columns = one.page.matrix.model.columns
    assert columns[4].tag(county_row) == ("fault", "通过 0/1")
    assert {
        columns[5].text(row) for row in rows.values() if isinstance(row, CountyRow) and row.id != COUNTY
    } == {"未接入"}
    one.page.matrix.select(county_row)
    assert "未报 1 个站点" in one.page.pane.empty.words.text()
    one.page.remind()
    assert county_row.name in QGuiApplication.clipboard().text()
    one.picture("review-city")
    city.office.close()
    below.office.close()


def test_the_pane_of_the_month_is_one_scroll(county: Place, show: Any) -> None:
    county.do(LAWYER)
    county.do(SubmitMonth("2022-05", True, CENTRE))
    one = show(county)
    pane = one.page.pane
    outer = pane.room
    inner = [area for area in outer.findChildren(QAbstractScrollArea) if area.isVisible()]
    assert all(area.verticalScrollBar().maximum() == 0 for area in inner)
    assert not [area for area in inner if area.verticalScrollBarPolicy().name != "ScrollBarAlwaysOff"]
