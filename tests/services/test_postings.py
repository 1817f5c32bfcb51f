"""Service cards, where they were put up, and what each village had of the service (Q12, Q14)."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from app.errors import Refused
from app.services.consultations.rate_consultation import RateConsultation
from app.services.office.settings import ChangeSetting
from app.services.outreach.errands import BeginErrand, CloseErrand
from app.services.outreach.postings import Postings, RecordPosting, TakeDown
from app.services.outreach.record_activity import RecordActivity
from app.services.outreach.service_cards import ServiceCards
from app.services.reports.show_report import ShowReport
from tests.journeys.cli_inside import Inside
from tests.services.conftest import COUNTY, Desk
from tests.services.consultation_desk import record
from tests.services.money_book import STATION, Book, at


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    made = Book(county)
    made.worked(10)
    made.duty(17)
    made.publish()
    return made


def posting(book: Book, **changed: Any) -> str:
    said = {"kind": "惠民工程服务卡", "village": "西街村", "copies": 200, "site": STATION}
    return str(book.desk.do(RecordPosting(**said | changed)))


def test_q12_what_hangs_is_listed_until_it_is_taken_down(book: Book) -> None:
    made = posting(book)
    posting(book, kind="值班公示表", copies=1, on=date(2022, 5, 1), place="村务公开栏")
    found = book.desk.ask(Postings())
    assert [(one.kind.value, one.copies) for one in found] == [("值班公示表", 1), ("惠民工程服务卡", 200)]
    book.desk.do(TakeDown(made))
    assert [one.place for one in book.desk.ask(Postings())] == ["村务公开栏"]
    with pytest.raises(Refused, match="E283"):
        book.desk.do(TakeDown(made))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "传单"}, "E281"),
        ({"village": ""}, "E281"),
        ({"copies": 0}, "E281"),
        ({"on": date(2022, 5, 13)}, "E282"),
    ],
)
def test_q12_what_is_no_posting_is_refused(book: Book, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        posting(book, **said)


def test_q12_a_card_has_the_telephone_and_the_next_days(book: Book) -> None:
    book.desk.do(ChangeSetting("service_phone", "", "号码停用"))
    with pytest.raises(Refused, match="E284"):
        book.desk.ask(ServiceCards(STATION))
    book.desk.do(ChangeSetting("service_phone", "0359-2222333", "公布"))
    drawn = book.desk.ask(ServiceCards(STATION))
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        [page] = document.pages
        text = page.extract_text()
    assert text.count("0359-2222333") == 10 and "5月17日" in text and "不收费" in text
    assert "张三" not in text, "a card outlives who sits there"


def test_q14_each_village_has_its_line_from_publicity_to_follow_up(book: Book) -> None:
    posting(book)
    made = record(book.desk, site=STATION, at=at(10, "10:00"), village="西街村").id
    record(book.desk, site=STATION, at=at(10, "10:20"), village="东街村")
    book.desk.do(
        RecordActivity(kind="普法讲座", site=STATION, at=at(10, "11:00"), village="西街村", reached=45)
    )
    told = {"consultation_id": made, "kind": "约期答复", "by": date(2022, 5, 20), "matter": "查案卷"}
    book.desk.do(CloseErrand(book.desk.do(BeginErrand(**told)), "已答复"))
    book.desk.do(BeginErrand(**told))
    book.desk.do(RateConsultation(made, "满意", "电话回访", is_follow_up=True))
    texts = book.desk.ask(ShowReport("villages", "2022-05")).table.texts
    found = {row[1]: tuple(row[2:]) for row in texts}
    assert found["西街村"] == ("200", "1", "1", "45", "2", "1", "1")
    assert found["东街村"] == ("0", "1", "0", "0", "0", "0", "0")


def test_the_command_records_lists_removes_and_prints(book: Book, tmp_path: Path) -> None:
    book.desk.do(ChangeSetting("service_phone", "0359-2222333", "公布"))
    root = book.desk.office.data.root
    book.desk.office.close()

    def call(*words: str) -> Any:
        return Inside(root, COUNTY.password)(*words).document

    made = call("posting", "record", "宣传海报", "--village", "西街村", "--site", "解州镇")["id"]
    [one] = call("posting", "list")
    assert (one["id"], one["kind"]) == (made, "宣传海报")
    call("posting", "remove", made)
    assert call("posting", "list") == []
    call("posting", "cards", "--file", str(tmp_path / "卡.pdf"), "--site", "解州镇")
    assert (tmp_path / "卡.pdf").read_bytes().startswith(b"%PDF")
