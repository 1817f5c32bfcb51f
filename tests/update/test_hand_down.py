"""A county hands an update down: named in its reply, laid beside it on the stick, trusted for the maker's key alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import __version__
from app.bundle.faults import BadContent
from app.bundle.fields import Fields
from app.bundle.sender_program import SenderProgram
from app.clock import local_date
from app.errors import Refused
from app.services.exchange import export
from app.services.exchange.export import ExportBundles
from app.services.exchange.programs_below import ProgramBelow, ProgramsBelow
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UpdateWaiting
from app.services.update import hand_down, install_here, offer
from app.services.update.hand_down import HandDownUpdate
from app.services.update.handed import UpdateFromAbove, WaitingUpdate
from app.services.update.install import own_arch, own_system
from app.services.update.install_here import InstallUpdate
from app.services.update.offer import ReadUpdate
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.update.small_program import COUNTERS, FIRST, SECOND, THIRD, Maker, contents, installed, started

__all__ = ["county", "station"]


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Whose key the program trusts, at both offices."""
    made = Maker(tmp_path / "maker")
    for module in (hand_down, offer, install_here):
        monkeypatch.setattr(module, "release_keys", lambda: made.keys)
    return made


def sent_down(county: Place, station: Place) -> list[Path]:
    """A reply on the stick, taken in by the station; the files of updates that lie beside it."""
    for one in county.export(station.office.identity.code):
        station.take(one.file)
    return sorted(county.stick.glob("*.hmu"))


def waiting(station: Place, *folders: Path) -> WaitingUpdate | None:
    found = station.ask(UpdateFromAbove(folders))
    assert found is None or isinstance(found, WaitingUpdate)
    return found


def refused(place: Place, file: Path) -> str:
    with pytest.raises(Refused) as refusal:
        place.do(HandDownUpdate(file))
    return refusal.value.code


def reminders(place: Place) -> list[UpdateWaiting]:
    return [one.subject for one in place.ask(TodayDesk()).urgent if isinstance(one.subject, UpdateWaiting)]


def test_an_update_goes_down_with_the_reply_and_is_installed(
    county: Place, station: Place, maker: Maker, tmp_path: Path
) -> None:
    assert waiting(station) is None
    county.do(HandDownUpdate(maker.update()))
    [file] = sent_down(county, station)
    assert file.name.startswith(f"huimin-{SECOND}-linux-")
    found = waiting(station, county.stick)
    assert found is not None and found.on == local_date(county.clock.now().at)
    assert found == WaitingUpdate(
        SECOND, found.on, (f"第 {SECOND} 版", "修正签到"), file.stat().st_size, file
    )
    assert reminders(station) == [UpdateWaiting(SECOND)] and reminders(county) == []
    place = installed(tmp_path / "program")
    station.do(InstallUpdate(file, place.base))
    assert started(place) == SECOND


def test_without_the_stick_the_station_knows_what_it_waits_for(
    county: Place, station: Place, maker: Maker, tmp_path: Path
) -> None:
    county.do(HandDownUpdate(maker.update()))
    [file] = sent_down(county, station)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    (tmp_path / "empty").mkdir()
    for folder in (county.stick, tmp_path / "empty", tmp_path / "not there"):
        found = waiting(station, folder)
        assert found is not None and found.file is None


def test_a_county_that_is_not_the_maker_changes_nothing_at_its_stations(
    county: Place, station: Place, maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its program was made to trust another maker; the station's was not."""
    other = Maker(tmp_path / "other")
    monkeypatch.setattr(hand_down, "release_keys", lambda: other.keys)
    county.do(HandDownUpdate(other.update()))
    [file] = sent_down(county, station)
    place = installed(tmp_path / "program")
    kept = contents(place.base)
    with pytest.raises(Refused) as refusal:
        station.do(InstallUpdate(file, place.base))
    assert refusal.value.code == "E967" and contents(place.base) == kept


def test_what_is_no_update_of_the_maker_is_not_handed_down(
    county: Place, station: Place, maker: Maker, tmp_path: Path
) -> None:
    whole = maker.update()
    cut = tmp_path / "cut.hmu"
    cut.write_bytes(whole.read_bytes()[:-7])
    assert refused(county, cut) == "E966"
    assert refused(county, Maker(tmp_path / "stranger").update()) == "E967"
    assert refused(station, whole) == "E997"
    assert sent_down(county, station) == [] and not list(county.office.data.updates.glob("*"))


def test_only_a_newer_one_takes_its_place(county: Place, station: Place, maker: Maker) -> None:
    county.do(HandDownUpdate(maker.update(THIRD)))
    assert refused(county, maker.update(THIRD)) == "E998"
    assert refused(county, maker.update(SECOND)) == "E998"
    county.do(HandDownUpdate(maker.update(SECOND, system="windows")))
    names = [file.name.split("-")[1:3] for file in sent_down(county, station)]
    assert names == [[SECOND, "windows"], [THIRD, "linux"]]
    found = waiting(station)
    assert found is not None and found.version == THIRD


def test_an_older_file_is_forgotten_when_a_newer_goes_down(county: Place, maker: Maker) -> None:
    county.do(HandDownUpdate(maker.update(SECOND)))
    county.do(HandDownUpdate(maker.update(THIRD)))
    assert len(list(county.office.data.updates.glob("*.hmu"))) == 1


def test_the_file_is_copied_once_to_a_stick(county: Place, station: Place, maker: Maker) -> None:
    county.do(HandDownUpdate(maker.update()))
    [file] = sent_down(county, station)
    before = file.stat().st_mtime_ns
    assert county.export()[0].beside == (file.name,)
    assert file.stat().st_mtime_ns == before


def test_a_reply_is_written_although_the_update_is_not(county: Place, station: Place, maker: Maker) -> None:
    county.do(HandDownUpdate(maker.update()))
    [kept] = county.office.data.updates.glob("*.hmu")
    kept.write_bytes(b"0" * kept.stat().st_size)
    reply, fault = county.export()
    assert reply.is_written and reply.beside == ()
    assert (fault.recipient_name, fault.code) == ("程序更新", "E966")


def test_a_delivery_carries_no_update(county: Place, station: Place, maker: Maker, tmp_path: Path) -> None:
    county.do(HandDownUpdate(maker.update()))
    folder = tmp_path / "outbox"
    folder.mkdir()
    county.do(ExportBundles(folder, lays_updates=False))
    assert list(folder.glob("*.hmu")) == []


def sent_up(station: Place, county: Place) -> None:
    for one in station.export():
        county.take(one.file)


def programs(county: Place) -> tuple[ProgramBelow, ...]:
    found: tuple[ProgramBelow, ...] = county.ask(ProgramsBelow())
    return found


def test_the_bureau_sees_who_has_which_version(
    county: Place, station: Place, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    [one] = programs(county)
    assert (one.site, one.version, one.on) == (station.office.identity.code, "", None)
    county.do(HandDownUpdate(maker.update()))
    sent_up(station, county)
    [one] = programs(county)
    assert (one.version, one.system.split()[0], one.waits_for) == (__version__, "Linux", SECOND)
    assert one.on == local_date(county.clock.now().at)
    newer = SenderProgram(SECOND, COUNTERS[SECOND], own_system(), own_arch())
    monkeypatch.setattr(export, "running_program", lambda: newer)
    sent_up(station, county)
    [one] = programs(county)
    assert (one.version, one.waits_for) == (SECOND, "")
    assert programs(station) == ()


def test_a_bundle_that_says_nothing_of_its_program_is_taken(
    county: Place, station: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "running_program", lambda: None)
    sent_up(station, county)
    [one] = programs(county)
    assert (one.version, one.on) == ("", None)


@pytest.mark.parametrize("changed", [{"version": "a b"}, {"release": -1}, {"system": ""}, {"arch": None}, {}])
def test_a_program_is_told_in_plain_words_or_the_bundle_is_not_taken(changed: dict[str, object]) -> None:
    told = {**SenderProgram("1.2.3", 7, "windows", "amd64").fields(), **changed}
    if not changed:
        assert SenderProgram.read(Fields(told, "发件程序")).fields() == told
        return
    with pytest.raises(BadContent):
        SenderProgram.read(Fields(told, "发件程序"))


def test_an_office_that_lost_the_file_says_nothing_of_it(county: Place, station: Place, maker: Maker) -> None:
    county.do(HandDownUpdate(maker.update()))
    shutil.rmtree(county.office.data.updates)
    assert sent_down(county, station) == []


def test_a_bureau_reads_what_it_would_not_install_itself(
    county: Place, station: Place, maker: Maker, tmp_path: Path
) -> None:
    place = installed(tmp_path / "program", THIRD)
    file = maker.update(SECOND, system="windows")
    found = county.ask(ReadUpdate(file, place.base))
    assert found.system.startswith("Windows") and found.why_not.startswith("E969")
    with pytest.raises(Refused, match="E969"):
        station.ask(ReadUpdate(file, place.base))
    assert place.current().version != FIRST
