"""Case 39 in short: mutated files, manifests and lines raise typed refusals and nothing else."""

import random

from app.bundle.enrolment import read_answer, read_invitation
from app.bundle.entries import line_of
from app.bundle.packing import packed
from app.bundle.sealing import seal
from app.errors import Refused
from tests.exchange.format_samples import (
    COUNTY,
    all_keys,
    entries,
    manifest_fields,
    read_whole,
    sample,
    sealed_members,
    signed_manifest,
    with_segment,
    zipped,
)

TOKENS = (
    b"null",
    b"1e9",
    b"-1",
    b'""',
    b"{}",
    b"[]",
    b"9223372036854775807",
    b'"\\ud800"',
    b"true",
    b"\xff",
    b"PK",
)


def mutated(data, chance):
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(changed) + 1), chance.choice((0, 1, 1, 4, 40))
        new = chance.choice(
            (b"", chance.randbytes(length), chance.choice(TOKENS), bytes(changed[at : at + length]) * 2)
        )
        changed[at : at + length] = new
    return bytes(changed)


def attempt(data, action):
    try:
        action(data)
    except Refused as refusal:
        assert refusal.code.startswith("E7") and refusal.message.endswith(
            ("新导出", "程序", "一次", "原文件", "文件", "导入", "核实")
        )


def test_case_39_mutated_files_raise_only_refusals():
    chance, data = random.Random(39), sample(5)
    for _ in range(400):
        attempt(mutated(data, chance), read_whole)
    for size in range(0, 2000, 7):
        attempt(chance.randbytes(size), read_whole)


def test_case_39_mutated_members_in_a_flawless_skeleton_raise_only_refusals():
    chance, members = random.Random(40), sealed_members(sample(5))
    for _ in range(300):
        changed = list(members)
        n = chance.randrange(len(members))
        changed[n] = mutated(members[n], chance)
        attempt(zipped(changed), read_whole)


def test_case_39_mutated_manifests_and_signed_nonsense_raise_only_refusals():
    chance, data = random.Random(41), sample(5)
    members, fields = sealed_members(data)[:-1], manifest_fields(data)
    odd = (None, 0, -1, 2**62, "", "x", [], {}, [[]], [{}], [None], {"a": "b"}, {"": 1})
    for _ in range(300):
        plain = mutated(signed_manifest(fields), chance)
        attempt(zipped([*members, seal(plain, all_keys())]), read_whole)
    places = [
        fields,
        fields["slices"][0],
        fields["segments"][0],
        fields["segments"][1],
        fields["recipients"][0],
    ]
    for place in places:
        for name in [name for name in place if name not in ("signature", "sender_key")]:
            kept = place[name]
            for value in odd:
                place[name] = value
                attempt(zipped([*members, seal(signed_manifest(fields), all_keys())]), read_whole)
            place[name] = kept


def test_case_39_mutated_lines_and_frames_in_signed_segments_raise_only_refusals():
    chance, data = random.Random(42), sample(5)
    plain = b"".join(line_of(entry) for entry in entries(5))
    for _ in range(300):
        changed = mutated(plain, chance) or b"x"
        attempt(with_segment(data, changed, packed(changed)), read_whole)
        attempt(with_segment(data, plain, mutated(packed(plain), chance)), read_whole)


def test_case_39_mutated_enrolment_files_raise_only_refusals():
    from tests.exchange.test_format_keys import STATION, invited, write_answer

    chance, data = random.Random(43), invited()
    invitation = read_invitation(data)
    answer = write_answer(invitation, STATION)
    for _ in range(300):
        attempt(mutated(data, chance), read_invitation)
        attempt(
            mutated(answer, chance),
            lambda changed: read_answer(changed, COUNTY.public, "140821101", invitation.nonce),
        )
