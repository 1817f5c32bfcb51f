"""The first opening of a restored office begins one new epoch, wherever an earlier attempt was killed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bundle.keys import SiteKeys
from app.errors import Refused
from app.models.engine import open_database
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.begin_epoch import begin_epoch_if_restored
from app.services.office.office import Office
from app.services.office.restore import restore_backup
from tests.exchange.test_exchange_power import fill, small_disk
from tests.killing import killed_at, needs_fork
from tests.services.conftest import Desk


@pytest.fixture
def data(county: Desk, tmp_path: Path) -> DataDir:
    """A backup of 盐湖区 restored, not opened yet."""
    file = Path(county.do(BackUp()).file)
    county.office.close()
    made = DataDir(tmp_path / "restored")
    restore_backup(made, file)
    return made


def signing(data: DataDir, key: bytes) -> str:
    return SiteKeys.unwrapped(data.site_keys.read_bytes(), key).public.signing


def test_one_epoch_for_each_restore(county: Desk, data: DataDir) -> None:
    key, before = county.office.safe.key, signing(data, county.office.safe.key)
    assert data.restored.exists()
    office = Office(data, key, county.clock)
    epoch = office.identity.epoch
    assert epoch > 1 and signing(data, key) != before
    assert office.safe.site_keys.recipient == county.office.safe.site_keys.recipient
    assert not data.restored.exists() and not data.next_epoch_keys.exists()
    office.close()
    again = Office(data, key, county.clock)
    assert again.identity.epoch == epoch
    again.close()


@needs_fork
def test_a_kill_at_any_step_of_the_first_opening_is_made_good_by_the_next(
    county: Desk, data: DataDir, tmp_path: Path
) -> None:
    """Between the new key written and the epoch on record, and between that and the key in its place, too."""
    key, step, left_behind = county.office.safe.key, 0, set()
    done = False
    while not done:
        step += 1
        there = DataDir(tmp_path / f"killed-{step}")
        shutil.copytree(data.root, there.root)
        done = not killed_at(step, there.root, lambda there=there: str(Office(there, key, county.clock)))[0]
        left_behind.add((there.next_epoch_keys.exists(), epochs(there, key)))
        office = Office(there, key, county.clock)
        with office.database.reader.connect() as connection:
            [(epoch, sign_key)] = connection.exec_driver_sql("SELECT epoch, sign_key FROM own_epoch").all()
        assert (epoch, sign_key) == (office.identity.epoch, signing(there, key))
        assert office.safe.site_keys.public.signing == sign_key
        assert not there.restored.exists() and not there.next_epoch_keys.exists()
        office.close()
    assert left_behind >= {(False, 0), (True, 0), (True, 1), (False, 1)}


def epochs(data: DataDir, key: bytes) -> int:
    """How many epochs a killed opening left on record."""
    database = open_database(data.database, key)
    try:
        with database.reader.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM own_epoch").scalar() or 0)
    finally:
        database.close()


def test_a_new_key_that_cannot_be_read_makes_another_epoch(county: Desk, data: DataDir) -> None:
    key = county.office.safe.key
    marker = data.restored.read_bytes()
    office = Office(data, key, county.clock)
    first = office.identity.epoch
    office.close()
    data.restored.write_bytes(marker)
    shutil.copyfile(county.office.data.site_keys, data.next_epoch_keys)
    office = Office(data, key, county.clock)
    assert office.identity.epoch > first
    assert begin_epoch_if_restored(data, key, office.database, county.clock) is None
    office.close()


@pytest.mark.parametrize("leave", [0, 36_000, 44_000, 60_000])
def test_case_43_a_full_disk_at_the_first_opening_is_said_and_the_next_one_begins_the_epoch(
    county: Desk, data: DataDir, tmp_path: Path, leave: int
) -> None:
    key, before = county.office.safe.key, signing(data, county.office.safe.key)
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(data.root, disk / "data")
        there = DataDir(disk / "data")
        ballast = fill(disk, leave)
        try:
            Office(there, key, county.clock).close()
        except Refused as refused:
            assert refused.code in ("E502", "E906", "E920")
            assert signing(there, key) == before and there.restored.exists()
        ballast.unlink()
        office = Office(there, key, county.clock)
        assert office.identity.epoch > 1 and signing(there, key) != before
        office.close()
