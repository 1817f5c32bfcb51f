"""A citizen's handwritten name under a record: kept as the pen went, printed, erased with the record (Q02)."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pdfplumber
import pytest
from sqlalchemy import text

from app.errors import Refused
from app.services.consultations.card import ConsultationCard
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.sign_record import PrintRecord, SignRecord
from app.services.erasure.erase_personal_data import ErasePersonalData
from tests.services.conftest import Desk
from tests.services.consultation_desk import lawyer, record

NAME = ((100, 100, 200, 140, 300, 100), (150, 200, 150, 320, 260, 330))


@pytest.fixture
def made(county: Desk) -> str:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    return record(county, person_id=lawyer(county)).id


def drawn_lines(county: Desk, made: str) -> tuple[int, str]:
    """How many lines in ink the paper has, and its words."""
    with pdfplumber.open(io.BytesIO(county.ask(PrintRecord(made)).pdf)) as document:
        [page] = document.pages
        return sum(one["linewidth"] > 1.2 for one in page.lines), page.extract_text()


def test_q02_a_name_is_kept_and_printed_as_it_was_written(county: Desk, made: str) -> None:
    assert county.ask(ConsultationCard(made)).signature is None
    assert drawn_lines(county, made)[0] == 0
    county.do(SignRecord(made, NAME))
    signed = county.ask(ConsultationCard(made)).signature
    assert (signed.at, signed.is_outdated) == (datetime(2022, 5, 12, 9), False)
    lines, words = drawn_lines(county, made)
    assert lines == 6, "two strokes of three points, each ended with a dot"
    for told in ("法律咨询登记表", "李桂花", "工地欠薪三个月", "13800006021", "2022年5月12日"):
        assert told in words


def test_q02_a_later_correction_makes_the_name_one_of_an_older_version(county: Desk, made: str) -> None:
    county.do(SignRecord(made, NAME))
    county.do(CorrectConsultation(id=made, reason="补充", answer="先投诉，不成再仲裁。"))
    assert county.ask(ConsultationCard(made)).signature.is_outdated
    county.clock.go_to(datetime(2022, 5, 12, 9, 5))
    county.do(SignRecord(made, (*NAME, (500, 100, 600, 100))))
    assert not county.ask(ConsultationCard(made)).signature.is_outdated
    assert drawn_lines(county, made)[0] == 8


@pytest.mark.parametrize(
    "strokes",
    [(), ((1, 2),), ((1, 2, 3, 4, 5, 6, 7, 8, 9),), ((1, 2, 3, 4, 5, 6, 7, 1001),), ((1, 2) * 4_001,)],
)
def test_q02_what_is_no_name_is_refused(county: Desk, made: str, strokes: Any) -> None:
    with pytest.raises(Refused, match="E285"):
        county.do(SignRecord(made, strokes))


def test_q02_the_name_is_erased_with_its_record(county: Desk, made: str) -> None:
    county.do(SignRecord(made, NAME))
    county.do(ErasePersonalData("consultation", made, "本人申请"))
    assert county.ask(ConsultationCard(made)).signature is None
    with county.office.database.reader.connect() as connection:
        assert connection.scalar(text("SELECT strokes FROM client_signature")) is None
