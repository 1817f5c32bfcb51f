"""Bad input on the command line: one sentence with a code, exit 1, nothing changed, never a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.cli.main import common_first
from app.cli.session import Options, password
from app.clock import SystemClock
from app.errors import Refused
from tests.journeys.cli_inside import PEOPLE, REGISTER, ROSTER, Inside, bureau, station_of
from tests.journeys.office_runner import write_sheet


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    made = bureau(tmp_path_factory.mktemp("bad") / "county")
    made("import", "people", write_sheet(made.data.parent / "people.xlsx", PEOPLE, [["卫明", "律师", "1"]]))
    return made


def test_common_options_may_stand_before_or_after_the_command() -> None:
    said = ["settle", "--month", "2022-05", "--json", "--data-dir", "x", "--user=a"]
    assert common_first(said) == ["--json", "--data-dir", "x", "--user=a", "settle", "--month", "2022-05"]
    assert common_first(["decide", "1", "--", "--json"]) == ["decide", "1", "--", "--json"]


def refusal(run_err: str) -> str:
    assert run_err.count("\n") == 1, run_err
    return run_err.partition(" ")[0]


def test_files_that_are_no_workbooks(county: Inside, tmp_path: Path) -> None:
    good = write_sheet(
        tmp_path / "good.xlsx", ROSTER, [["2022-05-10", "解州镇", "09:00-13:00", "卫明", "站点值班"]]
    )
    torn = tmp_path / "torn.xlsx"
    with zipfile.ZipFile(good) as whole, zipfile.ZipFile(torn, "w") as broken:
        for name in whole.namelist():
            part = whole.read(name)
            broken.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "folder.xlsx").mkdir()
    codes = {
        name: refusal(county("import", "roster", tmp_path / name, expect=1).err)
        for name in ("torn.xlsx", "empty.xlsx", "folder.xlsx", "absent.xlsx")
    }
    assert codes == {"torn.xlsx": "E226", "empty.xlsx": "E226", "folder.xlsx": "E225", "absent.xlsx": "E225"}
    other = write_sheet(tmp_path / "register.xlsx", REGISTER, [["1"]])
    assert refusal(county("import", "roster", other, expect=1).err) == "E221"


def test_numbers_typed_in_full_width_are_found(county: Inside, tmp_path: Path) -> None:
    sheet = write_sheet(
        tmp_path / "wide.xlsx",
        ["执业证号", *reversed(ROSTER)],
        [
            ["１", "站点值班", "卫明", "０９：００－１３：００", "１４０８０２１００", "２０２２-０６-０１"],
            [None] * 6,
        ],
    )
    assert county("import", "roster", sheet).document["accepted"] == 1


def test_password_files_that_cannot_be_read(county: Inside, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for file in (tmp_path, tmp_path / "binary", tmp_path / "absent"):
        with pytest.raises(Refused, match="E014"):
            password(Options(county.data, "", file, False, SystemClock()))


def test_a_final_settlement_is_not_made_when_its_file_cannot_be_written(
    county: Inside, tmp_path: Path
) -> None:
    final = ("settle", "--month", "2022-05", "--final", "--out")
    assert refusal(county(*final, tmp_path / "nowhere" / "pay.xlsx", expect=1).err) == "E503"
    assert refusal(county(*final, tmp_path / "pay.doc", expect=1).err) == "E508"
    (tmp_path / "~$pay.xlsx").touch()
    assert refusal(county(*final, tmp_path / "pay.xlsx", expect=1).err) == "E501"
    assert county("settle", "--month", "2022-05").document["final"] is False


def test_an_office_whose_escrow_key_cannot_be_written_is_not_made(tmp_path: Path) -> None:
    office = Inside(tmp_path / "office", "Yanhu-2022")
    words = ("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin")
    assert refusal(office(*words, "--escrow-out", tmp_path / "nowhere" / "key", expect=1).err) == "E503"
    assert refusal(office("check", expect=1).err) == "E911"


def test_no_bundle_at_all_and_a_bundle_for_another_county(county: Inside, tmp_path: Path) -> None:
    assert refusal(county("bundle", "import", tmp_path, expect=1).err) == "E737"
    assert refusal(county("bundle", "import", tmp_path / "absent.hmb", expect=1).err) == "E734"
    station = station_of(county, tmp_path / "station")
    stick = tmp_path / "stick"
    stick.mkdir()
    station("import", "people", write_sheet(tmp_path / "p.xlsx", PEOPLE, [["孙丽", "律师", "2"]]))
    station("bundle", "export", "--to", stick)
    other = bureau(tmp_path / "other", "140821")
    answer = other("bundle", "import", *stick.iterdir(), expect=1)
    assert [item["outcome"] for item in answer.document] == ["REFUSED"] and refusal(answer.err) == "E704"


def test_the_health_of_a_new_office_is_no_refusal(county: Inside) -> None:
    assert {"database", "chain", "backups", "clock", "disk", "queue"} <= {
        item["key"] for item in county("check").document["items"]
    }
