"""Each check of a signed field stands by itself: rightly signed, with one thing wrong, and refused for that thing."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from app import canonical
from app.bundle.enrolment import (
    EnrolledOffice,
    Invited,
    read_answer,
    read_invitation,
    write_answer,
    write_invitation,
)
from app.bundle.entries import line_of, log_entry
from app.bundle.faults import Altered, BadContent, BadEnrolment, BundleFault, TooBig, UnknownFormat
from app.bundle.limits import ID_CHARACTERS, PIECE_BYTES, RECIPIENTS, SEALING_BYTES, TABLE_CHARACTERS
from app.bundle.packing import packed
from app.bundle.signing import SigningContext, sign
from tests.exchange.format_samples import (
    COUNTY,
    ESCROW,
    STATION,
    entries,
    forged,
    read_whole,
    sample,
    with_segment,
)

Fields = dict[str, Any]
Change = Callable[[Fields], object]


@pytest.fixture(scope="module")
def data() -> bytes:
    """Six entries in one segment, a piece in another."""
    return sample(6)


def put(*path: str | int, to: Any) -> Change:
    """The change of one field."""

    def change(fields: Any) -> None:
        for step in path[:-1]:
            fields = fields[step]
        fields[path[-1]] = to

    return change


def more_counts(fields: Fields) -> None:
    fields["slices"][0]["counts"]["duty"] += 1


def other_tables(fields: Fields) -> None:
    counts = fields["slices"][0]["counts"]
    counts["duty"], counts["consultation"] = counts["consultation"], counts["duty"]


def empty_slice(fields: Fields) -> None:
    fields["slices"][0] |= {"to": 0, "counts": {}, "head": "11" * 32}


def twice(fields: Fields) -> None:
    fields["slices"].append(deepcopy(fields["slices"][0]))


def huge(fields: Fields) -> None:
    part = fields["segments"][1] | {"length": PIECE_BYTES + SEALING_BYTES}
    fields["segments"] += [part | {"n": n} for n in range(3, 140)]


MANIFEST: list[tuple[Change, type[BundleFault], str]] = [
    (put("sender", to=5), BadContent, "目录的 sender"),
    (put("sender", to=""), BadContent, "目录的 sender"),
    (put("sender", to="1" * 33), BadContent, "目录的 sender"),
    (put("sender", to="140821/../x"), BadContent, "目录的 sender"),
    (put("direction", to="sideways"), BadContent, "目录的 direction"),
    (put("made_at", to="1969-12-31T23:59:59Z"), BadContent, "目录的 made_at"),
    (put("made_at", to="2201-01-01T00:00:00Z"), BadContent, "目录的 made_at"),
    (put("slices", to={}), BadContent, "目录的 slices"),
    (
        put("recipients", to=[{"role": "to", "site": "1", "key": "k"}] * (RECIPIENTS + 1)),
        BadContent,
        "recipients",
    ),
    (put("wanted", to=["Z" * 64]), BadContent, "目录的 wanted"),
    (put("segments", 0, "sha256", to="G" * 64), BadContent, "分段的 sha256"),
    (put("segments", 0, "sha256", to="a" * 62), BadContent, "分段的 sha256"),
    (put("segments", 0, "n", to=2), BadContent, "分段编号不连续"),
    (put("segments", 1, "at", to=10**9), BadContent, "附件分段的位置"),
    (put("segments", 1, "plain_sha256", to="a" * 64), Altered, "0002"),
    (put("slices", 0, "counts", to=[]), BadContent, "数据段的 counts"),
    (put("slices", 0, "counts", to={"duty": "6"}), BadContent, "数据段的 counts"),
    (put("slices", 0, "counts", to={"duty": 7, "x": -1}), BadContent, "数据段的 counts"),
    (put("slices", 0, "totals", to={"fen": "1"}), BadContent, "数据段的 totals"),
    (put("slices", 0, "prev", to="11" * 32), BadContent, "数据段条数或起点"),
    (put("slices", 0, "head", to="11" * 32), BadContent, "条数或校验值不符"),
    (more_counts, BadContent, "数据段条数或起点"),
    (other_tables, BadContent, "条数或校验值不符"),
    (empty_slice, BadContent, "空数据段的校验值"),
    (twice, BadContent, "同一数据流出现两次"),
    (huge, TooBig, "文件大小"),
]


@pytest.mark.parametrize("case", range(len(MANIFEST)))
def test_one_wrong_field_of_a_manifest_is_refused_by_name(data: bytes, case: int) -> None:
    change, kind, words = MANIFEST[case]
    with pytest.raises(kind) as refused:
        read_whole(forged(data, change))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"stream": "140821199/0/up"}, "流水号不连续"),
        ({"by": 5}, "缺少必备字段"),
        ({"mono": "1"}, "缺少必备字段"),
        ({"op": "steal"}, "缺少必备字段"),
        ({"row": []}, "缺少必备字段"),
        ({"table": "x" * (TABLE_CHARACTERS + 1)}, "过长"),
        ({"id": "x" * (ID_CHARACTERS + 1)}, "过长"),
    ],
)
def test_one_wrong_field_of_an_entry_is_refused(data: bytes, extra: Fields, words: str) -> None:
    lines = b"".join(line_of(entry) for entry in entries(6, extra=extra))
    with pytest.raises(BadContent) as refused:
        read_whole(with_segment(data, lines, packed(lines)))
    assert words in str(refused.value)


def test_an_entry_whose_hash_does_not_follow_is_refused_at_its_place(data: bytes) -> None:
    lines = [line_of(entry) for entry in entries(6)]
    hashed = entries(6)[2].hash.hex().encode()
    lines[2] = lines[2].replace(hashed, b"11" * 32)
    whole = b"".join(lines)
    with pytest.raises(Altered, match="第 3 条记录与前后不衔接"):
        read_whole(with_segment(data, whole, packed(whole)))


def test_a_line_with_another_first_field_or_a_blank_at_its_end_is_refused(data: bytes) -> None:
    lines = [line_of(entry) for entry in entries(6)]
    for wrong in (lines[0][:-1] + b" \n", b'{"aody":' + lines[0][8:]):
        whole = b"".join([wrong, *lines[1:]])
        with pytest.raises(BadContent):
            read_whole(with_segment(data, whole, packed(whole)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b',"hash":', b',"extra":1,"hash":', "记录的字段"),
        (b'"salt":', b'"extra":1,"salt":', "记录的字段"),
        (b',"personal":{"salt"', b',"zeta":{"salt"', "记录的字段"),
        (b'"body":', b'"aody":', "记录的字段"),
    ],
    ids=["four fields", "more in the side row", "no side row", "no body"],
)
def test_a_line_has_three_fields_of_the_format_and_no_other(old: bytes, new: bytes, words: str) -> None:
    line = line_of(entries(1)[0])[:-1]
    assert log_entry(line) == entries(1)[0]
    with pytest.raises(BadContent, match=words):
        log_entry(line.replace(old, new, 1))


BUREAU = EnrolledOffice("140821", "临猗县司法局", COUNTY.public)
INVITED = Invited("140821101", "猗氏镇司法所", 1, 1)


def resigned(data: bytes, keys: Any, context: SigningContext, **changed: Any) -> bytes:
    """An enrolment file with fields changed, signed anew by its rightful sender."""
    content = {k: v for k, v in canonical.decode(data).items() if k != "signature"} | changed
    return canonical.encode({**content, "signature": sign(keys.signing, context, content)})


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"format": 2}, UnknownFormat),
        ({"suite": 2}, UnknownFormat),
        ({"kind": "huimin.answer"}, BadEnrolment),
        ({"site": "../140821"}, BadEnrolment),
        ({"escrow": "age1nobody"}, BadEnrolment),
    ],
)
def test_one_wrong_field_of_an_invitation_is_refused(changed: Fields, kind: type[BundleFault]) -> None:
    made = write_invitation(BUREAU, COUNTY, INVITED, ESCROW.recipient, "yuncheng-2022")
    assert read_invitation(made).site == INVITED.site
    with pytest.raises(kind):
        read_invitation(resigned(made, COUNTY, SigningContext.invitation, **changed))


def test_an_answer_that_its_own_key_did_not_sign_is_refused() -> None:
    invitation = read_invitation(write_invitation(BUREAU, COUNTY, INVITED, ESCROW.recipient, "yuncheng-2022"))
    answer = write_answer(invitation, STATION)
    read_answer(answer, COUNTY.public, INVITED.site, invitation.nonce)
    taken = resigned(answer, COUNTY, SigningContext.answer)
    for wrong in (taken, resigned(answer, STATION, SigningContext.invitation)):
        with pytest.raises(BadEnrolment, match="签名不符"):
            read_answer(wrong, COUNTY.public, INVITED.site, invitation.nonce)
