"""The first opening of a restored office begins one new epoch, wherever an earlier attempt was killed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bundle.keys import SiteKeys
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.begin_epoch import begin_epoch_if_restored
from app.services.office.office import Office
from app.services.office.restore import restore_backup
from tests.services.conftest import Desk


class Killed(BaseException):
    """The program is gone."""


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


@pytest.mark.parametrize("name", ["write_private", "Session", "sync_folder"])
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_while_it_begins_is_made_good_by_the_next_opening(
    county: Desk, data: DataDir, monkeypatch: pytest.MonkeyPatch, name: str, after: bool
) -> None:
    import app.services.office.begin_epoch as begin

    key, real = county.office.safe.key, getattr(begin, name)

    def kill(*arguments: object, **named: object) -> Callable[..., object]:
        if after:
            real(*arguments, **named)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(begin, name, kill)
        with pytest.raises(Killed):
            Office(data, key, county.clock)
    office = Office(data, key, county.clock)
    with office.database.reader.connect() as connection:
        found = connection.exec_driver_sql("SELECT epoch, sign_key FROM own_epoch").all()
    assert [tuple(row) for row in found][-1] == (office.identity.epoch, signing(data, key))
    assert not data.restored.exists()
    assert len(found) == 1
    office.close()


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
