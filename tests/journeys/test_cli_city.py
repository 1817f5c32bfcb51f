"""A city and a county that works already, by the command line: invite, join, admit, figures up, people down (Y01)."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.cli_inside import CENTRE, PEOPLE, ROSTER, bureau, carry
from tests.journeys.office_runner import write_sheet


def test_y01_a_county_joins_its_city(tmp_path: Path) -> None:
    city, county = bureau(tmp_path / "city", "1408"), bureau(tmp_path / "county")
    county("import", "people", write_sheet(tmp_path / "people.xlsx", PEOPLE, [["卫明", "律师", "1"]]))
    rows = [["2022-04-11", CENTRE, "08:30-12:00；14:30-19:00", "卫明", "中心值班"]]
    county("import", "roster", write_sheet(tmp_path / "roster.xlsx", ROSTER, rows))
    county("roster", "publish", "--month", "2022-04")
    invitation, answer = tmp_path / "invitation.hme", tmp_path / "answer.hme"

    refused = city("invite", "解州镇", "--out", invitation, expect=1)
    assert refused.err.startswith("E732") and not invitation.exists()
    city("invite", "140802", "--out", invitation)
    assert county("enrol", invitation, "--out", answer).document["site"] == "140802"
    city("admit", answer)
    again = city("admit", answer, expect=1)
    assert again.err.startswith("E733")

    city("import", "people", write_sheet(tmp_path / "lent.xlsx", PEOPLE, [["柳市明", "律师", "9"]]))
    assert [one["outcome"] for one in carry(city, county, tmp_path / "down")] == ["APPLIED"]
    pool = {one["name"]: one["is_proposal"] for one in county("person", "list").document}
    assert pool == {"卫明": False, "柳市明": False}
    assert [one["outcome"] for one in carry(county, city, tmp_path / "up")] == ["APPLIED"]
    city("report", "figures", "--period", "2022", "--out", tmp_path / "figures.xlsx")
