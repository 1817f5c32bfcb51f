"""Cases are found by applicant, initials, 案号 and numbers under the masking rules; what was erased is not found again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models.cases import CaseRecipient, LegalCase
from app.services.cases.case_entry import RecipientEntry
from app.services.cases.case_list import CaseList
from app.services.search.everything import CASE, FindAnything
from app.ui.finding import hit_of
from tests.direct_rows import Write
from tests.services.case_desk import CaseDesk
from tests.services.conftest import Desk

JULY = date(2022, 7, 20)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(JULY)
    return desk


def found(cases: CaseDesk, words: str) -> list[str]:
    listed = [row.id for row in cases.desk.ask(CaseList(words=words)).rows]
    hits = [one.key for one in cases.desk.ask(FindAnything(words)) if one.kind == CASE]
    assert listed == hits
    return hits


def test_a_case_is_found_by_name_initials_and_numbers(cases: CaseDesk) -> None:
    made = cases.granted(date(2022, 6, 1), applicant="柴秀英", phone="13955558888")
    other = cases.register(date(2022, 6, 2), applicant="单明")
    number = cases.card(made).row.number
    for words in ("柴秀", "秀英", "cxy", "xy", number, "〔2022〕", "13955558888", "8888", "1", "2022-0001"):
        assert made in found(cases, words), words
    assert found(cases, "柴秀英") == [made] and found(cases, "sm") == [other]
    for words in ("5888", "555", "1395555888", "9555 5888", "139", '" OR 1', "*"):
        assert made not in found(cases, words), words


def test_a_hit_shows_a_masked_name_and_opens_the_case(cases: CaseDesk) -> None:
    made = cases.register(date(2022, 6, 1), applicant="柴秀英")
    one = next(one for one in cases.desk.ask(FindAnything("柴秀英")) if one.kind == CASE)
    assert "柴**" in one.title and "秀英" not in one.title + one.hint
    assert (hit_of(one).page, hit_of(one).wanted) == ("cases", {"case": made})


def test_a_group_case_is_found_by_every_recipient(cases: CaseDesk) -> None:
    others = (
        RecipientEntry(name="单明亮", id_number="140802197003071226"),
        RecipientEntry(name="解小红"),
    )
    made = cases.register(date(2022, 6, 1), applicant="柴秀英", others=others)
    for words in ("柴秀英", "单明", "明亮", "sml", "解小红", "xxh", "1226", "140802197003071226"):
        assert found(cases, words) == [made], words
    for words in ("英单", "亮解", "7003", "14080219700307"):
        assert not found(cases, words), words
    one = next(one for one in cases.desk.ask(FindAnything("解小红")) if one.kind == CASE)
    assert one.title.endswith("柴** 等 3 人") and "小红" not in one.title + one.hint

    def erase(session: Session) -> None:
        row = session.scalars(select(CaseRecipient).where(CaseRecipient.name == "单明亮")).one()
        row.name = row.id_number = None

    cases.desk.do(Write(erase))
    assert found(cases, "解小红") == [made] and found(cases, "单明亮") == found(cases, "1226") == []
    with cases.desk.office.database.reader.connect() as connection:
        blocks = b"".join(connection.execute(text("SELECT block FROM case_words_data")).scalars())
    assert b"140802197003071226" not in blocks and b"sml" not in blocks


def test_the_newest_come_first_and_at_most_eight(cases: CaseDesk) -> None:
    made = [cases.register(date(2022, 6, day), applicant="柴秀英") for day in range(1, 11)]
    hits = [one.key for one in cases.desk.ask(FindAnything("柴秀英")) if one.kind == CASE]
    assert hits == made[:1:-1]


def test_what_was_erased_is_nowhere_in_the_index(cases: CaseDesk) -> None:
    made = cases.register(date(2022, 6, 1), applicant="柴秀英", phone="13955558888")
    cases.register(date(2022, 6, 2), applicant="单明")

    def erase(session: Session) -> None:
        row = session.get_one(LegalCase, made)
        row.applicant = row.phone = None

    cases.desk.do(Write(erase))
    assert found(cases, "柴秀英") == found(cases, "8888") == []
    with cases.desk.office.database.reader.connect() as connection:
        blocks = b"".join(connection.execute(text("SELECT block FROM case_words_data")).scalars())
    assert b"13955558888" not in blocks and b"cxy" not in blocks
