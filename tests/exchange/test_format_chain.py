"""Canonical JSON and the hash chain: what they take, what they refuse, and their exact bytes."""

import enum
import hashlib

import pytest

from app import canonical
from app.chain import GENESIS, BrokenChain, entry_hash, first_break, personal_digest, verify_run
from tests.exchange.format_samples import entries


class Word(enum.StrEnum):
    lawyer = "律师"


def test_canonical_bytes_are_sorted_utf8_without_blanks():
    value = {"b": [1, None, -5], "a": {"行": "值班", "A": Word.lawyer}, "c": (True, False)}
    assert canonical.encode(value).decode() == '{"a":{"A":"律师","行":"值班"},"b":[1,null,-5],"c":[1,0]}'
    assert canonical.decode(canonical.encode({"a": "\\u0000"})) == {"a": "\\u0000"}


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        {"a": [0.5]},
        2**63,
        -(2**63) - 1,
        b"x",
        "\ud800",
        "a\0",
        {"\0": 1},
        {1: 2},
        {"a": {1}},
        object(),
        float("nan"),
    ],
)
def test_case_33_what_is_no_text_or_integer_is_not_encoded(value):
    with pytest.raises(canonical.BadData) as refusal:
        canonical.encode(value)
    assert refusal.value.code == "E709"


def test_case_33_integers_are_those_of_64_bits() -> None:
    for value in (2**53, 2**63 - 1, -(2**63)):
        assert canonical.decode(canonical.encode({"a": value})) == {"a": value}
    for written in (b"[9223372036854775808]", b"[18446744073709551616]", b"[-9223372036854775809]"):
        with pytest.raises(canonical.BadData):
            canonical.decode(written)


def test_case_33_depth_is_limited_both_ways():
    deep = "x"
    for _ in range(canonical.DEEPEST):
        deep = [deep]
    assert canonical.decode(canonical.encode(deep)) == deep
    with pytest.raises(canonical.BadData):
        canonical.encode([deep])
    with pytest.raises(canonical.BadData):
        canonical.decode(b"[" + canonical.encode(deep) + b"]")


def test_chain_hash_and_personal_digest_are_those_of_the_format():
    body = b'{"seq":1}'
    assert entry_hash(GENESIS, body) == hashlib.sha256(b"huimin.change.v1\0" + bytes(32) + body).digest()
    salt = bytes(range(16))
    assert (
        personal_digest(salt, {"b": 1, "a": "名"})
        == hashlib.sha256(salt + '{"a":"名","b":1}'.encode()).hexdigest()
    )
    assert personal_digest(salt, {"a": 1}) == personal_digest(salt, b'{"a":1}')


def test_case_22_a_run_is_verified_and_its_break_is_named():
    run = [(entry.body, entry.hash) for entry in entries(8)]
    assert verify_run(GENESIS, run) == run[-1][1] and first_break(GENESIS, run) is None
    assert verify_run(run[3][1], run[4:]) == run[-1][1] and verify_run(GENESIS, []) == GENESIS
    for changed, position in (
        ([*run[:5], (run[5][0] + b" ", run[5][1]), *run[6:]], 5),
        ([*run[:2], *run[3:]], 2),
        ([run[1], run[0]], 0),
    ):
        assert first_break(GENESIS, changed) == position
        with pytest.raises(BrokenChain) as refusal:
            verify_run(GENESIS, changed)
        assert refusal.value.position == position and f"第 {position + 1} 条" in refusal.value.message
