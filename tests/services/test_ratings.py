"""A client's word is evidence of its own: kept whenever it comes, never changed, and it moves money only once decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.duties import Voided
from app.models.service_desk import ConsultationAudit, ConsultationRating
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.card import ConsultationCard, OpenRecord
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.register import Register
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.money.month_pay import ComputeSettlement
from app.services.office.health import Health
from app.services.office.settings import ChangeSetting
from app.values import Month
from tests.direct_rows import write_rows
from tests.services.conftest import Desk
from tests.services.consultation_desk import LINE, lawyer, sheet
from tests.services.money_book import AFTER_MAY, Book

MAY = Month(2022, 5)
TOLD = ("consultation_rating", "consultation_audit")


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def card(desk: Desk, row_id: str) -> OpenRecord:
    found = desk.ask(ConsultationCard(row_id))
    assert isinstance(found, OpenRecord)
    return found


def test_y17_3_a_rating_that_comes_after_the_lock_is_kept_and_costs_once_it_is_verified(book: Book) -> None:
    book.worked(10)
    made = book.record(10, "10:00", rating="")
    book.finish()
    book.desk.do(RateConsultation(made, "不满意"))
    assert card(book.desk, made).row.rating == "不满意"
    [waiting] = [one for one in book.desk.ask(ExceptionsList(MAY)) if one.id == made]
    assert waiting.may_decide
    june = ComputeSettlement("2022-06")
    assert book.desk.ask(june).lines == (), "nobody has verified it"
    book.desk.do(Decide(made, True, "电话核实属实"))
    [line] = book.desk.ask(june).lines
    assert (line.net_fen, bool(line.adjusts)) == (-5000, True)
    assert book.desk.ask(ComputeSettlement("2022-05")).total_fen == 30000, "what was settled stays"


def test_y06_a_word_taken_down_is_changed_in_an_open_month_only(book: Book) -> None:
    book.worked(10)
    made = book.record(10, "10:00", rating="不满意")
    book.finish()
    with pytest.raises(Refused, match="E111"):
        book.desk.do(RateConsultation(made, "满意", "群众点错"))
    book.desk.do(RateConsultation(made, "不满意"))
    assert len(card(book.desk, made).ratings) == 1, "the same word again says nothing"


def test_y06_a_follow_up_needs_its_words_and_counts_before_the_desk_by_the_packs_reading(book: Book) -> None:
    book.worked(10)
    made = book.record(10, "10:00", rating="不满意")
    with pytest.raises(Refused, match=r"E252.*回访"):
        book.desk.do(RateConsultation(made, "满意", " ", is_follow_up=True))
    book.desk.do(RateConsultation(made, "满意", "6月3日电话回访，已解决", is_follow_up=True))
    assert [(one.rating, one.channel) for one in card(book.desk, made).ratings] == [
        ("不满意", "现场"),
        ("满意", "回访"),
    ]
    assert card(book.desk, made).row.rating == "满意"
    book.desk.do(RateConsultation(made, "基本满意", "群众当面改口"))
    assert card(book.desk, made).row.rating == "满意", "a later word at the desk does not replace it"
    book.desk.do(ChangeSetting("pack.follow_up_replaces_desk", "否", "市局口径"))
    assert card(book.desk, made).row.rating == "基本满意"
    page = book.desk.ask(Register(first=date(2022, 5, 1), last=date(2022, 5, 31), sort="rating"))
    assert [row.rating for row in page.rows] == ["基本满意"] and (page.rated, page.satisfied) == (1, 1)


@pytest.mark.parametrize("name", TOLD)
def test_ratings_and_audits_are_not_deleted_past_the_program(book: Book, name: str) -> None:
    book.worked(10)
    made = book.record(10, "10:00")
    book.desk.do(AuditConsultation((made,), "不规范", "答复不当"))
    writer = book.desk.office.database.writer
    with pytest.raises(DatabaseError, match="kept as they are"), writer.begin() as connection:
        connection.execute(text(f"DELETE FROM {name}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consultation_rating SET rating = '不满意'",
        "UPDATE consultation_rating SET reason = '改写'",
        "INSERT OR REPLACE INTO consultation_rating SELECT * FROM consultation_rating",
    ],
)
def test_y06_a_rating_is_never_edited(book: Book, statement: str) -> None:
    book.worked(10)
    book.record(10, "10:00")
    writer = book.desk.office.database.writer
    with pytest.raises(DatabaseError, match="kept as they are"), writer.begin() as connection:
        connection.execute(text(statement))
    with writer.begin() as connection:
        connection.execute(text("UPDATE consultation_rating SET reason = NULL"))


def test_p43_ratings_and_audits_of_an_undone_import_stay_voided_with_the_reason(
    county: Desk, tmp_path: Path
) -> None:
    lawyer(county)
    made = county.do(ImportWorkbook("consultations", sheet(tmp_path / "a.xlsx", LINE)))
    [row] = county.ask(Register()).rows
    assert (row.rating, row.audit) == ("满意", LINE["审核结果"])
    assert county.do(UndoImport(made.id)) == 3
    with Session(county.office.database.reader) as session:
        kept = {
            one.id
            for table in (ConsultationRating, ConsultationAudit)
            for one in session.scalars(select(table))
        }
        voids = [one for one in session.scalars(select(Voided)) if one.table in TOLD]
    assert len(kept) == 2 and {one.row_id for one in voids} == kept
    assert {one.reason for one in voids} == {f"撤销导入 {made.id}"}
    found = card(county, row.id)
    assert (found.ratings, found.audits, found.row.rating, found.row.audit) == ((), (), "", "")
    assert [item.key for item in county.ask(Health()) if not item.is_good] == ["backups"]


def test_p43_a_record_that_was_rated_since_keeps_its_import(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    made = county.do(ImportWorkbook("consultations", sheet(tmp_path / "a.xlsx", LINE | {"满意度": ""})))
    [row] = county.ask(Register()).rows
    county.do(RateConsultation(row.id, "满意"))
    with pytest.raises(Refused, match=r"E234.*评价"):
        county.do(UndoImport(made.id))


def test_q13_a_voided_audit_makes_no_record_faulty(county: Desk, tmp_path: Path) -> None:
    """The record stays where only its audit was taken back, as by a bundle."""
    person = lawyer(county)
    county.do(ImportWorkbook("consultations", sheet(tmp_path / "a.xlsx", LINE | {"审核结果": "不规范"})))
    asked = Register(person_id=person, is_faulty_only=True)
    assert len(county.ask(asked).rows) == 1
    with Session(county.office.database.reader) as session:
        audit = session.scalars(select(ConsultationAudit)).one()
    write_rows(
        county.office,
        Voided(
            writer=audit.writer, site=audit.site, table="consultation_audit", row_id=audit.id,
            reason="误录", voided_by="", voided_at=county.clock.at,
        ),
    )  # fmt: skip
    assert county.ask(asked).rows == ()
    [row] = county.ask(Register(is_unaudited_only=True)).rows
    assert row.audit == ""
