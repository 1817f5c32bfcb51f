"""The command line for accounts, sites, people and packs: plain words, JSON, refusals with their code."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.errors import Refused
from app.paths import DataDir
from app.services.office.set_up import make_office
from app.services.people.add_person import AddPerson
from app.services.security.accounts import Accounts, AddAccount
from tests.services.conftest import COUNTY, Desk

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(county: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs `huimin` on the county's office; exit code, stdout, stderr."""
    monkeypatch.setenv("HUIMIN_PASSWORD", COUNTY.password)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(
            "sys.argv", ["huimin", "--data-dir", str(county.office.data.root), "--user", "admin", *words]
        )
        code = run(add_commands())
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def parsed(answer: tuple[int, str, str]) -> Any:
    assert answer[0] == 0, answer[2]
    return json.loads(answer[1])


def test_accounts_by_the_command_line(
    cli: Cli, county: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", "First-2022")
    assert cli("user", "add", "clerk", "--role", "审核员", "--role", "cashier")[0] == 0
    assert county.office.login("clerk", "First-2022").name == "clerk"
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", "Other-2022")
    assert cli("user", "reset", "clerk")[0] == 0
    assert county.office.login("clerk", "Other-2022").name == "clerk"
    (tmp_path / "new.txt").write_text("Third-2022\n", "utf-8")
    assert cli("user", "reset", "clerk", "--new-password-file", str(tmp_path / "new.txt"))[0] == 0
    assert county.office.login("clerk", "Third-2022").name == "clerk"
    assert parsed(cli("--json", "user", "disable", "clerk")) == {"name": "clerk", "is_active": False}
    assert [(one.roles, one.is_active) for one in county.ask(Accounts())][1] == (("审核员", "财务"), False)
    code, out, err = cli("--json", "user", "add", "x", "--role", "皇帝")
    assert (code, out, err[:4]) == (1, "", "E009")
    assert cli("user", "disable", "nobody")[2].startswith("E011")


def test_an_account_never_takes_the_password_of_whoever_adds_it(
    cli: Cli, county: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, out, err = cli("user", "add", "clerk")
    assert (code, out) == (1, "") and err.startswith("E015") and "HUIMIN_NEW_PASSWORD" in err
    assert [account.name for account in county.ask(Accounts())] == ["admin"]
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", "First-2022")
    assert cli("user", "add", "clerk")[0] == 0
    monkeypatch.delenv("HUIMIN_NEW_PASSWORD")
    assert cli("user", "reset", "clerk")[2].startswith("E015")
    assert county.office.login("clerk", "First-2022").name == "clerk"


@pytest.mark.parametrize("name", ["两\n行", "a\tb", "a\u202eb", "a\u200bb", "a\x07", "a  b", " a", "名" * 41])
def test_a_name_is_one_plain_line_of_at_most_forty_characters(
    cli: Cli, county: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", "First-2022")
    assert cli("user", "add", name)[2].startswith("E010")
    assert cli("user", "add", "clerk", "--title", name.strip() + "\u202e")[2].startswith("E010")
    with pytest.raises(Refused, match="E010"):
        county.do(AddAccount(name, "First-2022"))
    with pytest.raises(Refused, match="E010"):
        make_office(DataDir(county.office.data.root / "other"), replace(COUNTY, admin=name), county.clock)
    assert [account.name for account in county.ask(Accounts())] == ["admin"]
    county.do(AddAccount("名" * 40, "First-2022"))


def test_y09_sites_by_the_command_line(cli: Cli) -> None:
    assert (
        cli("site", "add", "--code", "140802999", "--name", "西张镇公共法律服务工作站", "--kind", "工作站")[0]
        == 0
    )
    assert cli("site", "frequency", "西张镇", "2", "--reason", "偏远", "--from", "2022-05-01")[0] == 0
    found = {one["code"]: one for one in parsed(cli("--json", "site", "list"))}
    assert (found["140802999"]["frequency"], found["140802-01"]["office"]) == ("每月 2 次", "本单位")
    assert cli("site", "frequency", "无此镇", "2", "--reason", "偏远")[2].startswith("E428")
    assert cli("site", "add", "--code", "1", "--name", "西", "--kind", "工作站")[2].startswith("E423")


def test_people_by_the_command_line_are_masked(cli: Cli, county: Desk) -> None:
    county.do(AddPerson(name="曾秀英", kind="其他非公职", phone="13935907777"))
    (found,) = parsed(cli("--json", "person", "list", "zxy"))
    assert (found["name"], found["phone"]) == ("曾秀英", "139****7777")
    assert parsed(cli("--json", "person", "waiting")) == []
    assert cli("person", "link", "a", "b")[2].startswith("E438")


def test_packs_need_no_office(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "sys.argv", ["huimin", "--data-dir", str(tmp_path / "none"), "--json", "packs", "yuncheng-2022"]
    )
    assert run(add_commands()) == 0
    document = json.loads(capsys.readouterr().out)
    assert all(check["is_equal"] for check in document["totals"])
    assert len([site for site in document["sites"] if site["kind"] == "工作站"]) == 147
    monkeypatch.setattr("sys.argv", ["huimin", "packs", "yuncheng-2022"])
    assert run(add_commands()) == 0
    assert "〔运司通〔2022〕3号 五（二）1（2）〕" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["huimin", "packs", "nowhere"])
    assert run(add_commands()) == 1
    assert capsys.readouterr().err.startswith("E950")
