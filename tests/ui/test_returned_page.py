"""Both ends of a record that is sent back, in their windows: sent, seen, opened in its form, answered, ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.desk_values import SentBackCode
from app.services.money.send_back import SendBack
from app.services.returns.returns_list import ReturnsList
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UrgentKind
from app.ui.attendance.page import AttendancePage
from app.ui.consultations.page import ConsultationsPage
from app.ui.returned.page import ReturnedPage
from app.ui.returned.places import place_of
from app.ui.today.urgent_words import urgent_sentence, urgent_tag
from app.ui.widgets.button import Button
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import rows
from tests.exchange.test_record_states import person
from tests.exchange.test_sent_back import month
from tests.ui.office_desk import Shown

__all__ = ["county", "month", "person", "station"]


def buttons(page: Any) -> dict[str, Button]:
    return {one.text(): one for one in page.pane._foot.findChildren(Button)}


def urgent(place: Place) -> dict[UrgentKind, Any]:
    return {one.kind: one for one in place.ask(TodayDesk()).urgent}


def test_a_record_goes_back_from_its_pane_and_the_answer_is_ended(
    qtbot: Any, county: Place, station: Place, month: tuple[str, str]
) -> None:
    desk = Shown(qtbot, county, ConsultationsPage)  # type: ignore[arg-type]
    desk.page.open_with(id=month[0])
    for _ in range(4):
        desk.settle()
    steps = {one.text(): one for one in desk.page.register.pane.findChildren(Button)}  # type: ignore[attr-defined]
    steps["退回更正…"].click()
    assert desk.toasts.said[-1] == "→ returned"
    desk.close()
    one = Shown(qtbot, county, ReturnedPage)  # type: ignore[arg-type]
    try:
        page = one.page
        assert isinstance(page, ReturnedPage)
        page.open_with(send_back=("consultation", month[0], "第 0001 号咨询"))
        one.settle()
        form = page.side.form
        assert form is not None
        form.form.set_values({"code": SentBackCode.missing, "comment": "请补金额"})
        form.submit()
        for _ in range(3):
            one.settle()
        [row] = page.table.rows()
        assert (row.code, row.standing) == ("缺项", "待答复")
        one.picture("returned-county")
        station.take(county.export()[0].file)
        waits = urgent(station)[UrgentKind.sent_back]
        assert urgent_tag(waits) == "县里退回 1 条"
        assert "请补金额" in urgent_sentence(waits, "")
        there = Shown(qtbot, station, ReturnedPage)  # type: ignore[arg-type]
        theirs = there.page
        assert isinstance(theirs, ReturnedPage)
        theirs.open_with(id=row.id)
        for _ in range(3):
            there.settle()
        assert set(buttons(theirs)) == {"打开记录", "答复…"}
        there.picture("returned-station")
        buttons(theirs)["答复…"].click()
        said = theirs.side.form
        assert said is not None
        said.form.set_values({"text": "当事人只说了这些"})
        said.submit()
        for _ in range(3):
            there.settle()
        there.close()
        assert UrgentKind.sent_back not in urgent(station)
        county.take(station.export()[0].file)
        assert urgent_tag(urgent(county)[UrgentKind.replies]) == "退回已答复 1 条"
        page.refresh()
        for _ in range(3):
            one.settle()
        buttons(page)["办结…"].click()
        page.confirm._yes.click()
        for _ in range(3):
            one.settle()
        assert county.ask(ReturnsList()) == () and page.table.rows() == []
    finally:
        one.close()


def test_opening_what_was_sent_back_opens_its_form(
    qtbot: Any, county: Place, station: Place, month: tuple[str, str]
) -> None:
    [duty] = rows(county, "SELECT id FROM duty")
    county.do(SendBack("consultation", month[0], "缺项"))
    county.do(SendBack("duty", duty[0], "与排班不符"))
    station.take(county.export()[0].file)
    station.clock.go_to(datetime(2022, 6, 3, 9))
    found = {row.table: place_of(row) for row in station.ask(ReturnsList())}
    page, wanted = found["consultation"]
    assert page == "consultations"
    desk = Shown(qtbot, station, ConsultationsPage)  # type: ignore[arg-type]
    desk.page.open_with(**wanted)
    for _ in range(4):
        desk.settle()
    entry = desk.page.entry  # type: ignore[attr-defined]
    assert entry.record is not None and entry.record.row.id == month[0]
    desk.close()
    page, wanted = found["duty"]
    assert page == "attendance"
    sheet = Shown(qtbot, station, AttendancePage)  # type: ignore[arg-type]
    sheet.page.open_with(**wanted)
    for _ in range(4):
        sheet.settle()
    assert sheet.page.side.form is not None  # type: ignore[attr-defined]
    sheet.close()
