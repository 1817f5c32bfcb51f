"""The command line of eligibility, assignment, quality and registers as a script sees it."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.services.people.add_person import AddPerson
from app.services.reports.show_report import ShowReport
from tests.services.case_desk import CaseDesk
from tests.services.conftest import COUNTY, Desk


@pytest.fixture
def case(county: Desk) -> str:
    cases = CaseDesk(county)
    cases.today(date(2022, 6, 30))
    made = cases.archived(date(2022, 5, 20))
    cases.granted(date(2022, 6, 1))
    county.do(AddPerson(name="安宁", kind="律师", licence="114082010000001", organisation="条山律师事务所"))
    return cases.card(made).row.number


@pytest.fixture
def huimin(
    case: str, county: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    root = county.office.data.root
    county.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)

    def call(*words: str, expect: int = 0) -> Any:
        monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), "--json", *words])
        code = run(add_commands())
        said = capsys.readouterr()
        assert code == expect, said.err
        return json.loads(said.out) if said.out else said.err

    return call


def test_y13_the_judgement_and_the_countys_figures(huimin: Any) -> None:
    huimin(
        "case",
        "set-means",
        "省定经济困难标准",
        "--from",
        "2022-01-01",
        "--yuan",
        "900",
        "--source",
        "民发1号",
    )
    assert [(one["fen"], one["kind"]) for one in huimin("case", "means")] == [(90000, "省定经济困难标准")]
    found = huimin(
        "case",
        "judge",
        "--matter",
        "抚养费",
        "--member",
        "李四 本人 50 12000 0 0",
        "--on",
        "2022-03-01",
        "--checked",
    )
    assert [one["answer"] for one in found["criteria"]] == ["符合", "不符合", "不符合"]
    assert huimin("case", "judge", "--matter", "劳动报酬", "--group", "农民工")["strip"].startswith("免核查")


def test_j03_candidates_reviewers_and_a_sheet(huimin: Any, case: str) -> None:
    [candidate] = huimin("case", "candidates", case)
    assert (candidate["name"], candidate["load"]) == ("安宁", 0)
    mark = huimin("case", "mark", "名优律师", "--person", candidate["person"], "--since", "2022-01-01")
    assert [one["kind"] for one in huimin("case", "marks")] == ["名优律师"]
    huimin("case", "unmark", mark["id"], "--until", "2022-06-01")
    [reviewer] = huimin("case", "reviewers", case)
    made = huimin(
        "case",
        "score",
        case,
        "--reviewer",
        reviewer["person_id"],
        "--item",
        "文书=40",
        "--item",
        "归档=50",
        "--grade",
        "优秀",
    )
    assert huimin("case", "reviews")[0] | {"id": ""} == {
        "id": "", "number": case, "kind": "一案一评", "on": huimin("case", "reviews")[0]["on"], "reviewer": "安宁",
        "score": 90, "grade": "优秀", "confirmed": False,
    }  # fmt: skip
    assert "E820" in str(huimin("case", "confirm", made["id"], expect=1)), (
        "who entered it does not confirm it"
    )


def test_a07_j10_notes_and_complaints(huimin: Any, case: str) -> None:
    happy = [f"{title}=满意" for title in ("服务态度", "沟通交流", "维护权益", "案件结果", "总体评价")]
    words = [word for one in (*happy, "方式=电话") for word in ("--fact", one)]
    huimin("case", "note", case, "受援人回访", "--who", "张秀兰", *words)
    complaint = huimin(
        "case",
        "note",
        case,
        "投诉",
        "--who",
        "张秀兰",
        "--text",
        "收钱",
        "--fact",
        "投诉事由=有偿办案收取财物",
        "--fact",
        "方式=口头",
    )
    assert [one["kind"] for one in huimin("case", "notes", "--case", case)] == ["投诉", "受援人回访"]
    huimin("case", "note", case, "投诉受理", "--about", complaint["id"])
    assert [one["state"] for one in huimin("case", "complaints", "--open")] == ["已受理"]
    assert "E328" in str(huimin("case", "note", case, "督办", "--fact", "没有=x", expect=1))


def test_g12_y07_draw_province_and_register(huimin: Any, case: str) -> None:
    year = date.today().year
    made = huimin("case", "draw", f"{year + 1}-Q1", "--announce", "--reveal", "种子")
    assert huimin("case", "draw", f"{year + 1}-Q1")["digest"] == made["digest"]
    assert {one["state"] for one in huimin("case", "province")} == {"未录入"}
    assert huimin("case", "rekey", case)[0] == {"title": "援助类型", "value": "民事"}
    person = huimin(
        "focus", "add", "重点对象", "--name", "张秀兰", "--reason", "低保户", "--since", "2022-05-01"
    )
    assert [one["name"] for one in huimin("focus", "list")] == ["张秀兰"]
    huimin("focus", "remove", person["id"], "--because", "脱贫", "--until", "2022-06-01")
    assert huimin("focus", "list") == [] and len(huimin("focus", "list", "--all")) == 1


def test_the_reports_of_quality_show_their_rows(county: Desk, case: str) -> None:
    for key in ("provincial", "case-notes", "case-complaints"):
        assert county.ask(ShowReport(key, "2022-Q2")) is not None
