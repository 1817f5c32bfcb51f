"""Follow-ups (Y06): who is drawn, by when, what is taken down, and that nobody chooses."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.main import add_commands
from app.cli.session import run
from app.errors import Refused
from app.kernel.permissions import Actor, Permission
from app.services.consultations.follow_up_list import FollowUps, FollowUpState
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.record_call import RecordCall
from app.services.office.settings import ChangeSetting
from app.services.reading.follow_ups import drawn
from app.services.reports.show_report import ShowReport
from app.values import Month
from tests.services.conftest import COUNTY, Desk
from tests.services.consultation_desk import record
from tests.services.money_book import STATION, Book, at

MAY = Month(2022, 5)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    made = Book(county)
    made.worked(10)
    made.publish()
    return made


def lines(book: Book) -> dict[str, Any]:
    return {line.id: line.call for line in book.desk.ask(FollowUps(MAY)).lines}


@given(st.sets(st.text("abcdef0123456789", min_size=4, max_size=8), max_size=40), st.integers(0, 100))
def test_y06_the_draw_is_the_same_for_everybody_and_as_large_as_the_rule(ids: set[str], percent: int) -> None:
    found = drawn(ids, percent)
    assert found == drawn(sorted(ids, reverse=True), percent) <= ids
    assert len(found) * 100 >= len(ids) * percent > (len(found) - 1) * 100 or not found


def test_y06_a_share_and_everybody_unhappy_is_due_within_the_days_of_the_rule(book: Book) -> None:
    made = [book.record(10, f"10:{minute:02d}") for minute in range(9)]
    unhappy = book.record(10, "11:00", rating="不满意")
    found = lines(book)
    assert unhappy in found and len(found) in (2, 3), "two of ten, and the unhappy one if it was not drawn"
    assert {one.by for one in found.values()} == {date(2022, 6, 9)}
    assert found[unhappy].why == "评为不满意" and set(found) <= {*made, unhappy}
    book.desk.do(ChangeSetting("pack.follow_up_percent", "100", "市局口径"))
    assert set(lines(book)) == {*made, unhappy}
    book.desk.do(ChangeSetting("pack.follow_up_due_days", "5", "市局口径"))
    assert {one.state for one in lines(book).values()} == {FollowUpState.overdue}


def test_y06_not_reached_three_times_or_a_wrong_number_ends_it_and_a_rating_counts(book: Book) -> None:
    book.desk.do(ChangeSetting("pack.follow_up_percent", "100", "市局口径"))
    first, second, third = (book.record(10, f"10:0{n}") for n in range(3))
    for times in range(3):
        assert lines(book)[first].state is (FollowUpState.tried if times else FollowUpState.due)
        book.desk.do(RecordCall(first, "未接通"))
    assert lines(book)[first].state is FollowUpState.given_up
    book.desk.do(RecordCall(second, "号码不对"))
    assert lines(book)[second].state is FollowUpState.given_up
    book.desk.do(RateConsultation(third, "不满意", "电话里说没解决", is_follow_up=True))
    assert (lines(book)[third].state, lines(book)[third].rating) == (FollowUpState.reached, "不满意")
    desk = book.desk.ask(FollowUps(MAY))
    assert desk.words == "应回访 3 人，已接通 1，待回访 0，联系不上 2"
    texts = book.desk.ask(ShowReport("follow_ups", "2022-05")).table.texts
    assert sorted(row[-1] for row in texts) == ["已回访", "联系不上", "联系不上"]


def test_y06_what_is_not_a_call_is_refused(book: Book) -> None:
    made = book.record(10, "10:00")
    for command, code in (
        (RecordCall(made, "满意"), "E496"),
        (RecordCall(made, "不愿回答"), "E496"),
        (RecordCall("nothing", "未接通"), "E246"),
    ):
        with pytest.raises(Refused) as refused:
            book.desk.do(command)
        assert refused.value.code == code


def test_y06_a_client_without_telephone_is_neither_listed_nor_called(book: Book) -> None:
    silent = record(book.desk, phone="", site=STATION, person_id=book.person(), at=at(10, "09:30")).id
    assert silent not in lines(book)
    with pytest.raises(Refused) as refused:
        book.desk.do(RecordCall(silent, "未接通"))
    assert refused.value.code == "E495"


def test_the_list_is_for_those_who_record(book: Book) -> None:
    nobody = Actor("r", "r", "柜台", frozenset({Permission.KIOSK}))
    with pytest.raises(Refused) as refused:
        book.desk.ask(FollowUps(MAY), nobody)
    assert refused.value.code == "E006", "that person may only stand at the kiosk"


def test_the_command_lists_and_records(
    county: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    book = Book(county)
    book.worked(10)
    book.publish()
    made = book.record(10, "10:00", rating="不满意")
    root = county.office.data.root
    county.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)

    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), *words])
        return run(add_commands()), capsys.readouterr().out

    assert call("follow", "record", made, "未接通")[0] == 0
    code, out = call("--json", "follow", "list", "--month", "2022-05")
    assert code == 0
    assert [(one["id"], one["state"], one["calls"]) for one in json.loads(out)] == [(made, "overdue", 1)], (
        "by the clock of this machine it is long over"
    )
    assert call("follow", "record", made, "满意", "--note", "电话里说已解决")[0] == 0
    assert json.loads(call("--json", "follow", "list", "--month", "2022-05")[1])[0]["rating"] == "满意"
