"""The self-test finds this machine good, leaves nothing behind, and says in words what is not right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.clock import SystemClock
from app.identity import IdJudgement
from app.paths import DataDir
from app.rules.roster.fill_model import FillAnswer
from app.services.self_test import check, documents, knowledge, machine
from app.services.self_test.check import self_test
from app.services.self_test.wrong import NotRight
from tests.journeys.cli_inside import Inside


def test_everything_is_tried_and_nothing_is_left_behind(tmp_path: Path) -> None:
    data = tmp_path / "用户 甲"
    data.mkdir()
    (data / "office.db").write_bytes(b"as it is")
    found = Inside(data, "")("self-test").document
    keys = {item["key"] for item in found["items"] if item["is_good"]}
    assert found["is_good"] and [path.name for path in data.iterdir()] == ["office.db"]
    assert {
        "parts",
        "knowledge",
        "office",
        "bundle",
        "fonts",
        "workbook",
        "zone",
        "clock",
        "place",
        "disk",
        "writing",
    } == keys


def test_a_data_directory_that_was_not_there_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    self_test(DataDir(tmp_path / "data"), SystemClock())
    assert not list(tmp_path.iterdir())


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes time."""
    for name in (
        "check_parts",
        "check_knowledge",
        "check_office",
        "check_bundle",
        "check_fonts",
        "check_workbook",
    ):
        monkeypatch.setattr(check, name, lambda *_: "好")


def test_one_fault_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise ValueError("没有这个库")

    quick(monkeypatch)
    monkeypatch.setattr(check, "check_zone", broken)
    monkeypatch.setattr(machine, "LEAST_FREE", 2**62)
    found = {item.key: item for item in self_test(DataDir(tmp_path), SystemClock())}
    assert not found["zone"].is_good and "没有这个库" in found["zone"].text
    assert not found["disk"].is_good and "清理" in found["disk"].text
    assert found["writing"].is_good


def test_a_character_without_a_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_SENTENCE", "惠民\U000f1234")
    with pytest.raises(NotRight, match="印不出"):
        documents.check_fonts(SystemClock())


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("WorkCalendar", lambda: Always(), "放假和调休"),
        ("judge_id", lambda _: IdJudgement("", ""), "身份证"),
        ("judge_organisation_code", lambda _: ("x",), "信用代码"),
        ("solve", lambda *_: FillAnswer((), False), "补齐排班"),
    ],
)
def test_what_a_library_does_not_know_is_found(
    monkeypatch: pytest.MonkeyPatch, name: str, answer: Any, words: str
) -> None:
    assert "都算得对" in knowledge.check_knowledge()
    monkeypatch.setattr(knowledge, name, answer)
    with pytest.raises(NotRight, match=words):
        knowledge.check_knowledge()


class Always:
    """A calendar that knows no holidays."""

    def is_workday(self, _day: Any) -> bool:
        return True
