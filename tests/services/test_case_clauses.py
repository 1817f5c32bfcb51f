"""Clauses about cases that no other test shows: what comes after closing, major cases, complaints, tiers, moves between offices."""

from __future__ import annotations

from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState, NoteKind
from app.errors import Refused
from app.kernel.packs import load_pack
from app.services.quality.case_notes import CaseComplaints, CaseNotes
from app.services.quality.note_case import NoteAtIntake, NoteCase
from tests.services.case_desk import CLERK, LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def note(cases: CaseDesk, case: str, kind: NoteKind, **said: object) -> str:
    return str(cases.desk.do(NoteCase(case=case, kind=kind, **said), accountless(REVIEWER)))  # type: ignore[arg-type]


def noted(cases: CaseDesk, case: str) -> set[NoteKind]:
    return {one.kind for one in cases.desk.ask(CaseNotes(case=case))}


def test_g06_judgment_enforcement_and_assets_are_followed_after_closing_only(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    after: dict[NoteKind, dict[str, object]] = {
        NoteKind.explained: {"text": "释明判决主文和上诉期限"},
        NoteKind.enforcement: {"facts": {"state": "部分履行", "recovered_fen": 50000}},
        NoteKind.asset_clue: {"text": "被告名下有一辆货车"},
        NoteKind.enforcement_applied: {"facts": {"court": "盐湖区人民法院"}},
    }
    for kind, said in after.items():
        with pytest.raises(Refused, match="E814"):
            note(cases, case, kind, **said)
    cases.step(case, Kind.assigned, date(2022, 6, 7), **LAWYER)
    cases.step(case, Kind.contracted, date(2022, 6, 8))
    cases.step(case, Kind.closed, date(2022, 6, 20), result="胜诉", paper_on="2022-06-20")
    for kind, said in after.items():
        note(cases, case, kind, **said)
    assert noted(cases, case) == set(after)


def test_g13_a_major_case_is_discussed_tracked_heard_and_supervised(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    note(cases, case, NoteKind.major, facts={"why": "群体性"}, text="涉及四十名工人")
    note(cases, case, NoteKind.discussed, who="局务会", text="指派两名律师")
    heard = {"court": "盐湖区人民法院", "preparation": "好", "hearing": "好"}
    note(cases, case, NoteKind.observed, who="赵验", text="旁听一审", facts=heard)
    note(cases, case, NoteKind.supervised, who="局长", text="一周内办", facts={"due_on": "2022-07-08"})
    wanted = {NoteKind.major, NoteKind.discussed, NoteKind.observed, NoteKind.supervised}
    assert noted(cases, case) == wanted
    with pytest.raises(Refused, match="E812"):
        note(cases, case, NoteKind.major, facts={"why": "一般"}, text="不在所列之内")
    measures = load_pack("ganyu-2021").lists["major_case_measures"].items
    assert [one.value for one in measures] == ["集体讨论", "全程跟踪", "庭审旁听", "重点督办"]


def test_a10_a_complaint_has_limits_and_is_shown_overdue_until_it_is_answered(cases: CaseDesk) -> None:
    promises = load_pack("anqing-2023").lists["promises"].items
    assert "限时办结制" in str(promises) and "投诉工作机制" in str(promises)
    case = cases.granted(date(2022, 6, 1))
    said = NoteAtIntake(
        case=case,
        kind=NoteKind.complaint,
        on=date(2022, 6, 6),
        who="张秀兰",
        text="律师两周没有联系",
        facts={"ground": "拖延懈怠", "by": "来电"},
    )
    complaint = str(cases.desk.do(said, accountless(CLERK)))
    [waiting] = cases.desk.ask(CaseComplaints(is_open_only=True))
    assert (waiting.clock.due, waiting.clock.state.value) == (date(2022, 6, 13), "已超期")
    note(cases, case, NoteKind.complaint_accepted, about=complaint)
    note(
        cases, case, NoteKind.complaint_closed, about=complaint, text="已批评", facts={"outcome": "批评整改"}
    )
    assert cases.desk.ask(CaseComplaints(is_open_only=True)) == ()


def test_a04_the_document_names_the_tiers_and_a_case_is_given_to_the_other_office_once(
    cases: CaseDesk,
) -> None:
    lists = load_pack("anqing-2023").lists
    assert len(lists["tiered_matters"].items) == 9
    assert "一审：县" in str(lists["tiers"].items[0]) and "二审：市" in str(lists["tiers"].items[1])
    assert len(lists["rebalancing"].items) == 2
    case = cases.register(date(2022, 6, 1))
    assert (
        cases.step(case, Kind.moved, date(2022, 6, 2), to="运城市司法局", why="二审") is CaseState.transferred
    )
    with pytest.raises(Refused, match="E310"):
        cases.step(case, Kind.moved, date(2022, 6, 3), to="运城市司法局", why="二审")
