"""Scans of cases travel with their papers: once, verified, encrypted anew, asked for where they are missed (cases 35 … 38)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.bundle import writing
from app.bundle.limits import MIB
from app.bundle.reading import open_bundle
from app.documents.scan import Media, Scan
from app.errors import Refused
from app.kernel.attachments import attachment_file
from app.models.schema import CONTRACT
from app.paths import DataDir
from app.services.cases.attach_paper import PaperContent
from app.services.cases.case_card import CaseCard
from app.services.exchange import export
from app.services.exchange.export import ExportBundles
from app.services.office.health import Health
from tests.exchange.case_scans import DAY, attach, content_at, desk, digests, scan
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import backed_up, reopened, rows, swap

__all__ = ["county", "station"]


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def health(place: Place, key: str = "papers") -> Any:
    return next(one for one in place.ask(Health()) if one.key == key)


def bundle_of(sender: Place, receiver: Place, site: str = "") -> tuple[str, Any]:
    """A bundle's file and what its receiver reads of it."""
    made = sender.export(site)[0].file
    with Path(made).open("rb") as file:
        reader = open_bundle(file, receiver.office.safe.site_keys, contract=CONTRACT)
        return made, (reader.manifest, reader.attachments)


def altered_export(monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes]) -> None:
    """The sender's program reads other bytes than it stored, as a hostile one would send."""
    read = export.read_attachment
    monkeypatch.setattr(export, "read_attachment", lambda look, digest: change(read(look, digest)))


def test_case_35_odd_display_names_come_as_safe_file_names(county: Place, station: Place) -> None:
    case = desk(station).register(DAY)
    names = ("..\\..\\x", "CON.pdf", "a.pdf:ads", "x\u202efdp.exe", "名" * 300)
    for seed, name in enumerate(names):
        attach(station, case, scan(seed), name=name)
    swap(station, county)
    papers = [row[0] for row in rows(county, "SELECT id FROM case_paper ORDER BY place")]
    shown = [county.ask(PaperContent(one)).name for one in papers]
    assert len(shown) == len(names)
    for name in shown:
        assert not set(name) & set("\\/:\u202e") and len(name) <= 100 and not name.upper().startswith("CON.")
    lying = {path.name for path in county.office.data.attachments.rglob("*") if path.is_file()}
    assert lying == {hash_of(scan(seed)) for seed in range(len(names))}


def test_a_scan_arrives_encrypted_under_the_receivers_own_key(county: Place, station: Place) -> None:
    case, content = desk(station).register(DAY), scan()
    attach(station, case, content)
    assert swap(station, county) == ["APPLIED"]
    assert content_at(county, hash_of(content)) == content
    files = [attachment_file(one.office.data, hash_of(content)).read_bytes() for one in (station, county)]
    assert files[0] != files[1] and content[:64] not in files[1]
    assert [one.paper for one in county.ask(CaseCard(case)).papers] == ["身份证明"]
    assert not [path for path in county.office.data.quarantine.iterdir() if path.suffix != ".lock"]


def test_case_36_bytes_that_are_not_the_hash_refuse_the_bundle(
    county: Place, station: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(station, desk(station).register(DAY), scan())
    with monkeypatch.context() as patch:
        altered_export(patch, lambda content: content + b"more")
        patch.setattr(export, "read_back", lambda *of: None)
        file = station.export()[0].file
    before = county.digest()
    outcome = county.take(file)[0]
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E716") and "校验值" in outcome.text
    assert county.digest() == before and digests(county) == []
    assert not list(county.office.data.quarantine.glob("*.sealed"))


def test_case_36_a_program_named_pdf_is_blocked_and_its_records_count(
    county: Place, station: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = b"MZ" + bytes(4000)
    case = desk(station).register(DAY)
    with monkeypatch.context() as patch:
        patch.setattr("app.services.cases.attach_paper.read_scan", lambda content: _as_pdf())
        attach(station, case, program, name="身份证.pdf")
    outcome = county.take(station.export()[0].file)[0]
    assert outcome.outcome == "APPLIED" and "拦下" in outcome.text
    paper = rows(county, "SELECT id FROM case_paper")[0][0]
    with pytest.raises(Refused) as refusal:
        county.ask(PaperContent(str(paper)))
    assert refusal.value.code == "E361" and "不是 PDF 或图片" in refusal.value.message
    assert digests(county) == [] and "E361" in health(county).text
    assert bundle_of(county, station, JIEZHOU)[1][0].wanted == ()


def _as_pdf() -> Any:
    return Scan(Media.pdf, 1)


def test_case_37_a_missing_scan_is_asked_for_and_sent_again(county: Place, station: Place) -> None:
    case, content = desk(station).register(DAY), scan()
    attach(station, case, content)
    station.export()  # lost on its way; the records go again, the scan was sent
    file, (_manifest, pieces) = bundle_of(station, county)
    assert pieces == {}
    outcome = county.take(file)[0]
    assert outcome.outcome == "APPLIED" and "还缺材料扫描件 1 份" in outcome.text
    assert county.ask(CaseCard(case)).papers and not health(county).is_good
    with pytest.raises(Refused) as refusal:
        content_at(county, hash_of(content))
    assert refusal.value.code == "E374"

    reply, (manifest, _) = bundle_of(county, station, JIEZHOU)
    assert manifest.wanted == (hash_of(content),)
    station.take(reply)
    file, (_, pieces) = bundle_of(station, county)
    assert list(pieces) == [hash_of(content)]
    outcome = county.take(file)[0]
    assert outcome.outcome == "APPLIED" and "收到材料扫描件 1 份" in outcome.text
    assert content_at(county, hash_of(content)) == content and health(county).is_good
    assert bundle_of(county, station, JIEZHOU)[1][0].wanted == ()
    assert bundle_of(station, county)[1][1] == {}


def test_case_37_a_scan_in_pieces_over_two_files_waits_for_its_papers(
    county: Place, station: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ceiling of a file falls inside the scan: the first file holds a part, the second all of it."""
    case, content = desk(station).register(DAY), scan(side=1900)
    assert len(content) > 8 * MIB
    attach(station, case, scan(3, side=1400))
    attach(station, case, content)
    monkeypatch.setattr(writing, "FILE_BYTES", 29 * MIB // 2)
    first, second = (one.file for one in station.export())
    early, late = county.take(second)[0], county.take(first)[0]
    assert early.outcome == "PARKED" and late.outcome == "APPLIED"
    assert content_at(county, hash_of(content)) == content
    assert digests(county) == sorted([hash_of(content), hash_of(scan(3, side=1400))])


def test_case_37_a_partial_scan_lets_its_records_in(
    county: Place, station: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, content = desk(station).register(DAY), scan(side=1700)
    attach(station, case, content)
    pieces = export.pieces_of
    with monkeypatch.context() as patch:
        patch.setattr(export, "pieces_of", lambda *of: list(pieces(*of))[:1])
        file = station.export()[0].file
    assert county.take(file)[0].outcome == "APPLIED"
    assert digests(county) == [] and county.ask(CaseCard(case)).papers
    # A part was never noted as sent, so the next export carries all of it unasked.
    swap(station, county)
    assert content_at(county, hash_of(content)) == content


def test_case_38_a_scan_in_many_records_is_sent_and_stored_once(county: Place, station: Place) -> None:
    content, intake = scan(), desk(station)
    for _ in range(100):
        attach(station, intake.register(DAY), content)
    file, (manifest, pieces) = bundle_of(station, county)
    assert list(pieces) == [hash_of(content)]
    assert len([one for one in manifest.segments if one.kind == "piece"]) == 1
    county.take(file)
    assert rows(county, "SELECT count(*), count(DISTINCT digest) FROM case_paper") == [(100, 1)]
    assert digests(county) == [hash_of(content)]
    assert len([path for path in county.office.data.attachments.rglob("*") if path.is_file()]) == 1


def test_what_was_sent_goes_again_only_where_somebody_resends(county: Place, station: Place) -> None:
    attach(station, desk(station).register(DAY), scan())
    swap(station, county)
    swap(county, station, JIEZHOU)
    assert bundle_of(station, county)[1][1] == {}
    made = station.do(ExportBundles(station.stick, from_seq=1))[0].file
    with Path(made).open("rb") as file:
        reader = open_bundle(file, county.office.safe.site_keys, contract=CONTRACT)
        assert list(reader.attachments) == [hash_of(scan())]
    assert county.take(made)[0].outcome == "NOOP"


def test_an_office_sends_no_scan_to_whom_it_is_not_for(
    three: tuple[Place, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A station that knows the hash of another station's scan asks for it and gets nothing."""
    county, one, other = three
    attach(one, desk(one).register(DAY), scan())
    swap(one, county)
    with monkeypatch.context() as patch:
        patch.setattr("app.services.exchange.plan.files_wanted", lambda look, peer: (hash_of(scan()),))
        file = other.export()[0].file
    assert county.take(file)[0].outcome in ("APPLIED", "NOOP")
    assert bundle_of(county, other, other.office.identity.code)[1][1] == {}


def test_a_backup_holds_the_scans_and_brings_them_back(county: Place, tmp_path: Path) -> None:
    case, content = desk(county).register(DAY), scan()
    attach(county, case, content)
    kept = backed_up(county)
    assert content[:64] not in kept.read_bytes()
    again = reopened(county, DataDir(tmp_path / "again"), kept, county.office.safe.key)
    try:
        assert content_at(again, hash_of(content)) == content
        assert again.ask(CaseCard(case)).papers and health(again).is_good
    finally:
        again.office.close()


def test_a_scan_lost_from_the_disk_is_found_and_asked_for_from_whom_it_came(
    county: Place, station: Place
) -> None:
    content = scan()
    attach(station, desk(station).register(DAY), content)
    swap(station, county)
    swap(county, station, JIEZHOU)
    attachment_file(county.office.data, hash_of(content)).unlink()
    found = health(county)
    assert not found.is_good and "E360" in found.text and "1 份" in found.text
    swap(county, station, JIEZHOU)
    swap(station, county)
    assert content_at(county, hash_of(content)) == content and health(county).is_good

    # The station's own one is at the county by now, which gives it back.
    file = attachment_file(station.office.data, hash_of(content))
    file.write_bytes(file.read_bytes()[:100])
    assert "E360" in health(station).text
    swap(station, county)
    swap(county, station, JIEZHOU)
    assert content_at(station, hash_of(content)) == content and health(station).is_good


def test_a_damaged_scan_stops_no_export(county: Place, station: Place) -> None:
    first, second, case = scan(1), scan(2), desk(station).register(DAY)
    attach(station, case, first)
    attach(station, case, second)
    file = attachment_file(station.office.data, hash_of(first))
    flipped = bytearray(file.read_bytes())
    flipped[50] ^= 1
    file.write_bytes(flipped)
    assert swap(station, county) == ["APPLIED"]
    assert digests(county) == [hash_of(second)]
