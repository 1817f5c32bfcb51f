"""A county is lost, a county and a station are lost, a disk is copied: by the command line alone (cases 57 and 58)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.cli_inside import OTHER_STATION, Inside, bureau, carry, station_of
from tests.journeys.office_runner import write_sheet

HEADINGS = ["姓名", "人员类别", "执业证号"]


@pytest.fixture
def offices(tmp_path: Path) -> tuple[Inside, Inside]:
    """A county and a station that exchanged once."""
    county = bureau(tmp_path / "county")
    station = station_of(county, tmp_path / "station")
    add(county, "局甲", tmp_path)
    carry(county, station, tmp_path / "first-down")
    carry(station, county, tmp_path / "first-up")
    return county, station


def add(office: Inside, name: str, folder: Path) -> None:
    """Somebody new in the pool, by a workbook."""
    sheet = write_sheet(folder / f"{name}.xlsx", HEADINGS, [[name, "律师", f"1140820200{ord(name[-1])}"]])
    office("import", "people", sheet)


def names(office: Inside) -> list[str]:
    """Everybody in the pool."""
    return sorted(person["name"] for person in office("person", "list").document)


def lost_and_restored(office: Inside, backup: str) -> None:
    """The whole data directory is gone; the backup takes its place."""
    shutil.rmtree(office.data)
    office("restore", backup)


def kept_backup(office: Inside, folder: Path) -> str:
    folder.mkdir()
    return str(office("backup", "--to", folder).document["file"])


def fingerprint(office: Inside) -> str:
    """As read out by telephone."""
    return str(office("bundle", "status").document["own_fingerprint"])


def parked(outcomes: Any) -> list[str]:
    return [one["code"] for one in outcomes if one["outcome"] == "PARKED"]


def test_case_58_a_restored_county_is_approved_by_its_station_and_gets_its_people_back(
    offices: tuple[Inside, Inside], tmp_path: Path
) -> None:
    county, station = offices
    kept = kept_backup(county, tmp_path / "safe")
    add(county, "局乙", tmp_path)
    carry(county, station, tmp_path / "down")
    lost_and_restored(county, kept)
    assert names(county) == ["局甲"]
    assert parked(carry(county, station, tmp_path / "again")) == ["E791"]
    told = station("bundle", "approve", "140802", "--fingerprint", fingerprint(county), as_json=False).out
    assert "已认可" in told
    [back] = carry(station, county, tmp_path / "up")
    assert "找回本单位恢复前的记录" in back["text"] and names(county) == ["局乙", "局甲"]
    assert [one["outcome"] for one in carry(county, station, tmp_path / "last")] == ["NOOP"]
    assert names(station) == ["局乙", "局甲"]


def test_case_58_county_and_station_both_restored_end_with_the_same_people(
    offices: tuple[Inside, Inside], tmp_path: Path
) -> None:
    county, station = offices
    safe = kept_backup(county, tmp_path / "safe"), kept_backup(station, tmp_path / "safe-2")
    add(county, "局乙", tmp_path)
    add(station, "站乙", tmp_path)
    carry(county, station, tmp_path / "down")
    carry(station, county, tmp_path / "up")
    for office, kept in zip((county, station), safe, strict=True):
        lost_and_restored(office, kept)
    assert parked(carry(county, station, tmp_path / "down-2")) == ["E791"]
    assert parked(carry(station, county, tmp_path / "up-2")) == ["E791"]
    station("bundle", "approve", "140802", "--fingerprint", fingerprint(county))
    county("bundle", "approve", "140802100", "--fingerprint", fingerprint(station))
    for number in range(2):
        carry(county, station, tmp_path / f"down-{number + 3}")
        carry(station, county, tmp_path / f"up-{number + 3}")
    assert names(county) == names(station)
    for office in (county, station):
        state = office("bundle", "status").document
        assert (state["waiting"], state["own_fingerprint"]) == (0, "")


def test_case_57_of_a_copied_station_the_second_is_an_alarm_and_no_approval_helps_it(
    offices: tuple[Inside, Inside], tmp_path: Path
) -> None:
    county, station = offices
    other = station_of(county, tmp_path / "other", OTHER_STATION)
    clone = Inside(tmp_path / "clone", station.password)
    shutil.copytree(station.data, clone.data)
    add(station, "真", tmp_path)
    add(clone, "假", tmp_path)
    assert carry(station, county, tmp_path / "true")[0]["outcome"] == "APPLIED"
    (tmp_path / "false").mkdir()
    clone("bundle", "export", "--to", tmp_path / "false")
    [alarm] = county("bundle", "import", tmp_path / "false", expect=1).document
    assert (alarm["outcome"], alarm["code"]) == ("ALARM", "E702")
    told = county("bundle", "approve", "140802100", "--fingerprint", "1" * 30, expect=1)
    assert told.err.startswith("E795")
    add(other, "龙", tmp_path)
    assert carry(other, county, tmp_path / "other-up")[0]["outcome"] == "APPLIED"
    assert "真" in names(county) and "假" not in names(county)


def test_a_clerk_cannot_approve_a_restored_station_by_command(
    offices: tuple[Inside, Inside], tmp_path: Path
) -> None:
    county, station = offices
    lost_and_restored(station, kept_backup(station, tmp_path / "safe"))
    assert parked(carry(station, county, tmp_path / "up")) == ["E791"]
    secret = tmp_path / "clerk.password"
    secret.write_text("Banshi-2022", "utf-8")
    county("user", "add", "banshi", "--role", "工作人员", "--new-password-file", secret)
    clerk = Inside(county.data, "Banshi-2022")
    words = ("bundle", "approve", "140802100", "--fingerprint", fingerprint(station))
    assert clerk("--user", "banshi", *words, expect=1).err.startswith("E001")
    assert county("--user", "admin", *words).document["admitted"]["site"] == "140802100"
