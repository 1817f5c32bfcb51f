"""The bureau's keys are lost: its escrow key lays every bundle open, with an office and without one (case 68)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bundle.keys import EscrowKey
from app.clock import SetClock, local_to_utc
from app.errors import Refused
from app.services.exchange.open_escrowed import DIRECTORY, RECORDS, OpenEscrowed, escrow_key_in, lay_out
from app.services.office.set_up import Made, NewOffice
from tests.exchange.case_scans import DAY, attach, desk, scan
from tests.exchange.offices import JIEZHOU, Place, enrol
from tests.exchange.restoring import rows
from tests.office_copies import START, copied_office

NEW = NewOffice(
    code="140802", name="盐湖区司法局", level="县", parent="1408", pack="yuncheng-2022", admin="admin", password="County-2022"
)  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A county as it was set up, with its recovery code and its escrow key."""
    found = copied_office(NEW, tmp_path / "140802", SetClock(local_to_utc(START)))
    yield found
    found.office.close()


@pytest.fixture
def county(made: Made, tmp_path: Path) -> Place:
    stick = tmp_path / "stick-140802"
    stick.mkdir()
    return Place(made.office, made.office.actor_of("admin"), SetClock(local_to_utc(START)), stick)


@pytest.fixture
def bundle(county: Place, tmp_path: Path) -> Iterator[Path]:
    """A station's bundle with a case and its scan."""
    station = enrol(county, tmp_path, JIEZHOU)
    attach(station, desk(station).register(DAY, applicant="李桂花", phone="13800001111"), scan())
    yield Path(station.export()[0].file)
    station.office.close()


def test_case_68_the_escrow_key_lays_a_bundle_open_without_any_office(
    made: Made, bundle: Path, tmp_path: Path
) -> None:
    found = lay_out(bundle, EscrowKey.from_text(made.escrow_key), tmp_path)
    folder = Path(found.folder)
    records = [json.loads(line) for line in (folder / RECORDS).read_text("utf-8").splitlines()]
    assert len(records) == found.entries
    applicants = [one["personal"]["applicant"] for one in records if one["entry"]["table"] == "legal_case"]
    assert applicants == ["李桂花"]
    manifest = json.loads((folder / DIRECTORY).read_text("utf-8"))
    assert (manifest["id"], manifest["sender"], found.sender) == (found.bundle, JIEZHOU, JIEZHOU)
    [one] = [path for path in folder.iterdir() if path.name not in (RECORDS, DIRECTORY)]
    assert (one.read_bytes(), found.attachments) == (scan(), 1)
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    with pytest.raises(Refused) as again:
        lay_out(bundle, EscrowKey.from_text(made.escrow_key), tmp_path)
    assert again.value.code == "E771"


def test_case_68_the_key_lies_under_the_recovery_code_too(made: Made, tmp_path: Path) -> None:
    keys = made.office.data.keys
    assert escrow_key_in(keys, made.recovery.lower()).text == made.escrow_key
    for code in ("", "ABCD-EFGH"):
        with pytest.raises(Refused) as wrong:
            escrow_key_in(keys, code)
        assert wrong.value.code == "E772"
    printed = tmp_path / "key.txt"
    printed.write_text(f"{made.escrow_key.lower()}\n", "ascii")
    assert escrow_key_in(printed).text == made.escrow_key
    printed.write_bytes(b"\xff")
    with pytest.raises(Refused) as garbled:
        escrow_key_in(printed)
    assert garbled.value.code == "E718"


def test_case_68_an_altered_bundle_or_another_escrow_key_leaves_nothing_behind(
    made: Made, bundle: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    altered = bytearray(bundle.read_bytes())
    altered[len(altered) // 3] ^= 1
    (tmp_path / "altered.hmb").write_bytes(altered)
    stranger = EscrowKey.generate()
    for file, key in ((tmp_path / "altered.hmb", EscrowKey.from_text(made.escrow_key)), (bundle, stranger)):
        with pytest.raises(Refused):
            lay_out(file, key, out)
    with pytest.raises(Refused) as gone:
        lay_out(tmp_path / "none.hmb", stranger, out)
    assert gone.value.code == "E734" and not list(out.iterdir())


def test_where_an_office_stands_the_use_of_the_escrow_key_is_on_record(
    county: Place, made: Made, bundle: Path, tmp_path: Path
) -> None:
    key = EscrowKey.from_text(made.escrow_key)
    with pytest.raises(Refused) as silent:
        county.do(OpenEscrowed(bundle, key, tmp_path, " "))
    assert silent.value.code == "E770"
    found = county.do(OpenEscrowed(bundle, key, tmp_path, "核对争议"))
    assert rows(county, "SELECT why FROM journal WHERE command = 'NoteEscrowUse'") == [("核对争议",)]
    assert rows(county, "SELECT count(*) FROM security_event WHERE kind = 'escrow'") == [(1,)]
    assert made.escrow_key not in repr(OpenEscrowed(bundle, key, tmp_path, "")) and found.entries
