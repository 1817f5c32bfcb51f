"""A disk copied to a second computer, and who was disabled after a backup (case 57)."""

from __future__ import annotations

import shutil

import pytest

from app import canonical
from app.errors import Refused
from app.kernel.machine import machine_mark
from app.paths import DataDir
from app.services.exchange.desk import ExchangeDesk
from app.services.office.office import Office, open_office
from app.services.security.accounts import AddAccount, DisableAccount
from app.values import Role
from tests.exchange.forging import Note
from tests.exchange.offices import Place
from tests.exchange.restoring import approve, backed_up, names, reopened, rows, swap

Three = tuple[Place, Place, Place]


def cloned(place: Place) -> Place:
    """The whole data directory copied while the office is closed; both go on."""
    place.office.close()
    root, key = place.office.data.root, place.office.safe.key
    shutil.copytree(root, root.parent / "clone")
    place.office = Office(DataDir(root), key, place.clock)
    stick = root.parent / "stick-clone"
    stick.mkdir()
    return Place(Office(DataDir(root.parent / "clone"), key, place.clock), place.actor, place.clock, stick)


def moved(place: Place) -> None:
    """As if its directory lay on another computer."""
    with place.office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE office SET machine = 'another'")


def refused_code(place: Place) -> str:
    with pytest.raises(Refused) as refused:
        place.export()
    return refused.value.code


@pytest.mark.skipif(not machine_mark(), reason="this system names no machine")
def test_case_57_the_copy_on_a_second_computer_is_told_so_and_a_restore_makes_it_good(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    clone = cloned(station)
    moved(clone)
    assert refused_code(clone) == "E786"
    with pytest.raises(Refused, match="另一台电脑"):
        clone.take(county.export(station.office.identity.code)[0].file)
    station.do(Note("乙"))
    assert swap(station, county) == ["APPLIED"]
    kept = backed_up(clone)
    clone.office.close()
    new = reopened(clone, DataDir(clone.office.data.root.parent / "new"), kept, clone.office.safe.key)
    new.do(Note("丙"))
    [parked] = county.take(new.export()[0].file)
    assert parked.code == "E791"
    station.do(Note("丁"))
    assert swap(station, county) == ["APPLIED"], (
        "until somebody approves the other one, this one is the office"
    )
    assert names(county) == ["丁", "乙", "甲"]
    new.office.close()


def test_case_57_of_two_copies_the_second_alarms_and_the_first_goes_on(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    clone = cloned(station)
    station.do(Note("乙"))
    clone.do(Note("丙"))
    assert swap(station, county) == ["APPLIED"]
    before = county.digest()
    [alarm] = county.take(clone.export()[0].file)
    assert (alarm.outcome, alarm.code) == ("ALARM", "E702")
    assert county.digest() == before
    assert county.ask(ExchangeDesk()).alarms == 1
    station.do(Note("丁"))
    assert swap(station, county) == ["APPLIED"]
    assert names(county) == ["丁", "乙", "甲"]
    clone.office.close()


def test_a_clone_that_passes_for_a_restore_is_never_taken_without_its_fingerprint(three: Three) -> None:
    county, station, _ = three
    kept = backed_up(station)
    shutil.copytree(station.office.data.root, station.office.data.root.parent / "unused")
    thief = reopened(
        station, DataDir(station.office.data.root.parent / "thief"), kept, station.office.safe.key
    )
    thief.do(Note("假"))
    [parked] = county.take(thief.export()[0].file)
    assert (parked.outcome, parked.code) == ("PARKED", "E791")
    with pytest.raises(Refused, match="没有等待认可"):
        approve(county, station)
    station.do(Note("真"))
    assert swap(station, county) == ["APPLIED"]
    assert names(county) == ["真"]
    thief.office.close()


def test_p37_a_database_replaced_by_an_older_copy_does_not_export(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    old = station.office.data.root.parent / "old"
    key = station.office.safe.key
    station.office.close()
    shutil.copytree(station.office.data.root, old)
    station.office = Office(station.office.data, key, station.clock)
    station.do(Note("乙"))
    swap(station, county)
    station.office.close()
    for name in ("office.db", "office.db-wal", "office.db-shm"):
        (station.office.data.root / name).unlink(missing_ok=True)
        if (old / name).exists():
            shutil.copyfile(old / name, station.office.data.root / name)
    station.office = Office(station.office.data, key, station.clock)
    assert refused_code(station) == "E787"
    marks = canonical.decode(station.office.data.high_water.read_bytes())
    assert marks[f"{station.office.identity.code}/1/up"] == 2


def test_a_backup_lets_nobody_in_who_was_disabled_after_it(three: Three) -> None:
    county, _, _ = three
    county.do(AddAccount("zhao", "Zhao-2022-ab", (Role.clerk.value,), "赵"))
    county.do(AddAccount("qian", "Qian-2022-ab", (Role.clerk.value,), "钱"))
    kept = backed_up(county)
    county.do(DisableAccount("zhao"))
    data = county.office.data
    county.office.close()
    for path in data.root.iterdir():
        if path.is_file() and path.name != "kept-out.jsonl":
            path.unlink()
    from app.services.office.restore import restore_backup

    restore_backup(data, kept)
    with pytest.raises(Refused) as refused:
        open_office(data, "zhao", "Zhao-2022-ab", county.clock)
    assert refused.value.code == "E006"
    office, actor = open_office(data, "qian", "Qian-2022-ab", county.clock)
    county.office, county.actor = office, actor
    assert rows(county, "SELECT name FROM account WHERE NOT is_active") == [("zhao",)]
