"""Cases 29 to 33: numbers, bombs, ceilings and spellings that no honest writer makes."""

import io
import struct
import tracemalloc

import pytest
import zstandard

from app import canonical
from app.bundle.entries import line_of
from app.bundle.faults import BadContent, BundleFault, NoRoom, TooBig
from app.bundle.limits import MANIFEST_BYTES, MIB, SEALING_BYTES
from app.bundle.packing import packed, unpacked
from app.bundle.reading import open_bundle
from app.bundle.sealing import seal
from app.bundle.skeleton import MANIFEST_NAME, local_header, segment_name
from tests.exchange.format_samples import (
    COUNTY,
    all_keys,
    change_set,
    entries,
    forged,
    manifest_fields,
    opened,
    piece,
    read_whole,
    sample,
    sealed_members,
    signed_manifest,
    with_segment,
    written,
    zipped,
)


@pytest.fixture(scope="module")
def data():
    return sample(6)


def with_manifest(data, plain):
    return zipped([*sealed_members(data)[:-1], seal(plain, all_keys())])


@pytest.mark.parametrize(
    "first, last",
    [
        (2**63 - 7, 2**63 - 2),
        (2**53 - 3, 2**53 + 2),
        (-3, 2),
        (0, 5),
        (1, 10**12),
        (1, 7),
        (5, 3),
        ("1", 6),
        (1, None),
    ],
)
def test_case_29_impossible_ranges_are_refused(data, first, last):
    def moved(fields):
        counts = {"duty": last - first + 1} if type(first) is type(last) is int else {}
        fields["slices"][0].update({"from": first, "to": last, "counts": counts})

    with pytest.raises(BundleFault):
        read_whole(forged(data, moved))


def test_case_29_a_float_is_refused_in_manifest_and_body(data):
    plain = signed_manifest(manifest_fields(data)).replace(b'"from":1,', b'"from":1.0,')
    assert b"1.0" in plain
    with pytest.raises(BadContent):
        opened(with_manifest(data, plain))
    lines = b"".join(line_of(entry) for entry in entries(6)).replace(b'"seq":3,', b'"seq":3.0,')
    with pytest.raises(BadContent):
        read_whole(with_segment(data, lines, packed(lines)))


@pytest.mark.parametrize("seq", [2**63 - 1, -1, 7, "3", None])
def test_case_29_an_entry_with_a_wrong_number_is_refused(data, seq):
    plain = b"".join(line_of(entry) for entry in entries(6, extra={"seq": seq}))
    with pytest.raises(BadContent):
        read_whole(with_segment(data, plain, packed(plain)))


def frame(declared, payload, window_log=20):
    """A zstd frame by hand: declared content size, window, one raw block."""
    head = b"\x28\xb5\x2f\xfd\x80" + bytes([(window_log - 10) << 3]) + struct.pack("<I", declared)
    return head + struct.pack("<I", 1 | len(payload) << 3)[:3] + payload


def bomb(is_declared):
    """300 MB of zeros in a few kilobytes."""
    packer = zstandard.ZstdCompressor(write_content_size=is_declared)
    stream = packer.compressobj(size=300_000_000) if is_declared else packer.compressobj()
    return b"".join(stream.compress(bytes(1_000_000)) for _ in range(300)) + stream.flush()


def lying_bomb():
    """The same, declaring 1000 bytes."""
    content = bomb(True)
    end = zstandard.frame_header_size(content)
    return content[: end - 4] + struct.pack("<I", 1000) + content[end:]


@pytest.mark.parametrize(
    "make", [lambda: bomb(True), lambda: bomb(False), lying_bomb, lambda: frame(1000, bytes(1000), 31)]
)
def test_case_30_a_zstd_bomb_is_refused_below_a_memory_cap(data, make):
    hostile = with_segment(data, bytes(1000), make())
    reader = opened(hostile)
    tracemalloc.start()
    try:
        with pytest.raises(BundleFault):
            reader.verify()
        assert tracemalloc.get_traced_memory()[1] < 24 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("hostile", [
    b"", b"\x28\xb5\x2f\xfd", frame(999, bytes(1000)), frame(1001, bytes(1000)), frame(1000, bytes(1000)) + b"x",
    frame(1000, bytes(1000)) * 2, b"\x50\x2a\x4d\x18" + struct.pack("<I", 1000) + bytes(1000), bytes(1000),
])  # fmt: skip
def test_case_30_only_one_whole_honest_frame_is_unpacked(hostile):
    assert unpacked(frame(1000, bytes(1000)), 1000) == bytes(1000)
    with pytest.raises(BundleFault):
        unpacked(hostile, 1000)


class WatchedFile(io.BytesIO):
    """Counts the bytes that were read."""

    taken = 0

    def read(self, size=-1, /):
        content = super().read(size)
        self.taken += len(content)
        return content


def test_case_31_sizes_beyond_the_free_disk_are_refused_before_the_bodies_are_read():
    file = WatchedFile(written([change_set(entries(20)), piece(bytes(3 * MIB))])[0])
    reader = open_bundle(file, COUNTY, contract=1)
    with pytest.raises(NoRoom) as refusal:
        reader.require_room(2 * MIB)
    assert refusal.value.needed > 3 * MIB and "需要 4 MB，只剩 2 MB" in refusal.value.message
    assert file.taken < 10_000
    reader.require_room(4 * MIB)


@pytest.mark.parametrize("name, value", [
    ("length", 2**30), ("length", 5 * MIB), ("plain_length", 4 * MIB + 1), ("plain_length", 2**62), ("length", 0),
    ("plain_length", -1),
])  # fmt: skip
def test_case_31_signed_sizes_beyond_the_ceilings_are_refused(data, name, value):
    def grown(fields):
        fields["segments"][0][name] = value

    with pytest.raises(BundleFault):
        opened(forged(data, grown))


def test_case_31_more_plain_bytes_than_a_bundle_may_hold_are_refused(data):
    def many(fields):
        piece = fields["segments"][1]
        size = {"plain_length": 8 * MIB, "size": 8 * MIB}
        fields["segments"] = [{**piece, **size, "n": n} for n in range(1, 2100)]

    with pytest.raises(TooBig):
        opened(forged(data, many))


def test_case_32_a_million_tiny_segments_are_refused(data):
    headers = b"".join(local_header(segment_name(n), 0, 0) for n in range(1, 10_100))
    with pytest.raises(TooBig):
        opened(headers)

    def million(fields):
        fields["segments"] = [{}] * 1_000_000

    with pytest.raises(TooBig):
        opened(forged(data, million))


def test_case_32_a_manifest_beyond_64_mib_is_refused_unread(data):
    length = MANIFEST_BYTES + SEALING_BYTES + 1
    with pytest.raises(TooBig):
        opened(local_header(MANIFEST_NAME, length, 0) + bytes(1000))
    with pytest.raises(TooBig):
        opened(with_manifest(data, bytes(MANIFEST_BYTES + 1)))


HOSTILE_JSON = {
    "duplicate keys": b'{"a":1,"a":1}',
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":-Infinity}',
    "depth": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "depth of objects": b'{"a":' * 40 + b"1" + b"}" * 40,
    "lone surrogate": rb'{"a":"\ud800"}',
    "surrogate bytes": b'{"a":"\xed\xa0\x80"}',
    "a million digits": b'{"a":' + b"9" * 1_000_000 + b"}",
    "beyond 64 bits": b'{"a":9223372036854775808}',
    "order": b'{"b":1,"a":1}',
    "blank": b'{"a": 1}',
    "line end": b'{"a":1}\n',
    "float": b'{"a":1.0}',
    "exponent": b'{"a":1e3}',
    "minus zero": b'{"a":-0}',
    "truth": b'{"a":true}',
    "escape": rb'{"a":"\u4e00"}',
    "nul": rb'{"a":"\u0000"}',
    "byte order mark": b'\xef\xbb\xbf{"a":1}',
    "bad utf-8": b'{"a":"\xff"}',
    "nothing": b"",
    "list": b"[]",
}


@pytest.mark.parametrize("text", HOSTILE_JSON.values(), ids=HOSTILE_JSON.keys())
def test_case_33_hostile_json_is_refused_as_manifest_and_as_line(data, text):
    with pytest.raises(BadContent):
        opened(with_manifest(data, text))
    plain = text + b"\n"
    if len(plain) < MIB:
        with pytest.raises(BundleFault):
            read_whole(with_segment(data, plain, packed(plain)))


def test_case_33_an_entry_with_fields_beside_the_body_or_without_line_end_is_refused(data):
    lines = [line_of(entry) for entry in entries(6)]
    wider = canonical.encode({**canonical.decode(lines[0][:-1]), "more": 1}) + b"\n"
    for changed in ([wider, *lines[1:]], [*lines[:-1], lines[-1][:-1]], [*lines, b"\n"]):
        plain = b"".join(changed)
        with pytest.raises(BadContent):
            read_whole(with_segment(data, plain, packed(plain)))
