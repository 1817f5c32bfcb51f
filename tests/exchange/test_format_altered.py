"""Cases 11 to 14: whatever happens to the bytes on the way is seen, and called by its name."""

import random

import pytest

from app.bundle.entries import line_of
from app.bundle.faults import Altered, BundleFault, Incomplete, NotABundle, TooBig
from app.bundle.packing import packed
from app.bundle.reading import open_bundle
from app.bundle.skeleton import MANIFEST_NAME
from tests.exchange.format_samples import (
    COUNTY,
    change_set,
    entries,
    opened,
    piece,
    read_whole,
    sample,
    sealed_members,
    with_segment,
    written,
    zipped,
)

CHANCE = random.Random(11)


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.fixture(scope="module")
def small():
    return sample(6)


@pytest.fixture(scope="module")
def several():
    """Two segments of changes (of two streams) and two pieces of different attachments."""
    other = "140821101/0/down:x"
    more = entries(5, stream=other)
    contents = [change_set(entries(5)), change_set(more, stream=other), piece(), piece(b"second" * 9)]
    return written(contents)[0]


def test_case_11_a_flipped_bit_anywhere_is_refused(small):
    for bit in CHANCE.sample(range(len(small) * 8), 1200):
        with pytest.raises(BundleFault):
            read_whole(flipped(small, bit))


def test_case_11_every_bit_of_the_directory_and_of_the_manifest_member_is_refused(small):
    start = small.index(MANIFEST_NAME) - 30
    for bit in range(start * 8, len(small) * 8):
        with pytest.raises(BundleFault):
            opened(flipped(small, bit))


def test_case_11_a_flip_with_a_mended_checksum_is_refused_all_the_same(small):
    members = sealed_members(small)
    for _ in range(300):
        n = CHANCE.randrange(len(members))
        changed = list(members)
        changed[n] = flipped(members[n], CHANCE.randrange(len(members[n]) * 8))
        with pytest.raises(BundleFault):
            read_whole(zipped(changed))


def test_case_12_truncation_anywhere_is_called_an_incomplete_copy():
    data = written([change_set(entries(30)), piece(random.Random(1).randbytes(90_000))])[0]
    edges = {
        0,
        1,
        4,
        13,
        14,
        15,
        29,
        30,
        37,
        38,
        39,
        len(data) - 1,
        len(data) - 21,
        len(data) - 22,
        len(data) - 23,
    }
    at = 0
    while (at := data.find(b"PK", at + 1)) > 0:
        edges |= {at - 1, at, at + 1, at + 3, at + 10, at + 29, at + 30, at + 38, at + 42, at + 43}
    for length in sorted({edge for edge in edges if edge < len(data)} | set(range(0, len(data), 4096))):
        with pytest.raises(Incomplete) as refusal:
            opened(data[:length])
        assert refusal.value.code == "E728" and "重新复制" in refusal.value.message


@pytest.mark.parametrize("more", [b"\0", b"PK", b"PK\x05\x06" + bytes(18), b"x" * 5000])
def test_case_13_appended_or_prepended_bytes_are_refused(small, more):
    with pytest.raises(Altered):
        opened(small + more)
    with pytest.raises(NotABundle):
        opened(b"x" + more + small)


def test_case_13_a_bundle_after_a_bundle_is_refused(small):
    with pytest.raises(Altered):
        opened(small + small)


def test_case_14_swapped_dropped_doubled_or_foreign_segments_are_refused(several, small):
    first, second, third, manifest = *sealed_members(several)[:2], *sealed_members(several)[-2:]
    members = sealed_members(several)
    foreign = sealed_members(sample(6))
    for changed in (
        [members[1], members[0], *members[2:]],
        members[1:],
        [*members[:-2], manifest],
        [members[0], *members],
        [*members[:-1], third, manifest],
        [foreign[0], *members[1:]],
        [first, first, *members[2:]],
        [*sealed_members(small)[:-1], foreign[-1]],
        [second, manifest],
    ):
        with pytest.raises(Altered):
            read_whole(zipped(changed))


def test_case_14_lines_swapped_dropped_or_doubled_inside_a_signed_segment_are_refused():
    lines = [line_of(entry) for entry in entries(6)]
    data = sample(6)
    for changed in (
        [lines[1], lines[0], *lines[2:]],
        lines[:-1],
        [*lines, lines[-1]],
        [lines[0], *lines],
        lines[1:],
    ):
        plain = b"".join(changed)
        with pytest.raises(BundleFault):
            read_whole(with_segment(data, plain, packed(plain)))


@pytest.mark.parametrize(
    "content", [b"hello", b"%PDF-1.4\n", b"\x89PNG\r\n", b"PK\x03\x04\x14\x00\x06\x00" + bytes(90)]
)
def test_a_file_of_another_kind_is_called_no_bundle(content):
    with pytest.raises(NotABundle) as refusal:
        opened(content)
    assert refusal.value.code == "E701" and refusal.value.message.startswith("这不是上报包")


def test_a_file_beyond_one_gib_is_refused_unread(tmp_path):
    huge = tmp_path / "huge.hmb"
    with huge.open("wb") as file:
        file.truncate(2**30 + 1)
    with huge.open("rb") as file, pytest.raises(TooBig):
        open_bundle(file, COUNTY, contract=1)
