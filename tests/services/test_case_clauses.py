"""What single clauses of the documents ask of cases, each asserted on a real office (A04 A08 A10 G06 G10 G13 J16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState, NoteKind
from app.kernel.packs import load_pack
from app.rules.cases.clock_rules import clock_settings
from app.services.cases.judge_application import TIER_TITLE, JudgeApplication
from app.services.office.set_up import NewOffice
from app.services.quality.case_notes import CaseComplaints, CaseNotes
from app.services.reports.show_report import ShowReport
from tests.services.case_desk import CLERK, CaseDesk
from tests.services.conftest import Desk
from tests.services.test_case_quality import note

ANQING = "anqing-2023"
YIXIU = "340811"


@pytest.fixture
def yixiu(make_desk: Callable[..., Desk]) -> Desk:
    """A county of 安庆, which handles cases for a zone."""
    new = NewOffice(
        code=YIXIU,
        name="宜秀区司法局",
        level="县",
        parent="",
        pack=ANQING,
        admin="admin",
        password="Password-2023",
    )
    return make_desk(new, "yixiu")


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def report(desk: Desk, key: str, period: str = "2022") -> dict[str, tuple[str, ...]]:
    """First two cells that tell a row apart → its texts."""
    return {
        row[0] if key == "agent-zones" else row[1]: row
        for row in desk.ask(ShowReport(key, period)).table.texts
    }


def test_a04_a_case_of_the_second_instance_is_told_to_belong_to_the_city(yixiu: Desk) -> None:
    asked = JudgeApplication(matter="土地承包", ground="援31", stage="二审")
    belongs = [one for one in yixiu.ask(asked).criteria if one.title == TIER_TITLE]
    assert [one.answer for one in belongs] == ["转办"] and "市法律援助中心" in belongs[0].text
    first = yixiu.ask(JudgeApplication(matter="土地承包", ground="援31", stage="一审"))
    assert [one.answer for one in first.criteria if one.title == TIER_TITLE] == ["本单位"]


def test_a08_cases_for_a_zone_keep_their_origin_and_are_counted_with_their_cost(yixiu: Desk) -> None:
    desk = CaseDesk(yixiu)
    desk.today(date(2023, 6, 30))
    desk.archived(date(2023, 5, 20), agent_zone="经开区菱北办事处")
    desk.archived(date(2023, 5, 20))
    row = report(yixiu, "agent-zones", "2023")["经开区菱北办事处"]
    assert row[1:5] == ("宜秀区", "1", "1", "1") and row[5] == "0.00"
    assert {"经开区老峰镇", "高新区山口乡"} <= set(report(yixiu, "agent-zones", "2023"))


def test_a10_promises_are_the_document_s_and_a_complaint_has_its_days(cases: CaseDesk) -> None:
    assert load_pack(ANQING).lists["promises"].words == (
        "服务承诺制",
        "首问负责制",
        "限时办结制",
        "投诉工作机制",
    )
    settings = clock_settings(load_pack(ANQING))
    assert (settings.complaint_accept_workdays, settings.complaint_close_days) == (5, 45)
    case = cases.granted(date(2022, 6, 1))
    note(
        cases,
        case,
        NoteKind.complaint,
        on=date(2022, 6, 20),
        who="王某",
        text="拖着不办",
        facts={"ground": "拖延懈怠", "by": "来访"},
    )
    [line] = cases.desk.ask(CaseComplaints())
    assert line.clock is not None and line.clock.due == date(2022, 6, 27), "five working days"


def test_g06_after_closing_the_judgment_is_explained_enforcement_and_clues_are_noted(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    note(cases, case, NoteKind.explained, by=CLERK, on=date(2022, 6, 1), text="讲解判决，告知申请执行的期限")
    note(
        cases, case, NoteKind.enforcement, by=CLERK, on=date(2022, 6, 10),
        facts={"state": "部分履行", "recovered_fen": 1_200_000},
    )  # fmt: skip
    note(cases, case, NoteKind.asset_clue, by=CLERK, on=date(2022, 6, 11), text="名下有一辆货车")
    kinds = [one.kind for one in cases.desk.ask(CaseNotes(case=case))]
    assert {NoteKind.explained, NoteKind.enforcement, NoteKind.asset_clue} <= set(kinds)
    assert report(cases.desk, "statistics")["挽回损失或取得利益"][2] == "1.2000"


def test_g10_a_case_handed_on_is_one_case(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    cases.step(case, Kind.transferred, date(2022, 6, 10), to="临猗县法律援助中心", why="便于受援人")
    assert cases.card(case).row.state is CaseState.transferred
    assert report(cases.desk, "statistics")["批准案件"][2] == "1"


def test_g13_a_major_case_is_discussed_observed_and_supervised_on_record(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    note(cases, case, NoteKind.major, on=date(2022, 6, 7), text="涉三十人", facts={"why": "群体性"})
    note(
        cases, case, NoteKind.discussed, on=date(2022, 6, 8), who="李审查、王主任", text="集体讨论，一致同意"
    )
    note(cases, case, NoteKind.supervised, on=date(2022, 6, 9), who="王主任", text="每周报告进展")
    note(
        cases,
        case,
        NoteKind.observed,
        on=date(2022, 6, 20),
        who="赵验",
        text="旁听",
        facts={"court": "盐湖区法院", "preparation": "好", "hearing": "较好"},
    )
    texts = cases.desk.ask(ShowReport("case-notes", "2022-06")).table.texts
    assert [row[2] for row in texts] == [one.value for one in (
        NoteKind.major, NoteKind.discussed, NoteKind.supervised, NoteKind.observed
    )]  # fmt: skip


def test_j16_the_statistics_count_each_case_once_and_sum_to_the_whole(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    cases.granted(date(2022, 6, 1), kind="行政", matter="劳动报酬")
    cases.granted(date(2022, 6, 2), form="非诉讼", matter="劳动报酬协议公证")
    found = report(cases.desk, "statistics")
    assert found["批准案件"][2:] == ("3", "件", "等于以下各项之和")
    assert [found[one][2] for one in ("民事诉讼", "行政诉讼", "公证援助", "申诉")] == ["1", "1", "1", "0"]
    assert [found[one][2] for one in ("办结案件", "归档案件", "受援人")] == ["1", "1", "3"]
