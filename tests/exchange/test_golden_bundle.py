"""What a released version wrote reads for ever, by the format and by an office (case 52)."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.bundle.enrolment import read_answer, read_invitation
from app.bundle.faults import BundleFault
from app.bundle.manifest import ESCROW, SENDER
from app.bundle.reading import open_bundle
from app.models.schema import CONTRACT
from tests.exchange.golden import Golden, county_of, digest_of, put_back, releases, station_of
from tests.exchange.offices import Place

BUNDLES = ("down", "up", "reply")
FLIP_EVERY = 29
"""A bit in every so many bytes."""

every_release = pytest.mark.parametrize("golden", releases(), ids=lambda golden: golden.folder.name)
every_bundle = pytest.mark.parametrize("bundle", BUNDLES)


def test_the_first_release_left_its_files() -> None:
    assert "0.1.0" in [golden.folder.name for golden in releases()]


@every_release
@every_bundle
def test_case_52_a_golden_bundle_reads_as_it_was_written(golden: Golden, bundle: str) -> None:
    told = golden.told["bundles"][bundle]
    assert hashlib.sha256(golden.data(told["file"])).hexdigest() == told["sha256"], "never change the files"
    reader = golden.open(bundle)
    manifest = reader.manifest
    for name in ("id", "made_at", "sender", "sender_key", "direction", "contract", "least_reader"):
        assert getattr(manifest, name) == told[name]
    assert (manifest.check_code, manifest.entry_count) == (told["check_code"], told["entries"])
    for name in ("slices", "checkpoints", "receipts"):
        assert [part.fields() for part in getattr(manifest, name)] == told[name]
    assert all(note.is_by(manifest.sender_key) for note in manifest.checkpoints)
    assert all(receipt.is_by(manifest.sender_key) for receipt in manifest.receipts)
    entries = list(reader.read_changes())
    assert digest_of(entries) == told["digest"]
    found = {(entry.fields["stream"], entry.fields["seq"]): entry for entry in entries}
    assert told["facts"]
    for fact in told["facts"]:
        entry = found[fact["stream"], fact["seq"]]
        assert {name: entry.fields[name] for name in fact if name != "personal"} == {
            name: value for name, value in fact.items() if name != "personal"
        }
        assert (entry.personal.decoded() if entry.personal else None) == fact["personal"]


@every_release
@every_bundle
def test_case_68_sender_and_escrow_read_the_same(golden: Golden, bundle: str) -> None:
    told = golden.told["bundles"][bundle]
    for keys, role in ((golden.keys(golden.side_of(told["sender"])), SENDER), (golden.escrow, ESCROW)):
        assert digest_of(golden.open(bundle, keys, role).read_changes()) == told["digest"]


@every_release
@every_bundle
def test_case_11_a_bit_flipped_in_a_golden_bundle_is_refused(golden: Golden, bundle: str) -> None:
    told = golden.told["bundles"][bundle]
    keys, whole = golden.keys(golden.side_of(told["recipient"])), golden.data(told["file"])
    for at in range(0, len(whole), FLIP_EVERY):
        flipped = io.BytesIO(_flipped(whole, at))
        with pytest.raises(BundleFault):
            open_bundle(flipped, keys, contract=CONTRACT, site=told["recipient"]).verify()


@every_release
def test_golden_key_side_files_hold_the_named_keys(golden: Golden) -> None:
    for side in ("county", "station"):
        told, keys = golden.told[side], golden.keys(side)
        assert keys.signing.private_bytes_raw().hex() == told["signing"]
        assert str(keys.identity) == told["identity"]
        assert (keys.public.signing, keys.recipient) == (told["public_signing"], told["recipient"])
        assert keys.public.fingerprint == told["fingerprint"]


@every_release
def test_golden_enrolment_files_read(golden: Golden) -> None:
    told, county, station = golden.told["enrolment"], golden.told["county"], golden.told["station"]
    invitation = read_invitation(golden.data("invitation.hme"))
    assert (invitation.bureau.site, invitation.bureau.name) == (county["site"], county["name"])
    assert (invitation.site, invitation.name) == (station["site"], station["name"])
    assert (invitation.nonce, invitation.fingerprint) == (told["nonce"], told["invitation_fingerprint"])
    assert (invitation.epoch, invitation.bureau_epoch) == (told["epoch"], told["bureau_epoch"])
    assert (invitation.pack, invitation.escrow) == (golden.told["pack"], golden.escrow.recipient)
    answer = read_answer(
        golden.data("answer.hme"), golden.keys("county").public, station["site"], told["nonce"]
    )
    assert (answer.site.keys, answer.fingerprint) == (
        golden.keys("station").public,
        told["answer_fingerprint"],
    )


@every_release
def test_case_52_a_county_of_today_takes_the_golden_bundle(golden: Golden, tmp_path: Path) -> None:
    county, told = county_of(golden, tmp_path), golden.told["bundles"]["up"]
    put_back(county, golden, "down")
    before = county.digest()
    bad = tmp_path / "bad.hmb"
    bad.write_bytes(_flipped(golden.data(told["file"]), len(golden.data(told["file"])) // 2))
    assert [one.outcome for one in county.take(bad)] == ["REFUSED"]
    assert county.digest() == before
    _take(county, golden, "up")
    county.office.close()


@every_release
def test_case_52_a_station_of_today_takes_the_golden_bundles(golden: Golden, tmp_path: Path) -> None:
    county = county_of(golden, tmp_path)
    station = station_of(golden, tmp_path, county.clock)
    county.office.close()
    _take(station, golden, "down")
    put_back(station, golden, "up")
    _take(station, golden, "reply")
    [slice_] = golden.told["bundles"]["up"]["slices"]
    with station.office.database.reader.connect() as connection:
        row = connection.execute(text("SELECT stream, seq, head FROM acknowledgement")).one()
    assert (row.stream, row.seq, row.head.hex()) == (slice_["stream"], slice_["to"], slice_["head"])
    station.office.close()


def _flipped(whole: bytes, at: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def _take(place: Place, golden: Golden, bundle: str) -> None:
    """Import it twice: all of it is applied, without a fault, and nothing the second time."""
    told, before = golden.told["bundles"][bundle], place.count("received_entry")
    stick = place.stick / told["file"]
    shutil.copyfile(golden.folder / told["file"], stick)
    [outcome] = place.take(stick)
    assert (outcome.outcome, outcome.applied, outcome.code) == ("APPLIED", told["entries"], ""), outcome.text
    assert outcome.check_code == told["check_code"]
    assert outcome.summary == {table: n for part in told["slices"] for table, n in part["counts"].items()}
    assert place.count("received_entry") - before == told["entries"]
    assert place.count("received_entry WHERE fault <> ''") == 0
    _assert_rows(place, told["facts"])
    assert [one.outcome for one in place.take(stick)] == ["NOOP"]


def _assert_rows(place: Place, facts: list[dict[str, Any]]) -> None:
    """Every named row stands as its last entry says, or is gone where that took it back."""
    last = {(fact["table"], fact["id"]): fact for fact in facts}
    with place.office.database.reader.connect() as connection:
        for (table, row_id), fact in last.items():
            found = connection.execute(text(f'SELECT * FROM "{table}" WHERE id = :id'), {"id": row_id})
            row = found.mappings().first()
            assert (row is None) == (fact["op"] == "void")
            if row is not None:
                expected = {**fact["row"], **(fact["personal"] or {})}
                if table == "consultation":
                    rated = text("SELECT rating FROM consultation_rating WHERE consultation_id = :id")
                    words = connection.execute(rated, {"id": row_id}).scalars().all()
                    assert words == [expected.pop("rating")], "which is a row of its own by now"
                assert {name: row[name] for name in expected} == expected
