"""What is written comes back: whole, with other people's tools too, and byte for byte where it can be."""

import hashlib
import io
import random
import zipfile

import pyrage
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from app import canonical
from app.bundle.drafts import Piece, Recipients, pieces_of
from app.bundle.entries import LogEntry
from app.bundle.faults import BadAttachment, BadContent, EntryTooBig, ReadBackFailed
from app.bundle.limits import MIB, PIECE_BYTES
from app.bundle.read_back import read_back
from app.bundle.signing import Checkpoint, Receipt
from app.chain import GENESIS, BrokenChain
from tests.exchange.format_samples import (
    COUNTY,
    ESCROW,
    OTHER,
    STATION,
    STREAM,
    change_set,
    entries,
    manifest_fields,
    opened,
    piece,
    read_whole,
    sample,
    written,
    zipped,
)


def test_golden_skeleton_is_the_same_on_every_machine():
    data = zipped([b"first", b"second member", b"manifest"])
    assert (
        hashlib.sha256(data).hexdigest() == "61d092b07de1ba245954be3c16cf861b4f3177627fc2ede6057316447855883b"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["0001.age", "0002.age", "manifest.age"] and archive.testzip() is None
        for info in archive.infolist():
            assert (info.compress_type, info.flag_bits, info.extract_version) == (0, 0, 20)
            assert (info.create_version, info.create_system, info.extra, info.comment) == (20, 3, b"", b"")
            assert info.date_time == (1980, 1, 1, 0, 0, 0) and info.external_attr >> 16 & 0o777 == 0o600


def test_it_staff_open_a_bundle_with_unzip_age_and_zstd():
    made = entries(9)
    data = written([change_set(made), piece()])[0]
    for identity in (COUNTY.identity, STATION.identity, ESCROW.identity):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            plain = {name: pyrage.decrypt(archive.read(name), [identity]) for name in archive.namelist()}
        lines = zstandard.decompress(plain["0001.age"]).splitlines()
        assert [canonical.decode(line)["hash"] for line in lines] == [entry.hash.hex() for entry in made]
        assert plain["0002.age"] == piece().data
        assert canonical.decode(plain["manifest.age"])["sender"] == "140821101"


def test_the_manifest_has_the_fields_of_the_format():
    fields = manifest_fields(sample(4))
    assert sorted(fields) == sorted(
        [
            "format",
            "suite",
            "id",
            "made_at",
            "sender",
            "sender_key",
            "recipients",
            "direction",
            "contract",
            "least_reader",
            "slices",
            "checkpoints",
            "receipts",
            "wanted",
            "segments",
            "signature",
        ]
    )
    assert sorted(fields["slices"][0]) == sorted(
        ["stream", "epoch", "from", "to", "prev", "head", "counts", "totals"]
    )
    assert sorted(fields["segments"][0]) == sorted(
        ["n", "kind", "length", "sha256", "plain_length", "plain_sha256"]
    )


def test_entries_notes_and_attachments_come_back():
    made = entries(25)
    checkpoint = Checkpoint.signed(STATION.signing, STREAM, 25, made[-1].hash)
    receipt = Receipt.countersigned(STATION.signing, "140821/0/down", 4, bytes(32))
    wanted = ["ab" * 32]
    data, result = written(
        [change_set(made), piece()], checkpoints=[checkpoint], receipts=[receipt], wanted=wanted
    )
    reader = opened(data)
    assert list(reader.read_changes()) == made
    assert reader.manifest == result.manifest and reader.manifest.entry_count == 25
    assert reader.manifest.checkpoints == (checkpoint,) and reader.manifest.receipts == (receipt,)
    assert reader.manifest.wanted == tuple(wanted) and reader.manifest.slices[0].head == made[-1].hash
    assert b"".join(reader.read_attachment(piece().attachment)) == piece().data == reader.read_piece(2)
    assert result.sha256 == hashlib.sha256(data).hexdigest() and result.size == len(data)
    read = next(reader.read_changes())
    assert read.fields["row"]["topic"] == "婚姻家庭" and read.personal.decoded()["name"] == "王小明"


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUES = st.recursive(
    st.none() | TEXT | st.integers(-(2**63), 2**63 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40)
@given(rows=st.lists(st.dictionaries(TEXT, VALUES, max_size=5), max_size=6), data=st.binary(max_size=300))
def test_any_rows_come_back_unchanged(rows, data):
    made, previous = [], GENESIS
    for seq, row in enumerate(rows, 1):
        made += entries(1, seq, previous, extra={"row": row, "later": row})
        previous = made[-1].hash
    contents = [change_set(made)] + ([piece(data)] if data else [])
    reader = opened(written(contents)[0])
    assert [entry.fields["row"] for entry in reader.read_changes()] == rows
    assert [entry.body for entry in reader.read_changes()] == [entry.body for entry in made]
    reader.verify()


@given(VALUES)
def test_canonical_json_has_one_byte_form(value):
    data = canonical.encode(value)
    assert canonical.decode(data) == value and canonical.encode(canonical.decode(data)) == data


def test_case_07_a_bundle_without_changes_carries_its_checkpoint():
    checkpoint = Checkpoint.signed(STATION.signing, STREAM, 9, bytes(range(32)))
    manifest = read_whole(written([], checkpoints=[checkpoint])[0])
    assert manifest.checkpoints == (checkpoint,) and manifest.segments == () and manifest.entry_count == 0
    later = change_set([], first=10, previous=bytes(range(32)))
    assert read_whole(written([later], checkpoints=[checkpoint])[0]).slices[0].last == 9


def test_a_checkpoint_that_contradicts_the_entries_is_refused():
    wrong = Checkpoint.signed(STATION.signing, STREAM, 2, bytes(range(32)))
    with pytest.raises(BadContent):
        read_whole(written([change_set(entries(4))], checkpoints=[wrong])[0])


def test_several_slices_for_several_recipients():
    made, other = entries(4), entries(3, stream="140821/0/down:140821101")
    contents = [change_set(made), change_set(other, stream="140821/0/down:140821101")]
    recipients = Recipients({"140821101": COUNTY.recipient, "140821102": OTHER.recipient}, ESCROW.recipient)
    data = written(contents, recipients=recipients, direction="down")[0]
    for keys, site in ((COUNTY, "140821101"), (OTHER, "140821102")):
        reader = opened(data, keys, site=site)
        assert list(reader.read_changes()) == made + other and reader.manifest.direction == "down"


def test_case_22_a_touched_log_is_not_exported_and_the_entry_is_named():
    made = entries(30)
    made[16] = LogEntry(
        made[16].body.replace(b'"minutes":25', b'"minutes":95'), made[16].hash, made[16].personal
    )
    with pytest.raises(BrokenChain) as refusal:
        written([change_set(made)])
    assert refusal.value.code == "E715" and "第 17 条" in refusal.value.message
    with pytest.raises(BrokenChain):
        written([change_set(entries(3, first=2), first=1)])


def test_case_36_attachment_bytes_must_have_the_hash_that_names_them():
    lie = Piece("cd" * 32, 0, 5, b"bytes")
    reader = opened(written([lie])[0])
    with pytest.raises(BadAttachment):
        list(reader.read_attachment("cd" * 32))
    with pytest.raises(BadAttachment):
        reader.verify()


def test_case_37_a_partial_attachment_is_readable_by_piece_but_not_as_a_whole():
    content = bytes(PIECE_BYTES) + b"the rest"
    name = hashlib.sha256(content).hexdigest()
    pieces = list(pieces_of(io.BytesIO(content), name, len(content)))
    assert b"".join(opened(written(pieces)[0]).read_attachment(name)) == content
    reader = opened(written(pieces[1:])[0])
    reader.verify()
    assert reader.read_piece(1) == b"the rest"
    with pytest.raises(BadContent):
        list(reader.read_attachment(name))


def test_case_44_split_by_seq_covers_every_entry_once():
    noise = random.Random(3)
    made, previous = [], GENESIS
    for seq in range(1, 41):
        made += entries(1, seq, previous, extra={"more": noise.randbytes(300_000).hex()})
        previous = made[-1].hash
    seen, first, previous = [], 1, GENESIS
    while True:
        data, result = written([change_set(made[first - 1 :], first, previous)], limit=11 * MIB)
        assert len(data) <= 11 * MIB
        seen += list(opened(data).read_changes())
        if result.is_complete:
            break
        first, previous = result.manifest.slices[0].last + 1, result.manifest.slices[0].head
    assert seen == made and first > 1


def test_one_record_larger_than_a_segment_is_refused_by_its_number():
    made = entries(2)
    made += entries(1, 3, made[-1].hash, extra={"more": "x" * (4 * MIB)})
    with pytest.raises(EntryTooBig) as refusal:
        written([change_set(made)])
    assert refusal.value.seq == 3


def test_totals_may_be_summed_while_entries_are_drawn():
    totals = {"minutes": 0}

    def drawn():
        for entry in entries(12):
            totals["minutes"] += canonical.decode(entry.body)["row"]["minutes"]
            yield entry

    _, result = written([change_set(drawn(), totals=totals)])
    assert result.manifest.slices[0].totals == {"minutes": 300}


def test_check_code_is_eight_digits_of_all_totals():
    data, result = written([change_set(entries(3), totals={"fen": 30000, "duty_seconds": 14400})])
    digest = hashlib.sha256(b'[{"duty_seconds":14400,"fen":30000}]').digest()
    assert result.check_code == f"{int.from_bytes(digest, 'big') % 100_000_000:08d}"
    assert read_whole(data).check_code == result.check_code


@pytest.fixture
def stick(tmp_path):
    """A bundle on a stick, and what the writer says of it."""
    data, result = written([change_set(entries(200)), piece()])
    path = tmp_path / "联村 U盘" / (result.file_name + ".part")
    path.parent.mkdir()
    path.write_bytes(data)
    return path, result


def test_case_45_a_medium_that_gives_back_something_else_is_refused(stick):
    path, result = stick
    steps = []
    read_back(path, STATION, result, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
    data = path.read_bytes()
    for changed in (
        data[:-1],
        data + b"\0",
        data[:600] + bytes(64) + data[664:],
        b"",
        bytes(len(data)),
        sample(3),
    ):
        path.write_bytes(changed)
        with pytest.raises(ReadBackFailed) as refusal:
            read_back(path, STATION, result)
        assert refusal.value.code == "E714" and "换一个盘" in refusal.value.message


def test_case_53_fields_unknown_to_this_version_are_kept():
    made = entries(2, extra={"weather": "晴", "row": {"id": "r", "colour": {"deep": ["新"]}}})
    reader = opened(written([change_set(made)])[0])
    assert [entry.fields["weather"] for entry in reader.read_changes()] == ["晴", "晴"]
    assert [entry.body for entry in reader.read_changes()] == [entry.body for entry in made]


def test_case_65_an_erased_side_row_leaves_the_chain_verifiable():
    made = [LogEntry(entry.body, entry.hash, None) for entry in entries(6)]
    reader = opened(written([change_set(made)])[0])
    assert all(entry.personal is None for entry in reader.read_changes())
    assert next(reader.read_changes()).fields["personal"] is not None


def test_case_65_personal_values_that_were_exchanged_are_seen():
    made = entries(4)
    made[0] = LogEntry(made[0].body, made[0].hash, made[2].personal)
    with pytest.raises(Exception, match="E703"):
        read_whole(written([change_set(made)])[0])


def test_case_69_nothing_of_site_or_person_is_readable_on_the_stick():
    data, result = written([change_set(entries(20)), piece("王小明".encode() * 30)])
    secret = (
        "王小明",
        "140821",
        "consultation",
        "1390000",
        result.id,
        COUNTY.recipient,
        STATION.public.signing,
    )
    for text in secret:
        assert text.encode() not in data
    assert len(result.file_name) == 12 and result.file_name.endswith(".hmb")
