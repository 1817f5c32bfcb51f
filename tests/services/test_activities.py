"""Services beside consultations: taken down, corrected with a reason, several of one visit, counted (Q04, G04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.kernel.permissions import staff
from app.services.erasure.erase_personal_data import ErasePersonalData
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.outreach.activities import Activities, ActivityList
from app.services.outreach.activity_entry import ActivityEntry, judged_activity
from app.services.outreach.record_activity import CorrectActivity, RecordActivity
from app.services.reports.show_report import ShowReport
from app.services.targets.progress import TargetsProgress
from app.services.targets.site_figures import RefreshFigures
from app.values import Role
from tests.journeys.cli_inside import Inside
from tests.services.case_desk import accountless
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import STATION, Book, at
from tests.services.test_every_door import sheet

MAY = {"first": date(2022, 5, 1), "last": date(2022, 5, 31)}


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    made = Book(county)
    made.worked(10)
    made.publish()
    return made


def lecture(book: Book, **changed: Any) -> str:
    said = {"kind": "普法讲座", "site": STATION, "at": at(10, "12:00"), "village": "西街村", "reached": 45}
    return str(book.desk.do(RecordActivity(**said | changed)))


def listed(book: Book, **asked: Any) -> ActivityList:
    found: ActivityList = book.desk.ask(Activities(**MAY | asked))
    return found


def test_q04_a_service_belongs_to_the_duty_of_whoever_was_there(book: Book) -> None:
    made = lecture(book, matter="民法典宣讲", outcome="发放资料")
    outside = lecture(book, at=at(12, "15:00"), person_id=book.person(), place="村委会")
    found = {line.id: line for line in listed(book).lines}
    assert (found[made].person, found[made].duty) == ("张三", "09:00-13:00")
    assert (found[outside].person, found[outside].duty) == ("张三", "")
    assert listed(book).words == "2 次服务 2 件，惠及 90 人"
    with pytest.raises(Refused, match="E244"):
        lecture(book, at=at(12, "15:00"))


def test_q04_one_visit_serves_several_matters(book: Book) -> None:
    number = next(line.number for line in [_record(book)])
    first = lecture(book)
    second = book.desk.do(RecordActivity(kind="协助调解", same_visit_as=first, reached=2, outcome="已和好"))
    third = book.desk.do(
        RecordActivity(kind="代书", same_visit_as=second, document="起诉状", pages=3, number=number)
    )
    found = listed(book)
    assert len({line.visit for line in found.lines}) == 1 and len(found.lines) == 3
    assert {line.village for line in found.lines} == {"西街村"}, "the place stands where it is left out"
    assert found.words == "1 次服务 3 件，惠及 47 人"
    assert next(line for line in found.lines if line.id == third).number == number
    [row] = book.desk.ask(ShowReport("activity_counts", "2022-05")).table.texts
    assert (row[1], row[2], row[-2], row[-1]) == ("西街村", "1", "3", "47")
    assert len(book.desk.ask(ShowReport("activities", "2022-05")).table.texts) == 3


def _record(book: Book) -> Any:
    from app.services.consultations.card import ConsultationCard

    return book.desk.ask(ConsultationCard(book.record(10, "10:00"))).row


def test_q04_a_correction_says_why_and_changes_something(book: Book) -> None:
    made = lecture(book)
    for command, code in (
        (CorrectActivity(id=made, reason=""), "E247"),
        (CorrectActivity(id=made, reason="核对", reached=45), "E248"),
        (CorrectActivity(id=made, reason="核对", reached=0), "E256"),
        (CorrectActivity(id="nothing", reason="核对"), "E257"),
        (CorrectActivity(id=made, reason="核对", number="9999"), "E258"),
        (CorrectActivity(id=made, reason="核对", at=datetime(2022, 5, 21)), "E120"),
    ):
        with pytest.raises(Refused, match=code):
            book.desk.do(command)
    book.desk.do(CorrectActivity(id=made, reason="签到表为 54 人", reached=54))
    [line] = listed(book).lines
    assert (line.reached, line.revision, line.revision_reason) == (54, 2, "签到表为 54 人")
    book.desk.do(CorrectActivity(id=made, reason="日期记错", at=at(12, "12:00")))
    assert listed(book).lines[0].duty == "", "another day is another duty, or none"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "放电影"}, "kind"),
        ({"reached": 0}, "reached"),
        ({"village": "", "place": ""}, "village"),
        ({"kind": "代书"}, "document"),
        ({"village": "村" * 201}, "village"),
        ({"pages": -1}, "pages"),
    ],
)
def test_q04_what_is_missing_stands_beside_its_field(said: dict[str, Any], field: str) -> None:
    entry = replace(ActivityEntry(kind="普法讲座", village="西街村", reached=5), **said)
    with pytest.raises(Refused) as refused:
        judged_activity(entry)
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, "E256")]


def test_q04_found_by_kind_village_and_words_that_one_may_read(book: Book) -> None:
    lecture(book, matter="彩礼纠纷预防")
    lecture(book, kind="协助调解", village="东街村", at=at(10, "12:30"))
    assert [line.kind.value for line in listed(book, kind="协助调解").lines] == ["协助调解"]
    assert [line.village for line in listed(book, words="东街").lines] == ["东街村"]
    assert len(listed(book, words="彩礼").lines) == 1
    leader = accountless(staff("l", "l", "局领导", [Role.leader]))
    assert book.desk.ask(Activities(**MAY, words="彩礼"), leader).lines == ()
    assert book.desk.ask(Activities(**MAY), leader).lines[-1].matter == "（无权查看）"
    with pytest.raises(Refused, match="E001"):
        book.desk.do(RecordActivity(kind="代书", document="诉状"), leader)


def test_q04_a_register_is_imported_once_and_undone(book: Book, tmp_path: Path) -> None:
    headings = ["时间", "站点", "服务人员", "服务内容", "村（社区）", "惠及人数", "文书", "页数"]
    path = sheet(
        tmp_path / "a.xlsx",
        headings,
        ["2022-05-10 10:00", "解州镇", "张三", "普法讲座", "西街村", "45", "", ""],
        ["2022-05-10 11:00", "解州镇", "张三", "代书", "", "", "起诉状", "3"],
        ["2022-05-10 11:00", "解州镇", "张三", "代书", "", "", "起诉状", "3"],
    )
    made = book.desk.do(ImportWorkbook("activities", path))
    assert (made.accepted, made.unchanged, made.refused) == (2, 1, ())
    assert book.desk.do(ImportWorkbook("activities", path)).unchanged == 3
    assert book.desk.do(UndoImport(made.id)) == 2
    assert listed(book).lines == ()
    wrong = sheet(
        tmp_path / "b.xlsx",
        headings,
        ["2022-05-10 10:00", "解州镇", "张三", "普法讲座", "西街村", "许多", "", ""],
        ["2022-05-10 10:00", "解州镇", "张三", "代书", "", "", "", ""],
        ["2022-05-10 10:00", "解州镇", "张三", "放电影", "", "", "", ""],
    )
    refused = book.desk.do(ImportWorkbook("activities", wrong)).refused
    assert [(one.column, one.code) for one in refused] == [
        ("惠及人数", "E467"), ("文书", "E256"), ("服务内容", "E236"),
    ]  # fmt: skip


def test_q04_what_it_was_about_is_erased_and_the_count_stays(book: Book) -> None:
    made = lecture(book, matter="李某家彩礼纠纷", outcome="李某同意退还")
    book.desk.do(ErasePersonalData("activity", made, "本人申请"))
    [line] = listed(book).lines
    assert (line.matter, line.outcome, line.reached) == ("", "", 45)


def test_j14_drafts_count_towards_other_matters(make_desk: Any) -> None:
    desk = make_desk(
        replace(COUNTY, code="3608", name="吉安市司法局", level="市", parent="", pack="jian-2018"), "J"
    )
    desk.clock.go_to(datetime(2018, 5, 20, 9))
    from tests.services.consultation_desk import lawyer

    who = lawyer(desk)
    own = desk.office.identity.own_site
    desk.do(RecordActivity(kind="代书", document="起诉状", person_id=who, site=own))
    desk.do(RecordActivity(kind="普法讲座", village="某村", reached=9, person_id=who, site=own))
    other = desk.ask(TargetsProgress("2018-05")).others[-1]
    assert (other.title, other.done) == ("其他事项", 1), "a lecture is no 件/人次 of 其他事项"


def test_g04_drafts_go_up_in_the_figures(book: Book) -> None:
    book.desk.do(RecordActivity(kind="代书", site=STATION, at=at(10, "10:00"), document="起诉状"))
    book.desk.do(RefreshFigures())
    from sqlalchemy import text

    with book.desk.office.database.reader.connect() as connection:
        assert connection.scalar(text("SELECT drafted FROM site_figure WHERE id = '140802100/2022-05'")) == 1


def test_the_command_lists_records_and_corrects(book: Book) -> None:
    root = book.desk.office.data.root
    book.desk.office.close()

    def call(*words: str) -> Any:
        return Inside(root, COUNTY.password)(*words).document

    place = ("--site", "解州镇", "--at", "2022-05-10 11:00", "--village", "西街村")
    made = call("activity", "record", "普法讲座", *place, "--reached", "30")
    call("activity", "correct", made["id"], "--reason", "漏计", "--reached", "31")
    [one] = call("activity", "list", "--period", "2022-05")
    assert (one["kind"], one["reached"], one["revision"], one["duty"]) == ("普法讲座", 31, 2, "09:00-13:00")
