"""`huimin setting`: every setting listed and changed by the window's own command, with its right, journal and refusals."""

from __future__ import annotations

import os
from pathlib import Path

from app.settings import SETTINGS
from tests.journeys.cli_inside import Inside, bureau, carry, station_of


def by_key(office: Inside) -> dict[str, dict[str, object]]:
    return {one["key"]: one for one in office("setting", "list").document}


def test_every_setting_is_listed_and_changed_with_its_reason(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    found = by_key(county)
    assert set(found) >= {*SETTINGS, "pack.late_and_early", "pack.pace_basis", "pack.period_basis"}
    assert "pack.follow_up_due_days" in found and "pack.follow_up_replaces_desk" in found
    late = found["pack.late_and_early"]
    assert (late["value"], late["choices"], late["is_default"]) == (
        "each", [["each", "各计一次"], ["once", "合计一次"]], True,
    )  # fmt: skip
    assert "五（二）1（2）" in str(late["clause"])
    made = county("setting", "set", "late_and_early", "once", "--reason", "市局口径")
    assert (made.document["value"], made.document["reason"]) == ("once", "市局口径")
    county("setting", "set", "service_phone", "0359-12348")
    now = by_key(county)
    assert (now["pack.late_and_early"]["value"], now["service_phone"]["value"]) == ("once", "0359-12348")
    assert "late_and_early" in county("setting", "list", as_json=False).out


def test_an_unknown_key_or_value_is_refused_with_what_is_offered(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    for words, code, offered in (
        (("nothing", "1"), "E050", "backup_keep"),
        (("theme", "dark"), "E051", "high_contrast"),
        (("backup_keep", "0"), "E051", "1 至 365"),
        (("pack.nothing", "1", "--reason", "试"), "E985", "late_and_early"),
        (("pack.late_and_early", "twice", "--reason", "试"), "E957", "once（合计一次）"),
        (("pack.late_and_early", "once"), "E052", "理由"),
    ):
        refused = county("setting", "set", *words, expect=1)
        assert code in refused.err and offered in refused.err and not refused.out, refused.err
    assert all(one["is_default"] for one in by_key(county).values())


def test_a_station_follows_its_bureau_and_a_clerk_changes_nothing(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    station = station_of(county, tmp_path / "station")
    assert "E053" in station("setting", "set", "late_and_early", "once", "--reason", "试", expect=1).err
    county("setting", "set", "late_and_early", "once", "--reason", "市局口径")
    carry(county, station, tmp_path / "stick")
    assert by_key(station)["pack.late_and_early"]["value"] == "once"
    os.environ["HUIMIN_NEW_PASSWORD"] = "Clerk-2022"
    try:
        county("user", "add", "clerk", "--role", "工作人员")
    finally:
        del os.environ["HUIMIN_NEW_PASSWORD"]
    clerk = Inside(county.data, "Clerk-2022")
    refused = clerk("setting", "set", "theme", "light", "--user", "clerk", expect=1)
    assert "E001" in refused.err
