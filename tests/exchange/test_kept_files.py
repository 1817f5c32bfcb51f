"""What quarantine keeps: bounded for each sender, evidence of a fork included, and nothing of a stranger (cases 6, 54)."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import Refused
from app.services.exchange import export
from app.services.exchange.kept_files import DiscardBundle
from app.services.exchange.quarantine import LOCK
from app.services.office.settings import ChangeSetting
from tests.exchange.forging import Note
from tests.exchange.offices import Place
from tests.exchange.restoring import rows

HALF_A_MEGABYTE = 600_000
Three = tuple[Place, Place, Place]


def kept(place: Place) -> list[str]:
    """Files in quarantine."""
    return sorted(path.name for path in place.office.data.quarantine.iterdir() if path.name != LOCK)


def newest_only(station: Place) -> str:
    """A bundle that begins after all exported before, as when those are believed delivered."""
    file = station.export()[0].file
    with station.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO acknowledgement (stream, site, seq, head, countersignature, at) "
                "SELECT id, '140802', seq, head, '', '2022-05-10T00:00:00.000000Z' FROM stream WHERE audience = 'up' "
                "ON CONFLICT (stream, site) DO UPDATE SET seq = excluded.seq, head = excluded.head"
            )
        )
    return file


def test_parked_files_of_a_sender_are_bounded_and_the_oldest_stay(three: Three) -> None:
    county, station, _ = three
    files = []
    for name in "甲乙丙":
        station.do(Note(name, secrets.token_hex(HALF_A_MEGABYTE)))
        files.append(newest_only(station))
    county.do(ChangeSetting("parked_megabytes", "1"))
    assert [one.code for one in county.take(files[1])] == ["E721"]
    [refused] = county.take(files[2])
    assert (refused.outcome, refused.code) == ("REFUSED", "E798")
    assert "满 1 MB" in refused.text
    assert len(kept(county)) == 1
    assert [one.outcome for one in county.take(files[1])] == ["PARKED"], "what waits already goes on waiting"
    county.do(DiscardBundle(Path(files[1]).name, "等新的"))
    assert kept(county) == []
    assert rows(county, "SELECT outcome, code FROM received_bundle WHERE is_discarded") == [
        ("REFUSED", "E721")
    ]
    assert [one.code for one in county.take(files[2])] == ["E721"]
    assert [one.outcome for one in county.take(files[0])] == ["APPLIED"]
    with pytest.raises(Refused, match="没有名为"):
        county.do(DiscardBundle("x.hmb", "等新的"))
    with pytest.raises(Refused, match="为什么丢弃"):
        county.do(DiscardBundle("x.hmb", " "))


def test_one_senders_parked_files_take_no_room_from_another(three: Three) -> None:
    county, station, other = three
    county.do(ChangeSetting("parked_megabytes", "1"))
    files = []
    for name in "甲乙丙":
        for place in (station, other):
            place.do(Note(name, secrets.token_hex(HALF_A_MEGABYTE)))
            files.append(newest_only(place))
    codes = [county.take(file)[0].code for file in files[2:]]
    assert codes == ["E721", "E721", "E798", "E798"]
    assert len(kept(county)) == 2
    assert [one.outcome for one in county.take(*files[:2])] == ["APPLIED", "APPLIED"]
    assert kept(county) == [] and county.count("received_entry") == 4


def test_two_parked_files_of_one_name_are_told_apart_before_one_is_discarded(
    three: Three, tmp_path: Path
) -> None:
    county, station, other = three
    named = []
    for place in (station, other):
        for name in "甲乙":
            place.do(Note(name))
            file = newest_only(place)
        (tmp_path / f"copy-{place.office.identity.code}").mkdir()
        named.append(shutil.copy(file, tmp_path / f"copy-{place.office.identity.code}" / "月报.hmb"))
    for file in named:
        assert county.take(file)[0].code == "E721"
    before = kept(county)
    with pytest.raises(Refused) as refused:
        county.do(DiscardBundle("月报.hmb", "不要了"))
    assert refused.value.code == "E789" and kept(county) == before
    assert all(name[:16] in refused.value.message for name in before)
    county.do(DiscardBundle(before[0][:16], "不要了"))
    assert kept(county) == before[1:]


def test_case_06_the_forked_file_stays_until_it_is_discarded(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    county.take(station.export()[0].file)
    with station.office.database.writer.begin() as connection:
        for trigger in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER keep_change_entry_{trigger}"))
        for table in ("change_entry", "change_personal", "stream"):
            connection.execute(text(f"DELETE FROM {table} WHERE 1"))
    station.do(Note("乙"))
    before = county.digest()
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702")
    held = rows(county, "SELECT hex(hash) FROM received_entry")[0][0]
    assert str(held).lower()[:16] in outcome.text
    assert county.digest() == before
    assert kept(county) == [f"{outcome.sha256}.hmb"]
    county.take(station.export()[0].file)
    assert len(kept(county)) == 2
    for name in kept(county):
        county.do(DiscardBundle(name[:16], "已核实"))
    assert kept(county) == []


def test_case_54_a_newer_file_of_a_stranger_is_not_kept(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, other = three
    monkeypatch.setattr(export, "LEAST_READER", 9)
    monkeypatch.setattr(export, "CONTRACT", 9)
    mine, theirs = station.export()[0].file, other.export()[0].file
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE peer_key SET state = 'revoked' WHERE site = '140802101'"))
    [parked] = county.take(mine)
    [refused] = county.take(theirs)
    assert (parked.outcome, parked.code, parked.sender) == ("PARKED", "E707", "140802100")
    assert (refused.outcome, refused.code) == ("REFUSED", "E792")
    assert kept(county) == [f"{parked.sha256}.hmb"]
