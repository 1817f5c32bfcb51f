"""People typed at a station become the county's own by their papers; namesakes wait for somebody's word (P38, P28)."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.cli_inside import ATTENDANCE, PEOPLE, ROSTER, STATION, bureau, carry, station_of
from tests.journeys.office_runner import write_sheet

LICENSED = [*ROSTER, "执业证号"]


def test_p28_p38_proposals_are_linked_by_licence_and_settled_over_the_pool(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    station = station_of(county, tmp_path / "station")
    county(
        "import",
        "people",
        write_sheet(tmp_path / "pool.xlsx", PEOPLE, [["卫明", "律师", "1"], ["孙丽", "律师", "2"]]),
    )
    station(
        "import",
        "people",
        write_sheet(
            tmp_path / "own.xlsx",
            PEOPLE,
            [["卫明", "律师", "１"], ["孙丽", "律师", "77"], ["赵新", "律师", "9"]],
        ),
    )
    station(
        "import",
        "roster",
        write_sheet(
            tmp_path / "roster.xlsx",
            ROSTER,
            [
                [f"2022-05-1{day}", STATION, "09:00-13:00", name, "站点值班"]
                for day, name in enumerate(("卫明", "孙丽", "赵新"))
            ],
        ),
    )
    station("roster", "publish", "--month", "2022-05")
    station(
        "import",
        "attendance",
        write_sheet(
            tmp_path / "attendance.xlsx",
            ATTENDANCE,
            [
                [STATION, name, f"2022-05-1{day} 09:00", f"2022-05-1{day} 13:00", ""]
                for day, name in enumerate(("卫明", "孙丽", "赵新"))
            ],
        ),
    )
    with_rows = station("submit", "--month", "2022-05", "--nil", expect=1).err
    forgotten = station("submit", "--month", "2022-04", expect=1).err
    assert (with_rows[:4], forgotten[:4]) == ("E181", "E182")
    station("submit", "--month", "2022-05")
    assert [item["outcome"] for item in carry(station, county, tmp_path / "up")] == ["APPLIED"]

    pool = {one["name"]: one["id"] for one in county("person", "list").document if not one["is_proposal"]}
    settled = county("settle", "--month", "2022-05").document
    ids = {one["name"]: one["person_id"] for one in settled["people"]}
    assert ids["卫明"] == pool["卫明"] and ids["孙丽"] != pool["孙丽"]
    assert [(one["kind"], one["name"]) for one in settled["exceptions"]] == [("same_name", "孙丽")]
    county("import", "people", write_sheet(tmp_path / "more.xlsx", PEOPLE, [["赵新", "律师", "9"]]))
    assert [one["name"] for one in county("person", "waiting").document] == ["孙丽"]

    refused = county(
        "import",
        "attendance",
        write_sheet(
            tmp_path / "county.xlsx",
            ATTENDANCE,
            [[STATION, "卫明", "2022-05-24 09:00", "2022-05-24 13:00", ""]],
        ),
        expect=1,
    )
    assert (
        refused.document["refused"][0]["code"] == "E132"
        and refused.document["refused"][0]["column"] == "站点"
    )
    carry(county, station, tmp_path / "down")
    again = station(
        "import",
        "roster",
        write_sheet(
            tmp_path / "june.xlsx",
            LICENSED,
            [
                ["2022-06-01", STATION, "09:00-13:00", "卫明", "站点值班", "1"],
                ["2022-06-02", STATION, "09:00-13:00", "孙丽", "站点值班", "2"],
            ],
        ),
    )
    assert again.document["accepted"] == 2
