"""What a thief of a disk, another enrolled station or a restored one may try with a new epoch; nothing of it counts."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.bundle.epochs import EpochLink, Position
from app.chain import GENESIS
from app.clock import Instant
from app.errors import Refused
from app.paths import DataDir
from app.services.exchange import new_epoch
from app.services.exchange.approve import ApproveEpoch
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office
from app.services.office.office import Office
from app.services.security.accounts import AddAccount
from app.values import Role
from tests.exchange.forging import Note, signed_bundle
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.restoring import approve, backed_up, names, reopened, restored, rows, swap

Three = tuple[Place, Place, Place]
KEYS = "SELECT site, state, sign_key FROM peer_key ORDER BY site, state, sign_key"


def ticking(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place's clock goes on by a second whenever it is read."""
    clock = place.clock

    def now() -> Instant:
        clock.advance(timedelta(seconds=1))
        return Instant(clock.at, clock.mono, clock.boot)

    monkeypatch.setattr(clock, "now", now)


def link_of(forger: Place, site: str, epoch: int = 9) -> EpochLink:
    """The forger's word that its own key follows itself at another site."""
    keys = forger.office.safe.site_keys
    return EpochLink.signed(keys.signing, keys.public.signing, site, epoch, keys.public.signing)


def test_another_station_cannot_announce_an_epoch_for_this_one(three: Three, tmp_path: Path) -> None:
    county, station, other = three
    station.do(Note("真"))
    swap(station, county)
    before, keys = county.digest(), rows(county, KEYS)
    forged = signed_bundle(other, tmp_path / "x.hmb", sender=JIEZHOU, epochs=[link_of(other, JIEZHOU)])
    [outcome] = county.take(forged)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E722")
    assert county.digest() == before and rows(county, KEYS) == keys
    assert county.ask(ExchangeDesk()).alarms == 1


def test_a_link_that_the_old_key_did_not_sign_announces_nothing(three: Three, tmp_path: Path) -> None:
    """The thief knows the public key of the station, from a bundle, and signs the link with one of its own."""
    county, station, other = three
    known, mine = station.office.safe.site_keys.public.signing, other.office.safe.site_keys
    made = EpochLink.signed(mine.signing, known, JIEZHOU, 9, mine.public.signing)
    [outcome] = county.take(signed_bundle(other, tmp_path / "x.hmb", sender=JIEZHOU, epochs=[made]))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E722")


def test_a_restored_station_moves_no_position_of_another_one(three: Three, tmp_path: Path) -> None:
    county, station, other = three
    station.do(Note("甲"))
    swap(station, county)
    other = restored(other, backed_up(other))
    county.take(other.export()[0].file)
    approve(county, other)
    before = county.digest()
    aimed = [Position(f"{JIEZHOU}/1/up", 99, GENESIS)]
    [outcome] = county.take(signed_bundle(other, tmp_path / "x.hmb", parents=aimed))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E724")
    assert county.digest() == before
    other.office.close()


def test_a_position_that_is_not_the_history_held_is_a_fork(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    station = restored(station, backed_up(station))
    aimed = [Position(f"{JIEZHOU}/1/up", 1, bytes([1] * 32))]
    keys = rows(county, KEYS)
    [outcome] = county.take(signed_bundle(station, tmp_path / "x.hmb", parents=aimed))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702")
    assert rows(county, KEYS) == keys, "nothing to approve"
    station.office.close()


def test_a_position_that_the_history_came_to_differ_from_stops_the_approval(
    three: Three, tmp_path: Path
) -> None:
    """It was beyond what was held when it was announced; the entry came on an old stick afterwards."""
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    kept = backed_up(station)
    station.do(Note("乙"))
    late = station.export()[0].file
    station = restored(station, kept)
    aimed = [Position(f"{JIEZHOU}/1/up", 2, bytes([1] * 32))]
    [parked] = county.take(signed_bundle(station, tmp_path / "x.hmb", parents=aimed))
    assert parked.code == "E791"
    assert [one.outcome for one in county.take(late)] == ["APPLIED"]
    before = county.digest()
    with pytest.raises(Refused) as refused:
        approve(county, station)
    assert refused.value.code == "E702" and county.digest() == before
    station.office.close()


def test_a_position_in_the_new_epoch_itself_is_no_earlier_one(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station = restored(station, backed_up(station))
    keys = rows(county, KEYS)
    aimed = [Position(f"{JIEZHOU}/{station.office.identity.epoch}/up", 1, bytes([1] * 32))]
    [outcome] = county.take(signed_bundle(station, tmp_path / "x.hmb", parents=aimed))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E724")
    assert rows(county, KEYS) == keys, "nothing to approve"
    station.office.close()


@pytest.mark.parametrize("role", [Role.clerk, Role.reviewer, Role.leader, Role.cashier])
def test_nobody_but_who_may_enrol_approves_a_new_key(three: Three, role: Role) -> None:
    county, station, _ = three
    station = restored(station, backed_up(station))
    station.do(Note("甲"))
    county.take(station.export()[0].file)
    fingerprint = station.office.safe.site_keys.public.fingerprint
    county.do(AddAccount("someone", "Someone-2022", (role.value,), "某"))
    before = county.digest()
    someone = county.office.actor_of("someone")
    for command in (ApproveEpoch(JIEZHOU, fingerprint), new_epoch.AdmitEpoch(JIEZHOU, fingerprint)):
        with pytest.raises(Refused) as refused:
            county.office.do(command, someone)
        assert refused.value.code == "E001"
    assert county.digest() == before and names(county) == []
    refusals = rows(county, "SELECT command FROM journal WHERE outcome = 'E001' ORDER BY id")
    assert refusals == [("ApproveEpoch",), ("AdmitEpoch",)], (
        "each by its own right, not by what it would have done"
    )
    approve(county, station)
    assert names(county) == ["甲"]
    station.office.close()


def test_a_thief_who_begins_many_epochs_does_not_keep_the_true_one_from_being_approved(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    monkeypatch.setattr(new_epoch, "MOST_ANNOUNCED", 2)
    kept = backed_up(station)
    key, root = station.office.safe.key, station.office.data.root.parent
    station = restored(station, kept)
    station.do(Note("真"))
    true = station.export()[0].file
    files = [true]
    for number in range(3):
        thief = reopened(station, DataDir(root / f"thief-{number}"), kept, key)
        thief.do(Note(f"假{number}"))
        files.append(thief.export()[0].file)
        thief.office.close()
    ticking(county, monkeypatch)
    for file in [*files, true]:
        assert county.take(file)[0].code == "E791"
    approve(county, station)
    assert names(county) == ["真"]
    station.office.close()


def test_the_old_key_of_a_clone_counts_nothing_once_the_restored_one_is_approved(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    kept = backed_up(station)
    root, key = station.office.data.root, station.office.safe.key
    station.office.close()
    shutil.copytree(root, root.parent / "clone")
    clone_data = DataDir(root.parent / "clone")
    shutil.rmtree(root)
    station = reopened(station, DataDir(root), kept, key)
    county.take(station.export()[0].file)
    approve(county, station)
    clone = Place(Office(clone_data, key, station.clock), station.actor, station.clock, station.stick)
    clone.do(Note("假"))
    [outcome] = county.take(clone.export()[0].file)
    assert "只列出不计入" in outcome.text and names(county) == ["甲"]
    station.do(Note("乙"))
    assert swap(station, county) == ["APPLIED"]
    swap(county, station, JIEZHOU)
    assert names(county) == names(station) == ["乙", "甲"]
    clone.office.close()
    station.office.close()


def test_a_station_that_is_enrolled_anew_leaves_no_key_to_approve(three: Three, tmp_path: Path) -> None:
    county, _, other = three
    lost = restored(other, backed_up(other))
    county.take(lost.export()[0].file)
    folder = tmp_path / "again"
    folder.mkdir()
    county.do(InviteSite(LONGJU, folder / "in.hme"))
    new, _, _ = enrol_office(
        DataDir(folder / "data"), folder / "in.hme", folder / "out.hme", "admin", "Station-2022", other.clock
    )
    county.do(AdmitSite(folder / "out.hme"))
    with pytest.raises(Refused) as refused:
        approve(county, lost)
    assert refused.value.code == "E795"
    assert [one.outcome for one in county.take(lost.export()[0].file)] == ["ALARM"]
    new.close()
    lost.office.close()
