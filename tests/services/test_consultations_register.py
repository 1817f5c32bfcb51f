"""The register, audits, the answer card and the ledger."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.records import JournalEntry
from app.services.consultations.answer_card import AnswerCard
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.card import HIDDEN, ConsultationCard
from app.services.consultations.register import Register
from app.services.office.settings import ChangeSetting
from app.services.reports.export_report import ExportReport
from app.services.security.accounts import AddAccount
from app.services.security.reveal import Reveal
from tests.services.conftest import Desk
from tests.services.consultation_desk import CENTRE, ELDER, cells, lawyer, record

pytestmark = pytest.mark.both_engines


def fill(desk: Desk) -> tuple[str, ...]:
    """Three records of May 2022: whole, lacking its answer, of another client."""
    person = lawyer(desk)
    made = (
        record(desk, person_id=person, at=datetime(2022, 5, 8, 9, 0), id_number=ELDER, rating="满意"),
        record(desk, person_id=person, at=datetime(2022, 5, 9, 9, 0), answer="", topics=("劳动", "社会保障")),
        record(
            desk,
            person_id=person,
            at=datetime(2022, 5, 9, 10, 0),
            client_name="张三",
            phone="13911112222",
            groups=("残疾人",),
            rating="不满意",
        ),
    )
    return tuple(one.id for one in made)


def test_y10_the_register_is_masked_counted_and_newest_first(county: Desk) -> None:
    first, second, third = fill(county)
    page = county.ask(Register(site=CENTRE, first=date(2022, 5, 1), last=date(2022, 5, 31)))
    assert [row.id for row in page.rows] == [third, second, first]
    assert (page.total, page.topics, page.faulty, page.rated, page.satisfied) == (3, 4, 1, 2, 1)
    row = page.rows[-1]
    assert (row.client, row.phone, row.id_number, row.person) == (
        "李**",
        "138****6021",
        "1408**********2040",
        "卫明",
    )
    assert "李桂花" not in repr(page) and "13800006021" not in repr(page) and ELDER not in repr(page)


@pytest.mark.parametrize(("asked", "found"), [
    ({"words": "张三"}, [2]), ({"words": "6021"}, [1, 0]), ({"words": "0002"}, [1]), ({"topic": "社会保障"}, [1]),
    ({"group": "残疾人"}, [2]), ({"is_faulty_only": True}, [1]), ({"first": date(2022, 5, 9), "limit": 1}, [2]),
    ({"first": date(2022, 5, 9), "limit": 1, "offset": 1}, [1]), ({"last": date(2022, 5, 8)}, [0]),
    ({"words": "%"}, []), ({"sort": "number", "is_descending": False}, [0, 1, 2]), ({"words": "2040"}, [0]),
    ({"site": "解州镇"}, []),
])  # fmt: skip
def test_y10_the_register_is_found_by_words_topic_group_and_faults(
    county: Desk, asked: dict, found: list[int]
) -> None:
    ids = fill(county)
    assert [ids.index(row.id) for row in county.ask(Register(**asked)).rows] == found


def test_q02_numbers_are_shown_in_clear_only_on_record(county: Desk) -> None:
    first, *_ = fill(county)
    card = county.ask(ConsultationCard(first))
    assert card.client_name == "李桂花" and card.age == 72
    assert card.revealable == (("phone", "联系电话"), ("id_number", "证件号"))
    assert ELDER not in repr(card) and "13800006021" not in repr(card)
    assert county.do(Reveal("consultation", first, "phone", "联系本人")) == "13800006021"
    with Session(county.office.database.reader) as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert (entry.subjects, entry.why) == ([f"consultation/{first}/phone"], "联系本人")


def test_q02_those_without_the_right_see_no_words_of_a_client(county: Desk) -> None:
    first, *_ = fill(county)
    county.do(AddAccount("cash", "Cash-2022", ("财务",), "贺志强"))
    card = county.ask(ConsultationCard(first), county.office.login("cash", "Cash-2022"))
    assert (card.client_name, card.content, card.revealable, card.versions) == ("李**", HIDDEN, (), ())


def test_q13_an_audit_needs_its_reason_and_the_newest_counts(county: Desk) -> None:
    first, second, third = fill(county)
    with pytest.raises(Refused, match="E250"):
        county.do(AuditConsultation((first,), "不规范"))
    with pytest.raises(Refused, match="E250"):
        county.do(AuditConsultation((), "合格"))
    assert county.do(AuditConsultation((first, third), "不规范", "答复与事项不符")) == 2
    assert county.do(AuditConsultation((first,), "不规范", "答复与事项不符")) == 0
    assert {row.id for row in county.ask(Register(is_faulty_only=True)).rows} == {first, second, third}
    assert [row.id for row in county.ask(Register(is_unaudited_only=True)).rows] == [second]
    assert county.do(AuditConsultation((first,), "合格")) == 1
    faulty = county.ask(Register(is_faulty_only=True))
    assert {row.id for row in faulty.rows} == {second, third} and faulty.faulty == 2
    assert [one.result for one in county.ask(ConsultationCard(first)).audits] == ["不规范", "合格"]


def test_q13_the_setting_says_whether_a_station_audits(station: Desk) -> None:
    made = record(station, person_id=lawyer(station))
    assert station.do(AuditConsultation((made.id,), "合格")) == 1
    station.do(ChangeSetting("audit_by", "bureau"))
    with pytest.raises(Refused, match="E251"):
        station.do(AuditConsultation((made.id,), "缺项", "缺答复"))
    station.do(AddAccount("clerk", "Clerk-2022", ("工作人员",), "柴秀英"))
    with pytest.raises(Refused, match="E001"):
        station.do(AuditConsultation((made.id,), "合格"), station.office.login("clerk", "Clerk-2022"))


def test_q07_the_answer_card_is_drawn_without_numbers_of_the_client(county: Desk) -> None:
    from app.documents.preview import page_count

    made = record(
        county, person_id=lawyer(county), id_number=ELDER, is_aid_mentioned=True, answer="先投诉。" * 400
    )
    drawn = county.ask(AnswerCard(made.id))
    assert page_count(drawn.pdf) >= 2 and drawn.file_name == "答复卡 0001.pdf"


def test_y17_the_ledger_tells_what_is_missing_and_how_it_was_found(county: Desk, tmp_path: Path) -> None:
    first, *_ = fill(county)
    county.do(AuditConsultation((first,), "不规范", "答复与事项不符"))
    county.do(ExportReport("consultations", "2022-05", tmp_path / "ledger.xlsx"))
    table = cells(tmp_path / "ledger.xlsx")
    heads = next(row for row in table if "编号" in row)
    lines = [dict(zip(heads, row, strict=False)) for row in table[table.index(heads) + 1 :]]
    by_number = {line["编号"]: line for line in lines}
    assert (by_number["0001"]["审核结果"], by_number["0002"]["缺项"], by_number["0003"]["满意度"]) == (
        "不规范",
        "答复意见",
        "不满意",
    )
    assert by_number["0001"]["时间"] == "2022-05-08 09:00:00"
    assert not any(word in str(table) for word in ("李桂花", ELDER, "13800006021"))


def test_p42_the_masked_paper_stays_text_in_the_workbook(county: Desk, tmp_path: Path) -> None:
    fill(county)
    county.do(ExportReport("consultations", "2022-05", tmp_path / "ledger.xlsx"))
    assert all(not isinstance(value, float) for row in cells(tmp_path / "ledger.xlsx") for value in row)
