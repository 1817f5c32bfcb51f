"""A station is lost and restored by the command line alone, as IT staff would do it (case 56)."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.journeys.office_runner import OfficeRunner


def test_case_56_restore_export_approve_and_back(tmp_path: Path) -> None:
    county, station = (OfficeRunner(tmp_path / name, "Huimin-2022-x") for name in ("county", "station"))
    stick, down = tmp_path / "stick", tmp_path / "down"
    stick.mkdir()
    down.mkdir()
    county("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "guanli")
    county("invite", "140802100", "--out", stick / "in.hme")
    station("enrol", stick / "in.hme", "--out", stick / "out.hme", "--admin", "zhanzhang")
    county("admit", stick / "out.hme")
    kept = station("backup", "--to", stick).document["file"]
    shutil.rmtree(station.data)
    told = station("restore", kept, as_json=False).out
    assert "换新的签名密钥" in told
    [up] = station("bundle", "export", "--to", stick).document
    fingerprint = station("bundle", "status").document["own_fingerprint"]
    [parked] = county("bundle", "import", up["file"]).document
    assert (parked["outcome"], parked["code"]) == ("PARKED", "E791")
    assert county("bundle", "approve", "140802100", "--fingerprint", "1" * 30, expect=1).err.startswith(
        "E795"
    )
    done = county("bundle", "approve", "140802100", "--fingerprint", fingerprint.replace(" ", "")).document
    assert [one["outcome"] for one in done["outcomes"]] == ["NOOP"]
    [reply] = county("bundle", "export", "--to", down, "--from-seq", "1").document
    assert [one["outcome"] for one in station("bundle", "import", reply["file"]).document] == ["APPLIED"]
    station("bundle", "export", "--to", stick)
    assert station("bundle", "status").document["own_fingerprint"] == ""
    assert county("bundle", "discard", "没有.hmb", "--reason", "不要了", expect=1).err.startswith("E799")
