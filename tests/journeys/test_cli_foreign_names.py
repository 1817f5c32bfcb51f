"""Names that would steer a terminal, or are no UTF-8, on the command line: shown harmlessly, never an unforeseen fault."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli import main
from app.cli.output import terminal_text
from app.clock import SetClock
from tests.journeys.cli_inside import PEOPLE, Inside, bureau, station_of
from tests.journeys.office_runner import OfficeRunner, write_sheet

STEERING = "\x1b[31m红\u202egpj\x9b2J"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    return bureau(tmp_path_factory.mktemp("names") / "county")


def is_harmless(text: str) -> bool:
    return not set(text) & set("\x1b\x9b\u202e\x07")


@pytest.mark.skipif(os.name == "nt", reason="a file cannot have such a name here")
def test_case_34_a_name_cannot_steer_the_terminal(county: Inside, tmp_path: Path) -> None:
    new = Inside(tmp_path / "new", "Yanhu-2022")
    for office, *words in (
        (county, "import", "people"),
        (county, "bundle", "import"),
        (county, "admit"),
        (new, "restore"),
    ):
        for as_json in (False, True):
            run = office(*words, tmp_path / STEERING, as_json=as_json, expect=1)
            assert is_harmless(run.out + run.err) and "红" in run.out + run.err
    assert is_harmless(county(STEERING, expect=2).err)


def test_case_34_what_the_edge_lets_through() -> None:
    assert terminal_text("一\n二\x1b[2J\u2066三\x7f") == "一\n二 [2J三 "


@pytest.mark.skipif(os.name == "nt", reason="a file name has no bytes here")
def test_a_gbk_file_name_is_read_as_gbk_at_every_door(county: Inside, tmp_path: Path) -> None:
    name = os.fsdecode("解州镇".encode("gbk"))
    sheet = write_sheet(tmp_path / f"{name}.xlsx", PEOPLE, [["卫明", "律师", "1"]])
    assert county("import", "people", sheet).document["accepted"] == 1
    bad = write_sheet(tmp_path / f"{name}-2.xlsx", PEOPLE, [["", "律师", "2"]])
    county("import", "people", bad, expect=1)
    new = Inside(tmp_path / "new", "Yanhu-2022")
    for office, *words in ((county, "bundle", "import"), (county, "admit"), (new, "restore")):
        run = office(*words, tmp_path / f"{name}.hmb", expect=1)
        assert "“解州镇.hmb”" in run.err
    stick = tmp_path / name
    stick.mkdir()
    assert "解州镇" in county("backup", "--to", stick).document["file"]
    station = station_of(county, tmp_path / "station")
    (tmp_path / "out").mkdir()
    station("bundle", "export", "--to", tmp_path / "out")
    [file] = (tmp_path / "out").iterdir()
    [outcome] = county("bundle", "import", file.rename(stick / f"{name}.hmb")).document
    assert (outcome["file"], outcome["outcome"]) == ("解州镇.hmb", "NOOP")


@pytest.mark.parametrize("year", [1969, 2250])
def test_every_command_works_or_asks_for_the_clock_to_be_set(
    county: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    monkeypatch.setattr(main, "SystemClock", lambda: SetClock(datetime(year, 6, 1, 1, 0, tzinfo=UTC)))
    sheet = write_sheet(tmp_path / "p.xlsx", PEOPLE, [["孙丽", "律师", "2"]])
    writing = [
        ("import", "people", sheet),
        ("backup", "--to", tmp_path),
        ("bundle", "export", "--to", tmp_path),
        ("bundle", "import", tmp_path / "absent.hmb"),
        ("invite", "龙居镇", "--out", tmp_path / "i"),
    ]
    for words in writing:
        assert county(*words, expect=1).err.startswith("E942 ")
    for words in (
        ("bundle", "status"),
        ("packs",),
        ("site", "list"),
        ("exceptions", "--month", "2022-05"),
        ("report",),
    ):
        county(*words)
    new = Inside(tmp_path / "new", "Yanhu-2022")
    init = ("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin")
    assert new(*init, expect=1).err.startswith("E942 ")


def test_case_67_a_damaged_database_gives_one_line_on_stderr(county: Inside, tmp_path: Path) -> None:
    office = OfficeRunner(tmp_path / "office", "Yanhu-2022")
    office("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin")
    file = office.data / "office.db"
    raw = bytearray(file.read_bytes())
    for page in range(0, len(raw), 4096):
        raw[page + 2000] ^= 1
    file.write_bytes(raw)
    run = office("check", expect=1)
    assert run.err.startswith("E902 ") and run.err.count("\n") == 1
