"""The commands of a month's end as a script sees them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import AFTER_MAY, OTHER, Book

LINE = {"id", "duty_id", "on", "site", "kind", "base_fen", "deductions", "net_fen", "reasons", "adjusts"}


@pytest.fixture
def huimin(county: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    county.clock.go_to(AFTER_MAY)
    book = Book(county)
    book.duty(10)
    book.row(10, "09:10", "13:00")
    book.worked(12, OTHER, "李四")
    book.duty(13, OTHER, "李四")
    book.publish()
    root = county.office.data.root
    county.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), *words])
        code = run(add_commands())
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_y16_settle_json_has_the_documented_shape(huimin: Any, tmp_path: Path) -> None:
    code, out, err = huimin("--json", "settle", "--month", "2022-05", "--out", str(tmp_path / "sheet.xlsx"))
    found = json.loads(out)
    assert code == 0 and set(found) == {"month", "final", "people", "total_fen", "exceptions"}
    assert (found["month"], found["final"], found["total_fen"]) == ("2022-05", False, 55000)
    assert {one["name"]: one["net_fen"] for one in found["people"]} == {"张三": 25000, "李四": 30000}
    lines = [line for one in found["people"] for line in one["lines"]]
    assert all(set(line) == LINE for line in lines)
    [struck] = [line["deductions"] for line in lines if line["deductions"]]
    assert struck == [
        {
            "rule": "D2",
            "clause": "运司通〔2022〕3号 五（二）1（2）",
            "count": 1,
            "fen": 5000,
            "evidence": struck[0]["evidence"],
        }
    ]
    assert [(one["kind"], one["name"], one["on"]) for one in found["exceptions"]] == [
        ("no_sign_in", "李四", "2022-05-13")
    ]
    assert set(found["exceptions"][0]) == {"kind", "on", "site", "name", "text"}
    assert (tmp_path / "sheet.xlsx").exists() and "月报还没有审核通过" in err


def test_p19_settle_final_and_pay_by_command(huimin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert huimin("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-1")[2].startswith("E856 ")
    first = huimin("--json", "settle", "--month", "2022-05", "--final")[1]
    again = huimin("--json", "settle", "--month", "2022-05", "--final")[1]
    assert json.loads(first) == json.loads(again) and json.loads(first)["final"]
    assert huimin("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-1")[2].startswith("E875 ")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", COUNTY.password)
    for name, role in (("zhidan", "reviewer"), ("fuhe", "leader")):
        huimin("--user", "admin", "user", "add", name, "--role", role)
    batch = json.loads(huimin("--user", "zhidan", "--json", "batch", "make", "2022-05")[1])["id"]
    assert huimin("--user", "fuhe", "batch", "check", batch, "return")[2].startswith("E874 ")
    assert huimin("--user", "fuhe", "batch", "check", batch, "approve")[0] == 0
    assert "待付款" in huimin("--user", "fuhe", "batch", "list", "--month", "2022-05")[1]
    for name in ("zhidan", "fuhe"):
        assert huimin("--user", "admin", "user", "disable", name)[0] == 0
    posted = [
        json.loads(huimin("--json", "pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-1")[1])
        for _ in range(2)
    ]
    assert [(len(one["posted"]), one["already_paid"]) for one in posted] == [(2, 0), (0, 2)]
    code, _, err = huimin("pay", "2022-05", "--date", "2022-02-30", "--voucher", "记-1")
    assert code == 1 and err.startswith("E862 ")


def test_p28_submit_and_review_by_command(huimin: Any) -> None:
    code, _, err = huimin("submit", "--month", "2022-05")
    assert code == 1 and err.startswith("E182 ")
    assert json.loads(huimin("--json", "submit", "--month", "2022-05", "--nil")[1])["nil"] is True
    assert json.loads(huimin("--json", "submit", "--month", "2022-05", "--site", "解州镇")[1])["number"] == 1
    assert huimin("review", "解州镇", "2022-05", "return")[2].startswith("E190 ")
    found = json.loads(huimin("--json", "review", "解州镇", "2022-05", "return", "--reason", "缺签退")[1])
    assert (found["site"], found["state"]) == ("140802100", "退回")


def test_reports_are_listed_and_written(huimin: Any, tmp_path: Path) -> None:
    keys = {one["key"] for one in json.loads(huimin("--json", "report")[1])}
    assert {"pay", "targets"} <= keys
    for name in ("pay.xlsx", "targets.pdf"):
        assert (
            huimin("report", name.partition(".")[0], "--period", "2022-05", "--out", str(tmp_path / name))[0]
            == 0
        )
        assert (tmp_path / name).exists()
    assert huimin("report", "nothing", "--period", "2022-05", "--out", str(tmp_path / "x.xlsx"))[
        2
    ].startswith("E506 ")
