"""Notes of cases and people of the registers are erased by law, here and wherever they travelled (case 65)."""

from __future__ import annotations

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import FocusEnd, FocusKind, NoteKind
from app.errors import Refused
from app.services.cases.case_card import CaseCard
from app.services.erasure.erase_personal_data import ErasePersonalData, ErasureScope
from app.services.quality.case_notes import CaseNotes
from app.services.quality.focus_people import AddFocusPerson, FocusPeople, RemoveFocusPerson
from app.services.quality.note_case import NoteAtIntake, NoteCase
from tests.exchange.case_scans import CLERK_OF, DAY, desk
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import rows, swap
from tests.exchange.test_exchange_erasure import faults, holds

__all__ = ["county", "station"]
NAME, TOLD, ASKED = "李桂花", "家里欠着外债", "保存期限已满"
WAIVED = {"fee": "诉讼费", "how": "免", "organ": "盐湖区人民法院"}
NUMBER, CARD = "11010519491231002X", "HM-20220007"


def code_of(place: Place, kind: str, key: str) -> str:
    with pytest.raises(Refused) as refusal:
        place.ask(ErasureScope(kind, key))
    return refusal.value.code


@pytest.fixture
def case(station: Place) -> str:
    """Still in hand, with a follow-up that names somebody."""
    made = desk(station).register(DAY)
    station.do(
        NoteAtIntake(case=made, kind=NoteKind.fee_waived, on=DAY, text=f"{NAME}{TOLD}", facts=WAIVED),
        CLERK_OF,
    )
    return made


def test_case_65_notes_go_with_their_case(county: Place, station: Place, case: str) -> None:
    assert code_of(station, "case", case) == "E362"
    desk(station).intake(case, Kind.withdrawn, DAY, by=NAME)
    swap(station, county)
    assert "case_note" in holds(county, TOLD) and "received_personal" in holds(county, TOLD)
    assert "案件记事 1 条（内容）" in station.ask(ErasureScope("case", case)).words
    station.do(ErasePersonalData("case", case, ASKED))
    assert holds(station, NAME) == holds(station, TOLD) == set()
    swap(station, county)
    assert holds(county, NAME) == holds(county, TOLD) == set()
    assert faults(county) == faults(station) == []
    assert [one.on for one in county.ask(CaseNotes(case=case))] == [DAY]


def test_case_65_one_note_is_erased_and_the_case_stays(county: Place, station: Place, case: str) -> None:
    note = station.ask(CaseNotes(case=case))[0].id
    assert code_of(station, "note", note) == "E362" and code_of(station, "note", "x") == "E881"
    desk(station).intake(case, Kind.withdrawn, DAY, by="本人")
    swap(station, county)
    station.do(ErasePersonalData("note", note, ASKED))
    swap(station, county)
    for place in (county, station):
        assert holds(place, NAME) == holds(place, TOLD) == set() and faults(place) == []
    assert station.ask(CaseCard(case)).applicant
    assert code_of(station, "note", note) == "E888"


def test_a_complaint_stays_until_it_is_closed_and_goes_with_its_answers(county: Place) -> None:
    made = desk(county).register(DAY)
    desk(county).intake(made, Kind.withdrawn, DAY, by="本人")
    facts = {"ground": "其他", "by": "来访"}
    asked = county.do(NoteCase(case=made, kind=NoteKind.complaint, on=DAY, who=NAME, text=TOLD, facts=facts))
    assert code_of(county, "case", made) == code_of(county, "note", asked) == "E885"
    county.do(NoteCase(case=made, kind=NoteKind.complaint_rejected, on=DAY, text=TOLD, about=asked))
    county.do(ErasePersonalData("note", asked, ASKED))
    assert holds(county, TOLD) == holds(county, NAME) == set() and faults(county) == []


def test_case_65_somebody_who_left_the_registers_is_erased_everywhere(county: Place, station: Place) -> None:
    told = {"name": NAME, "reason": TOLD, "since": DAY, "id_number": NUMBER, "phone": "13800006021"}
    listed = [
        station.do(AddFocusPerson(kind=kind, card=card, **told), CLERK_OF)
        for kind, card in ((FocusKind.focus, ""), (FocusKind.card, CARD))
    ]
    station.do(AddFocusPerson(kind=FocusKind.focus, name="李桂花花", reason="低保户", since=DAY), CLERK_OF)
    assert code_of(station, "focus", CARD) == "E837"
    for one in listed:
        station.do(RemoveFocusPerson(one, DAY, FocusEnd.moved, f"{NAME}迁往外省"), CLERK_OF)
    swap(station, county)
    for key in (NAME, NUMBER):
        assert "重点人员 2 条（" in station.ask(ErasureScope("focus", key)).words
    assert "重点人员 1 条（" in station.ask(ErasureScope("focus", CARD)).words
    station.do(ErasePersonalData("focus", NAME, ASKED))
    swap(station, county)
    for place in (county, station):
        for words in (NUMBER, CARD, TOLD, "13800006021", "迁往外省"):
            assert holds(place, words) == set(), words
        assert faults(place) == []
        assert len(place.ask(FocusPeople(with_removed=True))) == 3
        assert rows(place, "SELECT count(*) FROM focus_person WHERE name IS NULL") == [(2,)]
    assert code_of(station, "focus", NUMBER) == "E881" and code_of(station, "focus", listed[0]) == "E888"


def test_two_people_of_one_name_are_told_apart(county: Place) -> None:
    for number in (NUMBER, ""):
        county.do(
            AddFocusPerson(kind=FocusKind.focus, name=NAME, reason="低保户", since=DAY, id_number=number)
        )
    assert code_of(county, "focus", NAME) == "E882"
