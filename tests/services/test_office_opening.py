"""Setting up, opening, logging in and out of a real office."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clock import SetClock, local_to_utc
from app.errors import Refused
from app.models.organisation import Site
from app.models.records import ChangeEntry, JournalEntry, SecurityEvent
from app.paths import DataDir
from app.services.office.office import merge_logins, open_office, open_with_recovery
from app.services.office.set_up import make_office
from app.services.security.accounts import Accounts, AddAccount, DisableAccount
from tests.office_copies import START
from tests.services.conftest import COUNTY, Desk


def test_y01_a_county_starts_with_its_sites(county: Desk) -> None:
    with Session(county.office.database.reader) as session:
        kinds = [site.kind for site in session.scalars(select(Site).where(Site.parent == "140802"))]
    assert kinds.count("县中心") == 1
    assert kinds.count("工作站") == 21


def test_q02_every_stored_site_is_in_the_log_and_the_journal(county: Desk) -> None:
    with Session(county.office.database.reader) as session:
        logged = session.scalars(select(ChangeEntry.row_id).where(ChangeEntry.table == "site")).all()
        assert sorted(logged) == sorted(session.scalars(select(Site.id)))
        assert [row.command for row in session.scalars(select(JournalEntry))] == ["LayOutSites"]


def test_wrong_password_is_refused_counted_and_on_record(county: Desk) -> None:
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Refused, match="E002") as refusal:
            county.office.login(COUNTY.admin, "falsch-123")
        assert f"还可试 {left} 次" in str(refusal.value) or left == 0
    with pytest.raises(Refused, match="E003"):
        county.office.login(COUNTY.admin, COUNTY.password)
    county.clock.advance(timedelta(seconds=31))
    assert county.office.login(COUNTY.admin, COUNTY.password).name == "admin"
    merge_logins(county.office)
    with Session(county.office.database.reader) as session:
        kinds = list(session.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.id)))
    assert kinds == ["login_failed"] * 5 + ["login_locked"]


def test_the_recovery_code_opens_the_office(county: Desk) -> None:
    typed = county.recovery.lower().replace("-", " ")
    opened = open_with_recovery(county.office.data, typed, county.clock)
    assert opened.identity.name == "盐湖区司法局"
    opened.close()
    with pytest.raises(Refused, match="E007"):
        open_with_recovery(county.office.data, "AAAA-" * 8, county.clock)


def test_a_missing_right_is_refused_and_on_record(county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",), "柴秀英"))
    clerk = county.office.login("clerk", "Clerk-2022")
    with pytest.raises(Refused, match="E001"):
        county.do(AddAccount("other", "Other-2022"), clerk)
    with Session(county.office.database.reader) as session:
        assert (
            session.scalar(select(SecurityEvent.detail).where(SecurityEvent.kind == "refused"))
            == "AddAccount"
        )


def test_a_disabled_account_cannot_open_the_office(county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022"))
    county.do(DisableAccount("clerk"))
    with pytest.raises(Refused, match="E002"):
        open_office(county.office.data, "clerk", "Clerk-2022", county.clock)
    with pytest.raises(Refused, match="E013"):
        county.do(DisableAccount("admin"))
    assert [account.is_active for account in county.ask(Accounts())] == [True, False]


def test_the_files_of_an_office_hold_no_plain_name(county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022", display_name="柴秀英"))
    county.office.close()
    for file in county.office.data.root.rglob("*"):
        if file.is_file():
            assert "柴秀英".encode() not in file.read_bytes(), file.name
            assert "解州镇".encode() not in file.read_bytes(), file.name


def test_the_first_administrator_is_called_so_until_a_name_is_given(tmp_path: Path) -> None:
    clock = SetClock(local_to_utc(datetime(2022, 5, 10, 9, 0)))
    made = make_office(DataDir(tmp_path / "office"), replace(COUNTY, admin_title=" "), clock)
    assert made.office.actor_of(COUNTY.admin).display_name == "管理员"
    made.office.close()


@pytest.mark.parametrize("step", ["site_keys", "keys", "database"])
def test_a_power_cut_during_set_up_leaves_no_half_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    data = DataDir(tmp_path / "office")
    clock = SetClock(local_to_utc(START))
    moved, stop = Path.replace, getattr(data.draft, step).name

    def cut(self: Path, target: Path) -> Path:
        if self.parent == data.draft.root and self.name == stop:
            raise KeyboardInterrupt
        return moved(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            make_office(data, COUNTY, clock)
    with pytest.raises(Refused, match="E911"):
        open_office(data, COUNTY.admin, COUNTY.password, clock)
    made = make_office(data, COUNTY, clock)
    assert made.office.ask(Accounts(), made.office.actor_of("admin"))[0].name == "admin"
    made.office.close()
    assert not data.draft.root.exists()
