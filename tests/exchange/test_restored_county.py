"""A county restored from a backup: acknowledgements go back visibly, stations resend, nothing is doubled (case 58)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.bundle.signing import Checkpoint
from app.chain import GENESIS, entry_hash
from app.services.exchange import runs
from app.services.exchange.desk import ExchangeDesk
from tests.exchange.forging import Note
from tests.exchange.offices import Place
from tests.exchange.restoring import approve, backed_up, names, restored, rows, swap

Three = tuple[Place, Place, Place]


def code(place: Place) -> str:
    """The place's code."""
    return place.office.identity.code


def test_case_58_a_restored_county_gets_everything_again(three: Three) -> None:
    county, first, second = three
    for station in (first, second):
        station.do(Note(f"旧{code(station)[-1]}"))
        swap(station, county)
        swap(county, station, code(station))
        swap(station, county)
    kept = backed_up(county)
    county.do(Note("局里新来的"))
    first.do(Note("新0"))
    swap(first, county)
    swap(county, first, code(first))
    first.do(Note("新0的下一个"))

    county = restored(county, kept)
    assert names(county) == ["旧0", "旧1"]
    [early] = county.take(first.export()[0].file)
    assert early.outcome == "PARKED"
    for station in (first, second):
        [parked] = station.take(county.export(code(station))[0].file)
        assert (parked.outcome, parked.code) == ("PARKED", "E791")
    told = approve(first, county).admitted.words
    assert len(told) == 1 and "第 2 条" in told[0] and "只有第 1 条" in told[0]
    assert approve(second, county).admitted.words == ()
    [back] = county.take(first.export()[0].file)
    assert back.outcome == "APPLIED"
    assert "找回本单位恢复前的记录" in back.text
    assert names(county) == ["局里新来的", "新0", "新0的下一个", "旧0", "旧1"]
    assert rows(county, "SELECT count(*) FROM received_bundle WHERE outcome = 'PARKED'") == [(0,)]
    assert rows(county, "SELECT * FROM pending") == []
    swap(county, second, code(second))
    assert "局里新来的" in names(second)
    swap(county, first, code(first))
    for station in (first, second):
        assert swap(station, county) == ["NOOP"]
        assert swap(county, station, code(station)) == ["NOOP"]
        assert station.ask(ExchangeDesk()).waiting == 0
    assert county.ask(ExchangeDesk()).waiting == 0
    county.office.close()


def test_case_58_county_and_station_both_restored(three: Three) -> None:
    county, first, second = three
    first.do(Note("甲"))
    swap(first, county)
    swap(county, first, code(first))
    swap(first, county)
    kept_county, kept_station = backed_up(county), backed_up(first)
    county.do(Note("局甲"))
    first.do(Note("乙"))
    swap(first, county)
    swap(county, first, code(first))
    swap(county, second, code(second))
    county, first = restored(county, kept_county), restored(first, kept_station)
    first.do(Note("丙"))
    county.do(Note("局乙"))
    up, down = first.export()[0].file, county.export(code(first))[0].file
    assert [one.code for one in county.take(up)] == ["E791"]
    assert [one.code for one in first.take(down)] == ["E791"]
    approve(county, first)
    approve(first, county)
    second.take(county.export(code(second))[0].file)
    approve(second, county)
    assert "局甲" not in names(county)
    swap(second, county)
    for _ in range(2):
        swap(first, county)
        swap(county, first, code(first))
    swap(county, second, code(second))
    assert names(county) == names(first) == ["丙", "局乙", "局甲", "甲"]
    assert names(second) == ["局乙", "局甲"]
    assert swap(first, county) == ["NOOP"]
    assert swap(county, first, code(first)) == ["NOOP"]
    county.office.close()
    first.office.close()


def test_case_58_a_partner_cannot_forge_what_comes_back(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, first, _ = three
    county.do(Note("局甲"))
    kept = backed_up(county)
    county.do(Note("局乙", "真"))
    swap(county, first, code(first))
    county = restored(county, kept)
    first.take(county.export(code(first))[0].file)
    approve(first, county)
    forge_last(first, f"{code(county)}/1/down", "真", "假")
    assert swap(first, county) == ["NOOP"], "what its writer did not sign, this program does not give back"
    keys = {first.office.safe.site_keys.public.signing}
    monkeypatch.setattr(runs, "known_keys", lambda look, site: keys)
    before = county.digest()
    [alarm] = county.take(first.export()[0].file)
    assert (alarm.outcome, alarm.code) == ("ALARM", "E793")
    assert county.digest() == before
    county.office.close()


def forge_last(place: Place, stream: str, old: str, new: str) -> None:
    """Rewrite the newest entry of a partner's stream, chain and sign it with the own key."""
    with place.office.database.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER keep_received_entry_update"))
        query = text("SELECT seq, body FROM received_entry WHERE stream = :s ORDER BY seq DESC LIMIT 1")
        seq, body = connection.execute(query, {"s": stream}).one()
        before = text("SELECT hash FROM received_entry WHERE stream = :s AND seq = :n")
        previous = connection.execute(before, {"s": stream, "n": seq - 1}).scalar() or GENESIS
        body = body.replace(old.encode(), new.encode())
        head = entry_hash(previous, body)
        proof = Checkpoint.signed(place.office.safe.site_keys.signing, stream, seq, head).signature
        values = {"s": stream, "n": seq, "body": body, "head": head, "proof": proof}
        connection.execute(
            text("UPDATE received_entry SET body = :body, hash = :head WHERE stream = :s AND seq = :n"),
            values,
        )
        connection.execute(
            text("UPDATE received_stream SET head = :head, proof = :proof WHERE id = :s"), values
        )


def test_case_58_what_was_listed_only_counts_once_its_writer_has_it_back(three: Three) -> None:
    county, first, second = three
    county.do(Note("局甲"))
    for station in (first, second):
        swap(county, station, code(station))
    kept = backed_up(county)
    county.do(Note("局乙"))
    swap(county, first, code(first))
    old_stick = county.export(code(second))[0].file
    county = restored(county, kept)
    for station in (first, second):
        station.take(county.export(code(station))[0].file)
        approve(station, county)
    [late] = second.take(old_stick)
    assert "只列出不计入" in late.text
    assert names(second) == ["局甲"]
    swap(first, county)
    assert names(county) == ["局乙", "局甲"]
    swap(county, second, code(second))
    assert names(second) == ["局乙", "局甲"]
    swap(second, county)
    assert county.ask(ExchangeDesk()).waiting == 0
    county.office.close()
