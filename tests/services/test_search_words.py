"""The full-text index: it follows every change in the same transaction, gives no number away and forgets what was erased."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.search_tokens import tokens
from app.models.service_desk import Consultation
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.security.accounts import AddAccount
from tests.direct_rows import Write, write_rows
from tests.services.conftest import Desk
from tests.services.consultation_desk import CENTRE, HEADINGS, lawyer, record, sheet

PHONE = "13955558888"


def ids(desk: Desk, words: str, **more: Any) -> list[str]:
    return [row.id for row in desk.ask(Register(words=words, **more)).rows]


def fill(desk: Desk, **changes: Any) -> str:
    return str(record(desk, person_id=lawyer(desk), at=datetime(2022, 5, 9, 9, 0), **changes).id)


def parts_of_index(desk: Desk) -> bytes:
    """Everything the index has stored, its pages one after another."""
    with desk.office.database.reader.connect() as connection:
        return b"".join(connection.execute(text("SELECT block FROM consultation_words_data")).scalars())


def erase(desk: Desk, row_id: str) -> None:
    """As a lawful erasure does it: every personal column emptied."""

    def act(session: Session) -> None:
        columns = ("client_name", "sex", "phone", "id_number", "village", "content", "answer")
        row = session.get(Consultation, row_id)
        for name in columns:
            setattr(row, name, None)

    desk.do(Write(act))


def test_a_correction_is_found_by_its_new_words_only(county: Desk) -> None:
    made = fill(county)
    assert ids(county, "欠薪") == [made]
    county.do(CorrectConsultation(id=made, reason="写错了", content="离婚财产。", topics=("婚姻家庭",)))
    assert (ids(county, "欠薪"), ids(county, "财产"), ids(county, "李桂花")) == ([], [made], [made])


def test_a_time_that_changes_moves_the_record(county: Desk) -> None:
    made = fill(county)
    other = record(county, person_id=lawyer(county, "单明", 2), at=datetime(2022, 5, 8, 9, 0)).id
    assert ids(county, "薪") == [made, other]
    county.do(
        Write(lambda s: s.execute(text("UPDATE consultation SET at = '2022-05-07T01:00:00.000000Z' WHERE id = :id"), {"id": made}))
    )  # fmt: skip
    assert ids(county, "薪") == [other, made]


def test_a_month_s_words_are_looked_for_in_the_month_only(county: Desk) -> None:
    made = fill(county)
    may, june = date(2022, 5, 1), date(2022, 6, 1)
    assert ids(county, "薪", first=may, last=date(2022, 5, 31)) == [made]
    assert ids(county, "薪", first=date(2022, 5, 9), last=date(2022, 5, 9)) == [made]
    assert ids(county, "薪", first=june) == ids(county, "薪", last=date(2022, 5, 8)) == []
    assert ids(county, "薪", site=CENTRE) == [made] and ids(county, "薪", site="解州镇") == []


def test_an_imported_sheet_is_found_and_an_undone_one_is_not(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    row = {
        "时间": "2022-05-02 10:00",
        "站点": CENTRE,
        "值班人员": "卫明",
        "咨询人": "周芳",
        "咨询内容": "宅基地纠纷",
    }
    path = sheet(tmp_path / "a.xlsx", {one: row.get(one, "") for one in HEADINGS} | row)
    report = county.do(ImportWorkbook("consultations", path))
    assert report.accepted == 1, report
    assert len(ids(county, "宅基地")) == len(ids(county, "zf")) == 1
    county.do(UndoImport(report.id))
    assert ids(county, "宅基地") == []


def test_rows_written_in_bulk_are_indexed_with_them(county: Desk) -> None:
    made = fill(county)
    with Session(county.office.database.reader) as session:
        like = session.get(Consultation, made)
        values = {column.name: getattr(like, column.key) for column in Consultation.__table__.columns}
    rows = [
        Consultation(**values | {"id": f"x{n}", "serial": n + 2, "number": f"{n + 2:04d}"})
        for n in range(1100)
    ]
    write_rows(county.office, *rows)
    page = county.ask(Register(words="欠薪"))
    assert (page.total, page.is_more, len(page.rows)) == (1000, True, 100)
    assert county.ask(Register(words="欠薪", first=date(2022, 5, 1), last=date(2022, 5, 31))).total == 1101
    assert county.ask(Register()).is_more


def test_a_row_changed_outside_waits_for_the_next_transaction(county: Desk) -> None:
    made = fill(county)
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE consultation SET content = '遗嘱' WHERE id = :id"), {"id": made})
        assert connection.execute(text("SELECT count(*) FROM unindexed")).scalar() == 1
    record(county, person_id=lawyer(county, "单明", 2), content="遗产")
    with county.office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM unindexed")).scalar() == 0
    assert ids(county, "遗嘱") == [] and made in ids(county, "欠薪"), "set right, and the index with it"


def test_case_65_nothing_of_an_erased_record_stays_in_the_index(county: Desk) -> None:
    made = fill(county, client_name="欧阳若兰", phone=PHONE, content=f"甪直镇宅基地，电话{PHONE}")
    other = record(county, person_id=lawyer(county, "单明", 2), content="离婚").id
    marks = [f"{ord(sign):x}".encode() for sign in "甪若"] + [f"w{PHONE}".encode(), b"l8888", b"oyrl"]
    held = parts_of_index(county)
    assert all(mark in held for mark in (f"{ord('甪'):x}".encode(), f"w{PHONE}".encode()))
    erase(county, made)
    held = parts_of_index(county)
    assert not [mark for mark in marks if mark in held]
    assert ids(county, "欧阳") == ids(county, "甪直") == ids(county, PHONE) == []
    assert ids(county, "离婚") == [other] and made in ids(county, "劳动")


def test_q02_what_was_said_is_found_only_by_those_who_may_read_it(county: Desk) -> None:
    made = fill(county)
    county.do(AddAccount("cash", "Cash-2022", ("财务",), "贺志强"))
    cashier = county.office.login("cash", "Cash-2022")
    assert [row.id for row in county.ask(Register(words="劳动"), cashier).rows] == [made]
    assert county.ask(Register(words="欠薪"), cashier).rows == ()


@pytest.mark.parametrize("written", [PHONE, "139-5555-8888", "139 5555 8888"])
def test_q02_a_number_in_what_was_said_is_found_whole_or_by_its_last_four(county: Desk, written: str) -> None:
    made = fill(county, content=f"请打{written}找他，欠3500元")
    parts = {PHONE[a:b] for a in range(len(PHONE)) for b in range(a + 1, len(PHONE) + 1)}
    assert {part for part in parts if ids(county, part)} == {PHONE, "8888", "1"}, (
        "1 is the register's own number"
    )
    assert ids(county, "欠3500元") == ids(county, "3500") == [made]
    assert ids(county, "35") == [] and ids(county, "打找") == []


@pytest.mark.parametrize("words", ['"', "a OR b", "NEAR(薪 月)", "content : 薪", "薪*", "-薪", "^薪", "()"])
def test_nothing_typed_is_an_operator(county: Desk, words: str) -> None:
    fill(county)
    assert isinstance(ids(county, words), list)


def test_every_character_is_a_token_rare_ones_too_and_a_run_of_digits_one() -> None:
    assert tokens("Ａ欠3500元，𠮷") == ["a", "6b20", "3500", "5143", "20bb7"]
