"""The backup of each day comes by itself, and a restore is tried from time to time: it finds what would not come back."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from app.bundle.keys import SiteKeys
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.backups import Backups
from app.services.office.health import Health
from app.services.office.office import open_office
from app.services.office.rehearse_restore import Rehearsed, RehearseRestore
from app.services.office.restore import restore_backup
from app.services.office.settings import ChangeSetting
from app.services.people.add_person import AddPerson
from tests.services.conftest import COUNTY, Desk


def backups(desk: Desk) -> list[str]:
    return [one.id for one in desk.ask(Backups()).files]


def rehearsal_is_good(desk: Desk) -> bool:
    return next(one.is_good for one in desk.ask(Health()) if one.key == "rehearsal")


def newest(desk: Desk) -> Path:
    found = desk.ask(Backups())
    return Path(found.folder) / found.files[0].id


def somebody() -> AddPerson:
    return AddPerson(name="王建国", kind="律师", licence="11408202210000001")


def altered(file: Path, at: int) -> Path:
    other = file.with_name("altered.hmbak")
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    other.write_bytes(content)
    return other


def test_one_backup_a_day_without_being_asked(county: Desk) -> None:
    assert county.office.back_up_daily() is True
    assert county.office.back_up_daily() is False
    assert len(backups(county)) == 1
    county.clock.advance(timedelta(days=1))
    assert county.office.back_up_daily() is True
    assert len(backups(county)) == 2


def test_a_backup_by_hand_is_the_days(county: Desk) -> None:
    county.do(BackUp())
    assert county.office.back_up_daily() is False


def test_an_office_that_wants_none_has_none(county: Desk) -> None:
    county.do(ChangeSetting("backup_daily", "否"))
    assert county.office.back_up_daily() is False
    assert backups(county) == []


def test_a_restore_is_tried_after_so_many_days_as_the_setting_says(county: Desk) -> None:
    county.do(ChangeSetting("rehearsal_days", "2"))
    county.office.back_up_daily()
    assert rehearsal_is_good(county)
    county.clock.advance(timedelta(days=2))
    assert not rehearsal_is_good(county)
    county.office.back_up_daily()
    assert rehearsal_is_good(county)
    found = next(one for one in county.ask(Health()) if one.key == "rehearsal")
    assert "备份能恢复" in found.text


def test_what_came_after_the_backup_is_told(county: Desk) -> None:
    county.do(BackUp())
    found: Rehearsed = county.do(RehearseRestore())
    assert found.words.startswith(f"{backups(county)[0]} 能恢复。到 ")
    assert found.counts == (("咨询", 0, 0), ("值班", 0, 0), ("案件", 0, 0))
    assert not (county.office.data.root / "rehearsal").exists()


def test_nothing_to_try_is_said(county: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        county.do(RehearseRestore())
    assert refusal.value.code == "E947"


def test_a_damaged_page_is_found(county: Desk) -> None:
    county.do(BackUp())
    with pytest.raises(Refused) as refusal:
        county.do(RehearseRestore(altered(newest(county), 3 * 4096)))
    assert refusal.value.code in {"E915", "E945"}
    assert not (county.office.data.root / "rehearsal").exists()
    assert not any(one.key == "rehearsal" and "备份能恢复" in one.text for one in county.ask(Health()))


def test_the_backup_of_another_history_is_found(county: Desk, tmp_path: Path) -> None:
    """The office went back to its first backup: what was saved after that one is no earlier state of it."""
    county.do(BackUp())
    first = newest(county)
    county.clock.advance(timedelta(minutes=1))
    county.do(ChangeSetting("audit_by", "bureau"))
    county.do(somebody())
    county.do(BackUp())
    later = newest(county)
    data = DataDir(tmp_path / "back")
    restore_backup(data, first, COUNTY.password)
    office, actor = open_office(data, COUNTY.admin, COUNTY.password, county.clock)
    try:
        assert office.do(RehearseRestore(first), actor).value.file == first.name
        with pytest.raises(Refused) as refusal:
            office.do(RehearseRestore(later), actor)
    finally:
        office.close()
    assert refusal.value.code == "E949" and "不是本单位以前的流水" in refusal.value.message


def test_a_backup_under_the_former_key_is_told(county: Desk) -> None:
    county.do(BackUp())
    other = newest(county).with_name("former.hmbak")
    with zipfile.ZipFile(newest(county)) as whole, zipfile.ZipFile(other, "w") as made:
        for one in whole.namelist():
            data = whole.read(one)
            made.writestr(one, SiteKeys.generate().wrapped(b"k" * 32) if one == "site-keys.json" else data)
    with pytest.raises(Refused) as refusal:
        county.do(RehearseRestore(other))
    assert refusal.value.code == "E948"


def test_only_who_keeps_the_office_may_try(county: Desk) -> None:
    county.do(BackUp())
    with pytest.raises(Refused) as refusal:
        county.do(RehearseRestore(), KIOSK)
    assert refusal.value.code == "E001"
