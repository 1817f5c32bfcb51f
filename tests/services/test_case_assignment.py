"""Who is assigned: the pool with loads, conflicts, refusals and marks, and the handler linked by the program (J03 G14 G15)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.case_values import CaseEventKind as Kind
from app.case_values import HandlerMark
from app.errors import Refused
from app.models.cases import CaseEventRow
from app.services.cases.choose_handler import AssignmentCandidates, PossibleHandler
from app.services.cases.enter_event import EnterCaseEvent
from app.services.cases.handler_marks import EndHandlerMark, HandlerMarks, SetHandlerMark
from app.services.people.add_person import AddPerson
from tests.services.case_desk import CLERK, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk

MARCH = date(2022, 3, 1)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 3, 30))
    return desk


def person(cases: CaseDesk, name: str, firm: str = "河东律师事务所", **more: object) -> str:
    cases.count += 1
    said = {"kind": "律师", "licence": f"1140820100000{cases.count:04d}", "organisation": firm} | more
    return str(cases.desk.do(AddPerson(name=name, **said)))  # type: ignore[arg-type]


def offered(cases: CaseDesk, case: str, how: str = "轮派") -> list[PossibleHandler]:
    return list(cases.desk.ask(AssignmentCandidates(case, how)))


def assign(
    cases: CaseDesk, case: str, chosen: str, kind: Kind = Kind.assigned, **facts: object
) -> tuple[str, ...]:
    command = EnterCaseEvent(case=case, kind=kind, on=date(2022, 3, 7), facts={"person": chosen, **facts})  # type: ignore[dict-item]
    return tuple(cases.desk.do(command, accountless(REVIEWER)).warnings)


def facts_of(cases: CaseDesk, case: str) -> dict[str, object]:
    with Session(cases.desk.office.database.reader) as session:
        rows = session.scalars(select(CaseEventRow).where(CaseEventRow.case_id == case))
        return next(dict(row.facts) for row in rows if row.kind == "指派")


def test_j03_g15_the_lowest_load_comes_first_or_the_fitting_speciality(cases: CaseDesk) -> None:
    wei = person(cases, "卫明", specialties=("劳动报酬",), practice_since=2012)
    person(cases, "安宁", specialties=("婚姻家庭",))
    person(cases, "邓一", kind="其他非公职")
    assign(cases, cases.granted(MARCH), wei)
    case = cases.granted(MARCH)
    assert [(one.name, one.load, one.is_fitting) for one in offered(cases, case)] == [
        ("安宁", 0, False), ("卫明", 1, True),
    ]  # fmt: skip
    assert [one.name for one in offered(cases, case, "专长")] == ["卫明", "安宁"]
    assert offered(cases, case)[1].tenure == 10
    with pytest.raises(Refused, match="E809"):
        offered(cases, case, "抓阄")


def test_a_firm_of_the_other_side_stands_aside(cases: CaseDesk) -> None:
    person(cases, "卫明", "对方律师事务所")
    person(cases, "杨帆")
    case = cases.granted(MARCH, opposing_firms=("对方律师事务所",))
    first, last = offered(cases, case)
    assert (first.name, last.name) == ("杨帆", "卫明") and "回避" in last.conflict
    with pytest.raises(Refused, match="E308"):
        assign(cases, case, last.person_id)


def test_y19_public_payroll_is_filled_by_the_program_whatever_was_typed(cases: CaseDesk) -> None:
    wei = person(cases, "卫明", is_public_servant=True)
    case = cases.granted(MARCH)
    assign(cases, case, wei, is_public_servant=False, how="轮派")
    assert facts_of(cases, case) == {
        "person": wei, "handler": "卫明", "firm": "河东律师事务所", "handler_kind": "社会律师", "how": "轮派",
        "is_public_servant": True,
    }  # fmt: skip
    named = cases.granted(MARCH)
    typed = {"handler": "卫明", "firm": "河东律师事务所", "handler_kind": "社会律师"}
    cases.step(named, Kind.assigned, date(2022, 3, 7), **typed)
    assert facts_of(cases, named)["person"] == wei, "the name and firm of one of the pool are his"
    other = cases.granted(MARCH)
    cases.step(other, Kind.assigned, date(2022, 3, 7), **typed | {"firm": "别的律师事务所"})
    assert "person" not in facts_of(cases, other), "a namesake of another firm is somebody else"
    with pytest.raises(Refused, match="E805"):
        assign(cases, cases.granted(MARCH), "nobody")


def test_g14_who_refused_before_is_told_and_counted(cases: CaseDesk) -> None:
    wei, yang = person(cases, "卫明"), person(cases, "杨帆")
    case = cases.granted(MARCH)
    assign(cases, case, wei)
    assign(cases, case, yang, Kind.reassigned, why="拖延", refusal_before="一周未联系受援人")
    found = {one.name: one.refused for one in offered(cases, cases.granted(MARCH))}
    assert found == {"卫明": 1, "杨帆": 0}


def test_case_of_grave_crime_warns_below_three_years(cases: CaseDesk) -> None:
    young, old = person(cases, "安宁", practice_since=2021), person(cases, "卫明", practice_since=2010)
    grave = {
        "began_as": Kind.notified_defence,
        "organ": "盐湖区人民法院",
        "letter": "1号",
        "kind": "刑事",
        "ground": "援25-1",
    }
    case = cases.register(MARCH, **grave)
    warned = {one.name: bool(one.warnings) for one in offered(cases, case)}
    assert warned == {"安宁": True, "卫明": False}
    assert any("法律援助法26" in one for one in assign(cases, case, young))
    assert assign(cases, cases.register(MARCH, **grave), old) == ()


def test_g14_named_lawyers_and_mentor_pairs_are_shown(cases: CaseDesk) -> None:
    wei, yang = person(cases, "卫明"), person(cases, "杨帆")
    cases.desk.do(SetHandlerMark(HandlerMark.named, wei, MARCH))
    pair = cases.desk.do(SetHandlerMark(HandlerMark.mentored, yang, MARCH, wei), accountless(REVIEWER))
    with pytest.raises(Refused, match="E807"):
        cases.desk.do(SetHandlerMark(HandlerMark.named, wei, MARCH))
    for wrong in (("名优律师", wei, yang), ("老带新", wei, ""), ("老带新", wei, wei)):
        with pytest.raises(Refused, match="E806"):
            cases.desk.do(SetHandlerMark(HandlerMark(wrong[0]), wrong[1], MARCH, wrong[2]))
    with pytest.raises(Refused, match="E001"):
        cases.desk.do(SetHandlerMark(HandlerMark.named, yang, MARCH), accountless(CLERK))
    marks = {one.name: one.marks for one in offered(cases, cases.granted(MARCH))}
    assert marks == {"卫明": ("名优律师", "老带新：带杨帆"), "杨帆": ("老带新：由卫明带",)}
    assert [(one.name, one.is_short) for one in cases.desk.ask(HandlerMarks())] == [
        ("卫明", True),
        ("杨帆", False),
    ]
    cases.desk.do(EndHandlerMark(pair, MARCH))
    with pytest.raises(Refused, match="E808"):
        cases.desk.do(EndHandlerMark(pair, MARCH))
    assert len(cases.desk.ask(HandlerMarks())) == 1
