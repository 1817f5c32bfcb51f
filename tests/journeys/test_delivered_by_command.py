"""A bundle goes from the station's command line over a shared folder to the county's, without a stick."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.cli_inside import bureau, station_of


def test_a_bundle_is_lined_up_sent_and_taken_by_commands(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    station = station_of(county, tmp_path / "station")
    inbox = tmp_path / "in"
    inbox.mkdir()
    station("deliver", "place", "县局", "--address", inbox)
    station("deliver", "queue", "--to", "县局")
    inbox.rmdir()
    (waiting,) = station("deliver", "run", expect=1).document
    assert (waiting["state"], waiting["code"]) == ("等待", "E750")
    inbox.mkdir()
    station("deliver", "retry", waiting["id"])
    (sent,) = station("deliver", "run").document
    assert sent["state"] == "已送达"
    assert "已送达" in station("deliver", "list", as_json=False).out
    (taken,) = county("bundle", "inbox", inbox).document
    assert taken["file"] == sent["file"] and taken["code"] == ""
    assert county("bundle", "inbox", inbox).document == []
    assert "E758" in station("deliver", "cancel", sent["id"], "--reason", "不送了", expect=1).err
