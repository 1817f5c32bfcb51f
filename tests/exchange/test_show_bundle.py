"""What IT staff see of a bundle, what its verification proves, and that a third party can read one by the manual alone."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.bundle import limits
from app.bundle.signing import SigningContext
from app.cli.bundle_words import shown_words, verified_words
from app.errors import Refused
from app.services.exchange.show_bundle import PROVES, PROVES_NOT, ShowBundle
from app.services.people.add_person import AddPerson
from app.ui.help.chapters import chapter
from tests.exchange.case_scans import DAY, attach, desk, scan
from tests.exchange.forging import signed_bundle
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.restoring import rows, swap
from tests.exchange.third_party_reader import is_signed
from tests.tools import need_tools

Three = tuple[Place, Place, Place]
PERSONAL = ("卫明", "李桂花", "13800001111", "工地欠薪", "某公司", "6217000000000001", "河东所")
READER = Path(__file__).with_name("third_party_reader.py")
PARTS = {
    "id", "format", "suite", "contract", "least_reader", "direction", "made_at", "sender", "sender_name", "sender_key",
    "key_state", "check_code", "entries", "tables", "recipients", "slices", "checkpoints", "receipts", "wanted", "members",
    "segments", "attachments", "bytes_unpacked", "epochs", "parents", "unknown_fields", "size", "is_verified",
}  # fmt: skip


def full_bundle(station: Place) -> Path:
    """People, a case and a scan, exported by the station."""
    station.do(
        AddPerson(
            name="卫明",
            kind="律师",
            organisation="河东所",
            licence="11408201110000001",
            bank_name="农行",
            bank_account="6217000000000001",
        )
    )
    case = desk(station).register(
        DAY, applicant="李桂花", phone="13800001111", summary="工地欠薪", opponent="某公司"
    )
    attach(station, case, scan())
    return Path(station.export()[0].file)


def test_show_tells_all_of_a_bundle_but_its_records(three: Three) -> None:
    county, station, _ = three
    swap(county, station, JIEZHOU)
    file = full_bundle(station)
    for place in (county, station):
        for is_whole in (False, True):
            found = place.do(ShowBundle(file, is_whole))
            assert found.keys() - {"proves", "proves_not"} == PARTS
            words = verified_words(found) if is_whole else shown_words(found)
            for told in (json.dumps(found, ensure_ascii=False), words):
                assert not [word for word in PERSONAL if word in told]
        assert found["members"] == ["0001.age", "0002.age", "manifest.age"]
        assert [one["kind"] for one in found["segments"]] == ["changes", "piece"]
        assert found["entries"] == sum(part["totals"]["entries"] for part in found["slices"])
        assert len(found["checkpoints"]) == len(found["receipts"]) == 1 and found["wanted"] == []
        assert [one["role"] for one in found["recipients"]] == ["recipient", "escrow", "sender"]
    lines = shown_words(county.do(ShowBundle(file))).splitlines()
    assert any(line.startswith("发送单位") and line.endswith("已登记，可以签发") for line in lines)
    for title in ("流水", "检查点", "回执", "索要的附件", "成员", "记录的种类", "能打开的单位"):
        assert any(line.startswith(title) and "：" in line for line in lines)


def test_show_opens_nothing_that_is_for_another_office(three: Three) -> None:
    _, station, other = three
    with pytest.raises(Refused, match="不是发给本单位的"):
        other.do(ShowBundle(full_bundle(station)))


def test_verify_says_what_it_proves_and_what_not(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    file = full_bundle(station)
    found = county.do(ShowBundle(file, is_whole=True))
    assert (found["proves"], found["proves_not"]) == (list(PROVES), list(PROVES_NOT))
    assert "不证明填写的内容属实" in verified_words(found)
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE peer_key SET state = 'revoked'"))
    found = county.do(ShowBundle(file, is_whole=True))
    assert found["proves_not"][0] == "不证明是谁写的：签名密钥已注销。"
    false = signed_bundle(station, tmp_path / "false.hmb", totals={"entries": 1})
    assert county.do(ShowBundle(false))["entries"] == found["entries"]
    with pytest.raises(Refused) as refusal:
        county.do(ShowBundle(false, is_whole=True))
    assert refusal.value.code == "E726"
    assert county.count("received_bundle") == 0, "nothing is taken in"


def read_by_a_third_party(file: Path, place: Place, folder: Path) -> Any:
    """What a reader that knows the manual's page only makes of a bundle, with the place's age key."""
    key, attachments = folder / "key.txt", folder / "attachments"
    attachments.mkdir(parents=True)
    key.write_text(f"{place.office.safe.site_keys.identity}\n", "ascii")
    key.chmod(0o600)
    command = [sys.executable, "-I", "-S", str(READER), str(file), str(key), str(attachments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_third_party_reads_a_bundle_with_unzip_age_and_zstd(three: Three, tmp_path: Path) -> None:
    need_tools("unzip", "age", "zstd")
    county, station, _ = three
    swap(county, station, JIEZHOU)
    file = full_bundle(station)
    for place in (county, station):
        folder = tmp_path / place.office.identity.code / "read"
        found = read_by_a_third_party(file, place, folder)
        assert found["check_code"] == place.do(ShowBundle(file))["check_code"]
        held = rows(station, "SELECT tbl, row_id FROM change_entry WHERE stream LIKE '%/up' ORDER BY seq")
        assert [(one["table"], one["id"]) for one in found["records"]] == held
        values = json.dumps([one["values"] for one in found["records"]], ensure_ascii=False)
        assert all(word in values for word in PERSONAL if word != "河东所")
        [scanned] = (folder / "attachments").iterdir()
        assert scanned.name == hashlib.sha256(scan()).hexdigest() and scanned.read_bytes() == scan()
        note = found["manifest"]["checkpoints"][0]
        place_of = {part: note[part] for part in ("head", "seq", "stream")}
        signed = (found["manifest"]["sender_key"], "huimin.checkpoint.v1")
        assert is_signed(*signed, place_of, note["signature"])
        assert not is_signed(*signed, place_of | {"seq": note["seq"] + 1}, note["signature"])
        assert not is_signed(signed[0], "huimin.manifest.v1", place_of, note["signature"])
    reply = Path(county.export(JIEZHOU)[0].file)
    assert read_by_a_third_party(reply, station, tmp_path / "reply")["manifest"]["direction"] == "down"


@pytest.mark.skipif(sys.platform == "win32", reason="the page's commands are for a shell")
def test_the_commands_on_the_page_open_a_bundle(three: Three, tmp_path: Path) -> None:
    need_tools("unzip", "age", "zstd")
    county, station, _ = three
    file = full_bundle(station)
    (tmp_path / "key.txt").write_text(f"{county.office.safe.site_keys.identity}\n", "ascii")
    commands = chapter("bundle_format").text.split("```\n")[1].replace("3f2a9c10.hmb", str(file))
    subprocess.run(["sh", "-e", "-c", commands], cwd=tmp_path, check=True, capture_output=True)
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["id"] == county.do(ShowBundle(file))["id"]
    assert len((tmp_path / "0001.ndjson").read_bytes().splitlines()) == manifest["slices"][0]["to"]


def test_the_page_on_the_format_names_every_field_and_number(three: Three) -> None:
    _, station, _ = three
    page = chapter("bundle_format").text
    found = station.do(ShowBundle(full_bundle(station)))
    named = {name for part in ("slices", "segments", "checkpoints", "recipients") for name in found[part][-1]}
    named |= {
        "signature",
        "countersignature",
        "epochs",
        "parents",
        "kind",
        "proof",
        "attachment",
        "at",
        "size",
    }
    with station.office.database.reader.connect() as connection:
        body = json.loads(connection.execute(text("SELECT body FROM change_entry LIMIT 1")).scalar_one())
    assert not [name for name in sorted(named | body.keys()) if f"`{name}`" not in page]
    assert all(context.value.rstrip(b"\0").decode() in page for context in SigningContext)
    sizes = (limits.SEGMENT_BYTES, limits.PIECE_BYTES, limits.MANIFEST_BYTES)
    assert all(f"最多 {size // limits.MIB} MiB" in page for size in sizes)
    assert f"`{limits.SEGMENTS}.age`" in page and (limits.FORMAT, limits.SUITE) == (1, 1)
