"""The recovery code: a new password by it, and a new code in its place."""

from __future__ import annotations

import pytest

from app.errors import Refused
from app.kernel import slots
from app.services.office.last_backup import LastBackup
from app.services.office.office import open_office
from app.services.office.reset_with_recovery import reset_with_recovery
from app.services.security.renew_recovery_code import RenewRecoveryCode
from tests.services.conftest import Desk


def test_the_code_sets_a_new_password_and_ends_the_delay(county: Desk) -> None:
    data, clock = county.office.data, county.clock
    for _ in range(5):
        with pytest.raises(Refused, match="E002"):
            county.office.login("admin", "Wrong-2022")
    assert county.office.safe.logins.seconds_locked("admin", clock.now()) == 30
    typed = county.recovery.replace("-", " ").lower()
    office, actor = reset_with_recovery(data, typed, "admin", "Renewed-2022", clock)
    office.close()
    assert actor.name == "admin"
    open_office(data, "admin", "Renewed-2022", clock)[0].close()
    with pytest.raises(Refused, match="E002"):
        county.office.login("admin", "Yanhu-2022")


def test_a_wrong_code_or_account_changes_nothing(county: Desk) -> None:
    data, clock = county.office.data, county.clock
    with pytest.raises(Refused, match="E007"):
        reset_with_recovery(data, "AAAA", "admin", "Renewed-2022", clock)
    with pytest.raises(Refused, match="E011"):
        reset_with_recovery(data, county.recovery, "nobody", "Renewed-2022", clock)
    with pytest.raises(Refused, match="E004"):
        reset_with_recovery(data, county.recovery, "admin", "short", clock)
    assert county.office.login("admin", "Yanhu-2022").name == "admin"


def test_a_new_code_takes_the_place_of_the_old_one_for_the_escrow_key_too(county: Desk) -> None:
    keys = county.office.safe.slots
    escrow = keys.open(slots.ESCROW, "", county.recovery)
    fresh = county.do(RenewRecoveryCode(county.recovery))
    assert keys.open(slots.RECOVERY, "", county.recovery) is None
    assert keys.open(slots.RECOVERY, "", fresh) == county.office.safe.key
    assert keys.open(slots.ESCROW, "", fresh) == escrow is not None
    with pytest.raises(Refused, match="E007"):
        county.do(RenewRecoveryCode(county.recovery))


def test_an_office_without_a_backup_is_reminded(county: Desk) -> None:
    age = county.ask(LastBackup())
    assert (age.at, age.is_old) == (None, True)
