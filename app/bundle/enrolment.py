"""Enrolment: an invitation down and an answer up, each signed and checked by a fingerprint read by telephone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app import canonical
from app.bundle.faults import BadContent, BadEnrolment, UnknownFormat
from app.bundle.fields import Fields, decoded
from app.bundle.keys import PublicKeys, SiteKeys, fingerprint
from app.bundle.limits import ENROLMENT_BYTES, FORMAT, SUITE
from app.bundle.sealing import is_recipient
from app.bundle.signing import SigningContext, is_signed, sign

_CODE = re.compile(r"[0-9]+(-[0-9]+)?")
INVITATION, ANSWER = "huimin.invitation", "huimin.answer"


@dataclass(frozen=True)
class EnrolledOffice:
    """One side of an enrolment: site code, name and public keys."""

    site: str
    name: str
    keys: PublicKeys


@dataclass(frozen=True)
class Invited:
    """The site that is invited, the epoch its streams begin in (one more with each enrolment), and the bureau's own."""

    site: str
    name: str
    epoch: int = 1
    bureau_epoch: int = 1


@dataclass(frozen=True)
class Invitation:
    """A bureau's offer to one site. pack: key of the policy pack to work by.

    epoch: the one the site's streams begin in. bureau_epoch: that of the bureau's streams.

    fingerprint: of the whole file, 30 digits in groups of five.
    """

    bureau: EnrolledOffice
    site: str
    name: str
    escrow: str
    pack: str
    nonce: str
    suite: int
    fingerprint: str
    epoch: int
    bureau_epoch: int


@dataclass(frozen=True)
class Answer:
    """A site's acceptance of one invitation. fingerprint: of the whole file."""

    site: EnrolledOffice
    bureau_key: str
    nonce: str
    suite: int
    fingerprint: str


def write_invitation(
    bureau: EnrolledOffice, keys: SiteKeys, invited: Invited, escrow: str, pack: str
) -> bytes:
    """The invitation's bytes.

    escrow: age recipient of the bureau's safe. pack: the policy pack's key.
    """
    content = {
        "kind": INVITATION,
        "format": FORMAT,
        "suite": SUITE,
        "nonce": secrets.token_hex(16),
        "bureau": _office_fields(bureau),
        "site": invited.site,
        "name": invited.name,
        "escrow": escrow,
        "pack": pack,
        "epoch": invited.epoch,
        "bureau_epoch": invited.bureau_epoch,
    }
    return _signed(content, keys, SigningContext.invitation)


def read_invitation(data: bytes) -> Invitation:
    """A verified invitation; its key is trusted only after the fingerprint was compared.

    Raises `BadEnrolment` or `UnknownFormat`.
    """
    try:
        fields = _checked(data, INVITATION)
        bureau = _office(Fields(fields.raw.get("bureau"), "发出单位"))
        _check_signature(fields, bureau.keys.signing, SigningContext.invitation)
        return Invitation(
            bureau,
            _code(fields),
            fields.text("name"),
            _recipient(fields, "escrow"),
            fields.text("pack", 64),
            fields.hexadecimal("nonce", 16),
            SUITE,
            fingerprint(data),
            fields.integer("epoch", 1),
            fields.integer("bureau_epoch", 1),
        )
    except BadContent as fault:
        raise BadEnrolment("内容不全或格式不对") from fault


def write_answer(invitation: Invitation, keys: SiteKeys) -> bytes:
    """The answer's bytes, signed with the site's fresh key."""
    site = EnrolledOffice(invitation.site, invitation.name, keys.public)
    content = {
        "kind": ANSWER,
        "format": FORMAT,
        "suite": invitation.suite,
        "nonce": invitation.nonce,
        "site": _office_fields(site),
        "bureau_key": invitation.bureau.keys.signing,
    }
    return _signed(content, keys, SigningContext.answer)


def read_answer(data: bytes, bureau: PublicKeys, site: str, nonce: str) -> Answer:
    """A verified answer to the invitation with this nonce, sent by `bureau` to `site`.

    Raises `BadEnrolment` or `UnknownFormat`.
    """
    try:
        fields = _checked(data, ANSWER)
        office = _office(Fields(fields.raw.get("site"), "答复单位"))
        _check_signature(fields, office.keys.signing, SigningContext.answer)
        answer = Answer(
            office,
            fields.hexadecimal("bureau_key", 32),
            fields.hexadecimal("nonce", 16),
            SUITE,
            fingerprint(data),
        )
    except BadContent as fault:
        raise BadEnrolment("内容不全或格式不对") from fault
    if (answer.nonce, answer.bureau_key, office.site) != (nonce, bureau.signing, site):
        raise BadEnrolment("答复的不是这份邀请")
    return answer


def answer_site(data: bytes) -> str:
    """The site code and nothing else of an unverified answer, to find the invitation it belongs to."""
    try:
        return _office(Fields(_checked(data, ANSWER).raw.get("site"), "答复单位")).site
    except BadContent as fault:
        raise BadEnrolment("内容不全或格式不对") from fault


def _checked(data: bytes, kind: str) -> Fields:
    if len(data) > ENROLMENT_BYTES:
        raise BadEnrolment("文件过大")
    fields = decoded(data, "登记文件")
    if fields.raw.get("kind") != kind:
        raise BadEnrolment("不是这一步要的文件")
    if fields.raw.get("format") != FORMAT or fields.raw.get("suite") != SUITE:
        raise UnknownFormat("格式或密码套件")
    return fields


def _check_signature(fields: Fields, key: str, context: SigningContext) -> None:
    content = {name: value for name, value in fields.raw.items() if name != "signature"}
    if not is_signed(key, context, content, fields.hexadecimal("signature", 64)):
        raise BadEnrolment("签名不符")


def _signed(content: Mapping[str, Any], keys: SiteKeys, context: SigningContext) -> bytes:
    return canonical.encode({**content, "signature": sign(keys.signing, context, content)})


def _office_fields(office: EnrolledOffice) -> dict[str, Any]:
    keys = office.keys
    return {"site": office.site, "name": office.name, "signing": keys.signing, "recipient": keys.recipient}


def _office(fields: Fields) -> EnrolledOffice:
    keys = PublicKeys(fields.hexadecimal("signing", 32), _recipient(fields, "recipient"))
    return EnrolledOffice(_code(fields), fields.text("name"), keys)


def _code(fields: Fields) -> str:
    """A site's code: it becomes part of stream and file names, so it is made of digits and dashes only."""
    code = fields.text("site", 32)
    if not _CODE.fullmatch(code):
        raise BadContent("站点代码")
    return code


def _recipient(fields: Fields, name: str) -> str:
    text = fields.text(name, 100)
    if not is_recipient(text):
        raise BadContent("公钥")
    return text
