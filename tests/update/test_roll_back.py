"""Going back to the version before: alone while the data allow it, else together with the backup made before."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from app.errors import Refused
from app.models.migrate import HEAD
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.office import open_office
from app.services.office.settings import ChangeSetting, Settings
from app.services.office.written_by import schema_of
from app.services.update.install import install_update
from app.services.update.roll_back import roll_back
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.update.small_program import FIRST, SECOND, Maker, contents, installed, started


def with_backup(desk: Desk) -> Path:
    """A backup, made where it stays when the data change places."""
    folder = desk.office.data.root.parent.parent / f"{desk.office.data.root.parent.name}-backups"
    return Path(desk.do(BackUp(folder)).file)


def newer_data(data: DataDir) -> DataDir:
    """Data as a version with another schema leaves them, as far as anybody sees without their key."""
    data.written_by.write_bytes(orjson.dumps({"schema": "9999", "version": SECOND}))
    return data


def test_an_office_notes_its_schema_when_it_is_opened(county: Desk) -> None:
    assert schema_of(county.office.data) == HEAD
    before = county.office.data.written_by.stat().st_mtime_ns
    county.office.close()
    open_office(county.office.data, "admin", "Yanhu-2022", county.clock)[0].close()
    assert county.office.data.written_by.stat().st_mtime_ns == before


def test_going_back_alone_leaves_the_data(tmp_path: Path) -> None:
    maker, place = Maker(tmp_path / "maker"), installed(tmp_path / "program")
    data = DataDir(tmp_path / "data")
    data.root.mkdir()
    data.written_by.write_bytes(orjson.dumps({"schema": "0001"}))
    install_update(place, maker.update(), maker.keys)
    kept = contents(data.root)
    done = roll_back(place, data, None)
    assert (done.version, done.from_version, done.aside) == (FIRST, SECOND, "")
    assert started(place) == FIRST and contents(data.root) == kept
    with pytest.raises(Refused, match="E975"):
        roll_back(place, data, None)
    install_update(place, maker.update(), maker.keys)
    assert started(place) == SECOND


def test_newer_data_go_back_with_a_backup_only(county: Desk, tmp_path: Path) -> None:
    backup = with_backup(county)
    county.do(ChangeSetting("service_phone", "12348"))
    maker, place = Maker(tmp_path / "maker"), installed(tmp_path / "program")
    install_update(place, maker.update(schema="9999"), maker.keys)
    data = newer_data(county.office.data)
    with pytest.raises(Refused, match="E976"):
        roll_back(place, data, None)
    with pytest.raises(Refused, match="E782"):
        roll_back(place, data, backup, "Yanhu-2022")
    assert started(place) == SECOND
    county.office.close()
    with pytest.raises(Refused, match="E936"):
        roll_back(place, data, backup, "wrong-Password-1")
    assert started(place) == SECOND and data.database.exists()
    done = roll_back(place, data, backup, "Yanhu-2022")
    assert started(place) == FIRST and Path(done.aside, "office.db").exists()
    assert schema_of(DataDir(Path(done.aside))) == "9999"
    office, actor = open_office(data, "admin", "Yanhu-2022", county.clock)
    phones = [one.value for one in office.ask(Settings(), actor) if one.name == "service_phone"]
    office.close()
    assert phones == [""]
