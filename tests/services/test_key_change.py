"""The database key after somebody lost a way in: changed when nobody else is there, whole after a kill anywhere."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.clock import SetClock
from app.errors import Refused
from app.kernel import sealing, slots, tables
from app.kernel.slots import KeySlots
from app.models.engine import connect, fits
from app.models.records import Account, SecurityEvent
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.health import Health
from app.services.office.office import Office, open_office, open_with_recovery
from app.services.office.restore import restore_backup
from app.services.office.settings import ChangeSetting
from app.services.security import change_key
from app.services.security.accounts import AddAccount, DisableAccount, ResetPassword
from app.services.security.key_state import KeyChange
from app.services.security.renew_recovery_code import RenewRecoveryCode
from tests.killing import KILLS, needs_fork, put_aside
from tests.services.conftest import COUNTY, Desk

CLERK = "Clerk-2022"


def people_and_keys(office: Office) -> tuple[list[str], list[tuple[str, int]], str]:
    """What must be the same before and after: accounts, rows of every table, the site's own keys."""
    with office.database.reader.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        tables = [name for name in names.scalars() if name not in ("security_event", "setting")]
        counts = [
            (t, int(connection.execute(text(f'SELECT count(*) FROM "{t}"')).scalar() or 0)) for t in tables
        ]
        accounts = list(connection.execute(text("SELECT name FROM account ORDER BY name")).scalars())
        sound = str(connection.execute(text("PRAGMA integrity_check")).scalar())
    assert sound == "ok"
    return accounts, counts, office.safe.site_keys.public.fingerprint


def events(office: Office) -> list[tuple[str, str, bool]]:
    with Session(office.database.reader) as session:
        rows = session.scalars(select(SecurityEvent).order_by(SecurityEvent.id))
        return [(row.kind, row.actor, row.is_alarm) for row in rows]


def opens_with(data: DataDir, keys_file: Path, name: str, password: str) -> bool:
    """Whether a slots file, such as an old copy, and a password open the database as it is now."""
    return any(fits(data.database, key) for key in KeySlots(keys_file).keys("account", name, password))


@pytest.fixture
def old_keys(county: Desk, tmp_path: Path) -> Path:
    """A copy of the slots that a clerk kept."""
    county.do(AddAccount("clerk", CLERK))
    kept = tmp_path / "kept.json"
    shutil.copy(county.office.data.keys, kept)
    assert opens_with(county.office.data, kept, "clerk", CLERK)
    return kept


def test_the_last_to_leave_changes_the_key_and_the_kept_slots_open_nothing(
    county: Desk, old_keys: Path
) -> None:
    data, before = county.office.data, county.office.safe.key
    county.do(DisableAccount("clerk"))
    expected = people_and_keys(county.office)
    assert fits(data.database, before)
    county.office.close()
    assert not fits(data.database, before)
    assert not opens_with(data, old_keys, "clerk", CLERK)
    assert not opens_with(data, old_keys, "admin", COUNTY.password)
    office, _ = open_office(data, "admin", COUNTY.password, county.clock)
    assert people_and_keys(office) == expected
    assert ("rekeyed", "", False) in events(office)
    assert not office.safe.slots.is_due
    office.close()
    recovered = open_with_recovery(data, county.recovery, county.clock)
    assert recovered.safe.slots.open(slots.ESCROW, "", county.recovery) is not None
    recovered.close()


def test_a_change_waits_while_another_program_has_the_office_open_and_is_shown(
    county: Desk, old_keys: Path
) -> None:
    data, before = county.office.data, county.office.safe.key
    other, _ = open_office(data, "admin", COUNTY.password, county.clock)
    county.do(DisableAccount("clerk"))
    assert county.ask(KeyChange()).is_due
    other.close()
    third, _ = open_office(data, "admin", COUNTY.password, county.clock)
    assert third.safe.key == before
    item = next(item for item in county.ask(Health()) if item.key == "key")
    assert (item.title, item.is_good) == ("数据库密钥", False) and "等待更换" in item.text
    county.office.close()
    assert fits(data.database, before)
    third.close()
    assert not fits(data.database, before)
    last, actor = open_office(data, "admin", COUNTY.password, county.clock)
    assert next(item for item in last.ask(Health(), actor) if item.key == "key").is_good
    last.close()


def test_an_opening_alone_makes_up_for_a_change_that_was_not_made_on_leaving(
    county: Desk, old_keys: Path
) -> None:
    data, before = county.office.data, county.office.safe.key
    county.do(DisableAccount("clerk"))
    county.office.database.close()
    county.office._presence.leave()
    office, actor = open_office(data, "admin", COUNTY.password, county.clock)
    assert office.safe.key != before and not office.ask(KeyChange(), actor).is_due
    office.close()


@pytest.mark.usefixtures("memory_ring")
@pytest.mark.parametrize("way", ["recovery", "password", "kiosk"])
def test_every_way_in_that_is_taken_away_makes_a_change_due(county: Desk, way: str) -> None:
    if way == "recovery":
        county.do(RenewRecoveryCode(county.recovery))
    elif way == "password":
        county.do(ResetPassword("admin", "Renewed-2022"))
    else:
        county.do(ChangeSetting("kiosk_unattended", "是"))
        assert not county.ask(KeyChange()).is_due
        county.do(ChangeSetting("kiosk_unattended", "否"))
    assert county.ask(KeyChange()).is_due


@pytest.fixture
def memory_ring() -> Iterator[None]:
    """A key store of the system that holds one secret."""
    import keyring
    from keyring.backend import KeyringBackend

    class Ring(KeyringBackend):
        priority = 1  # type: ignore[assignment]
        kept: dict[tuple[str, str], str] = {}  # noqa: RUF012

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield
    keyring.set_keyring(before)


def test_a_new_account_or_a_setting_makes_nothing_due(county: Desk) -> None:
    before = county.office.safe.key
    county.do(AddAccount("clerk", CLERK))
    county.do(ChangeSetting("kiosk_unattended", "否"))
    assert not county.ask(KeyChange()).is_due
    county.office.close()
    assert fits(county.office.data.database, before)


def test_a_public_half_that_no_holder_of_the_key_put_there_gets_no_new_key(
    county: Desk, old_keys: Path
) -> None:
    county.do(AddAccount("other", "Other-2022"))
    county.do(DisableAccount("clerk"))
    data = county.office.data
    content = json.loads(data.keys.read_text("utf-8"))
    mine, theirs = sealing.new_pair()
    slot = next(slot for slot in content["slots"] if slot["name"] == "other")
    slot["public"] = theirs
    data.keys.write_text(json.dumps(content), "utf-8")
    county.office.close()
    assert mine not in data.keys.read_text("utf-8") and theirs not in data.keys.read_text("utf-8")
    office, _ = open_office(data, "admin", COUNTY.password, county.clock)
    assert ("slot_altered", "other", True) in events(office)
    assert office.safe.slots.names() == ("admin",)
    office.close()


def test_a_copy_that_is_not_the_same_is_not_taken(
    county: Desk, old_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(source: Path, key: bytes, target: Path, target_key: bytes) -> None:
        copied(source, key, target, target_key)
        connection = connect(target, target_key)
        connection.execute("DELETE FROM alembic_version")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()

    copied = tables.copy_database
    data, before = county.office.data, county.office.safe.key
    county.do(DisableAccount("clerk"))
    with monkeypatch.context() as patch:
        patch.setattr(tables, "copy_database", spoilt)
        county.office.close()
        office, actor = open_office(data, "admin", COUNTY.password, county.clock)
        assert office.safe.key == before
        assert "E018" in office.ask(KeyChange(), actor).words
        assert not data.next_database.exists() and not data.next_site_keys.exists()
        office.close()
    office, actor = open_office(data, "admin", COUNTY.password, county.clock)
    assert office.safe.key != before and not office.ask(KeyChange(), actor).is_due
    office.close()


def test_an_account_disabled_just_before_a_power_cut_loses_its_slot_at_the_next_opening(county: Desk) -> None:
    county.do(AddAccount("clerk", CLERK))
    data = county.office.data
    with Session(county.office.database.writer) as session, session.begin():
        session.scalars(select(Account).where(Account.name == "clerk")).one().is_active = False
    office, actor = open_office(data, "admin", COUNTY.password, county.clock)
    assert office.safe.slots.names() == ("admin",)
    assert office.ask(KeyChange(), actor).is_due
    office.close()


def test_slots_of_the_first_release_open_and_are_made_anew(county: Desk) -> None:
    data, key = county.office.data, county.office.safe.key
    content = json.loads(data.keys.read_text("utf-8"))
    old = [
        first_form("account", "admin", COUNTY.password, key),
        first_form("recovery", "", county.recovery, key),
    ]
    old += [one for one in content["slots"] if one["kind"] == "escrow"]
    data.keys.write_text(json.dumps({"version": 1, "slots": old}), "utf-8")
    county.do(AddAccount("clerk", CLERK))
    county.do(DisableAccount("clerk"))
    county.office.close()
    assert fits(data.database, key)
    office, actor = open_office(data, "admin", COUNTY.password, county.clock)
    assert "E019" in office.ask(KeyChange(), actor).words
    assert office.safe.slots.old_form() == ("recovery",)
    office.do(RenewRecoveryCode(county.recovery), actor)
    office.close()
    assert not fits(data.database, key)
    office, _ = open_office(data, "admin", COUNTY.password, county.clock)
    office.close()


def first_form(kind: str, name: str, secret: str, key: bytes) -> dict[str, str]:
    """A slot as version 1 wrote it: the key itself under the secret."""
    return {"kind": kind, "name": name} | sealing.wrap_secret(
        secret, f"huimin.slot.v1\0{kind}\0{name}".encode(), key
    )


def test_old_copies_still_open_old_data(county: Desk, old_keys: Path, tmp_path: Path) -> None:
    """As the manual says: what was copied before stays readable for whoever could read it then."""
    backup = Path(county.do(BackUp()).file)
    county.do(DisableAccount("clerk"))
    county.office.close()
    old = DataDir(tmp_path / "old")
    restore_backup(old, backup)
    office, _ = open_office(old, "clerk", CLERK, SetClock(county.clock.at))
    office.close()


class _Killer:
    """Counts the lines that run of the modules of a key change, and kills this process at one of them."""

    files = (change_key.__file__, tables.__file__, slots.__file__, tables.copy_database.__code__.co_filename)

    def __init__(self, at: int):
        self.at, self.seen = at, 0

    def __call__(self, frame: FrameType, event: str, _arg: Any) -> Any:
        if frame.f_code.co_filename not in self.files:
            return None
        if event == "line":
            self.seen += 1
            if self.seen == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def change_in_fork(data: DataDir, key: bytes, clock: SetClock, at: int) -> tuple[bool, int]:
    """Change the key in a process of its own, killed at the line of that number; whether it was, and the lines seen."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            killer = _Killer(at)
            sys.settrace(killer)
            change_key.change_on_leaving(data, key, clock)
            sys.settrace(None)
            os.write(writing, str(killer.seen).encode())
            os._exit(0)
        except BaseException:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    os.close(writing)
    with os.fdopen(reading) as told:
        seen = int(told.read() or 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status), seen


@needs_fork
def test_a_kill_at_any_line_leaves_an_office_that_opens_with_all_its_data(
    county: Desk, old_keys: Path, tmp_path: Path
) -> None:
    data, key = county.office.data, county.office.safe.key
    county.do(DisableAccount("clerk"))
    expected = people_and_keys(county.office)
    county.office.database.close()
    county.office._presence.leave()
    prepare = put_aside(data.root, tmp_path / "saved")
    was_killed, lines = change_in_fork(data, key, county.clock, 0)
    kills = KILLS // 2
    assert not was_killed and lines > kills
    outcomes = set()
    for turn in range(kills):
        prepare()
        was_killed, _ = change_in_fork(data, key, county.clock, 1 + turn * (lines - 1) // (kills - 1))
        assert was_killed
        is_new = not fits(data.database, key)
        outcomes.add(is_new)
        assert opens_with(data, old_keys, "clerk", CLERK) is not is_new
        office, actor = open_office(data, "admin", COUNTY.password, county.clock)
        assert people_and_keys(office)[:1] + people_and_keys(office)[2:] == expected[:1] + expected[2:]
        assert [c for c in people_and_keys(office)[1] if c not in expected[1]] == []
        assert not office.ask(KeyChange(), actor).is_due
        assert not fits(data.database, key) and not opens_with(data, old_keys, "clerk", CLERK)
        assert not data.next_database.exists() and not data.next_site_keys.exists()
        office.close()
        with pytest.raises(Refused, match="E002"):
            open_office(data, "clerk", CLERK, county.clock)
    assert outcomes == {False, True}
