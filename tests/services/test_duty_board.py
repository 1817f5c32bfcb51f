"""今日我当班: who sits today, now or later, on screen and on paper (Q12)."""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.services.roster.duty_board import DayBoard, DutyBoard, PrintDutyBoard
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import STATION, Book


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 12, 8))
    made = Book(county)
    made.duty(12, hours="09:00-11:00")
    made.duty(12, who="李四", hours="14:00-17:00", kind="下乡")
    made.duty(12, who="王五", hours="09:00-17:00", kind="值班律师")
    made.duty(13, who="赵六")
    made.publish()
    return made


def board(book: Book, hour: int) -> DayBoard:
    book.desk.clock.go_to(datetime(2022, 5, 12, hour))
    found = book.desk.ask(DutyBoard(STATION))
    assert isinstance(found, DayBoard)
    return found


def test_q12_the_board_follows_the_clock(book: Book) -> None:
    def told(hour: int) -> list[tuple[str, str]]:
        return [(line.name, line.state.value) for line in board(book, hour).lines]

    assert told(9) == [("张三", "正在值班"), ("李四", "稍后值班")], "duty at the court is its organ's affair"
    assert told(12) == [("李四", "稍后值班"), ("张三", "今天已结束")]
    assert told(15) == [("李四", "正在值班"), ("张三", "今天已结束")]
    [first, _] = board(book, 15).lines
    assert (first.place, first.hours) == ("下乡", "14:00-17:00") and "河东律师事务所" in first.about


def test_q12_the_board_is_printed_for_the_door(book: Book) -> None:
    board(book, 9)
    drawn = book.desk.ask(PrintDutyBoard(STATION))
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        [page] = document.pages
        text = page.extract_text()
    assert "今日我当班" in text and "张三" in text and "14:00-17:00" in text and "王五" not in text
    book.desk.clock.go_to(datetime(2022, 5, 14, 9))
    with pdfplumber.open(io.BytesIO(book.desk.ask(PrintDutyBoard(STATION)).pdf)) as document:
        assert "今天没有值班" in document.pages[0].extract_text()


def test_the_command_lists_and_prints(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = book.desk.office.data.root
    book.desk.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)
    out = tmp_path / "a.pdf"
    words = ["huimin", "--data-dir", str(root), "--json", "roster", "board", "--site", "解州镇"]
    monkeypatch.setattr(sys, "argv", [*words, "--file", str(out)])
    assert run(add_commands()) == 0
    told: Any = json.loads(capsys.readouterr().out)
    assert told["lines"] == [] and out.read_bytes().startswith(b"%PDF")
