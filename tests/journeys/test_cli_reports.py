"""Reports by the command line: to a file, or their rows as JSON for scripts."""

from __future__ import annotations

from pathlib import Path

from app.services.reports.report import reports
from tests.journeys.cli_inside import PEOPLE, ROSTER, STATION, bureau
from tests.journeys.office_runner import write_sheet


def test_report_as_json_prints_the_rows(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    county("import", "people", write_sheet(tmp_path / "p.xlsx", PEOPLE, [["卫明", "律师", "1"]]))
    roster = [["2022-05-10", STATION, "09:00-13:00", "卫明", "站点值班"]]
    county("import", "roster", write_sheet(tmp_path / "r.xlsx", ROSTER, roster))
    county("roster", "publish", "--month", "2022-05")
    made = county("report", "roster", "--period", "2022-05").document
    assert (made["key"], made["period"], len(made["rows"])) == ("roster", "2022-05", 1)
    assert [one["key"] for one in made["columns"]] == list(made["rows"][0])
    assert "卫明" in made["rows"][0].values()
    for key in reports():
        found = county("report", key, "--period", "2022-05").document
        numeric = {one["key"] for one in found["columns"] if one["kind"] in ("number", "money", "percent")}
        for row in found["rows"]:
            assert all(isinstance(row[name], int | float | str) for name in numeric), (key, row)
    assert county("report", "roster", "--period", "2022-05", as_json=False, expect=2).err.startswith(
        "用法不对"
    )
    assert county("report", "none", "--period", "2022-05", expect=1).err.startswith("E506")
    kept = county("report", "roster", "--period", "2022-05", "--out", tmp_path / "r-out.xlsx").document
    assert set(kept) == {"key", "period", "file"}
