"""Keys at rest and enrolment by two files and a telephone call."""

import re

import pytest

from app import canonical
from app.bundle.enrolment import (
    EnrolledOffice,
    Invited,
    answer_site,
    read_answer,
    read_invitation,
    write_answer,
    write_invitation,
)
from app.bundle.faults import BadEnrolment, UnknownFormat, WrongEscrowKey, WrongOfficeKey
from app.bundle.keys import EscrowKey, SiteKeys
from tests.exchange.format_samples import COUNTY, ESCROW, OTHER, STATION

OFFICE_KEY = bytes(range(32))
BUREAU = EnrolledOffice("140821", "临猗县司法局", COUNTY.public)


def invited():
    return write_invitation(
        BUREAU, COUNTY, Invited("140821101", "嵋阳司法所", 2), ESCROW.recipient, "yuncheng-2022"
    )


def test_wrapped_keys_come_back_with_the_office_key_only():
    data = STATION.wrapped(OFFICE_KEY)
    again = SiteKeys.unwrapped(data, OFFICE_KEY)
    assert again.public == STATION.public and again.recipient == STATION.recipient
    assert str(STATION.identity).encode() not in data and STATION.public.signing.encode() not in data
    assert data != STATION.wrapped(OFFICE_KEY)
    for key in (bytes(32), b"short"):
        with pytest.raises(WrongOfficeKey):
            SiteKeys.unwrapped(data, key)


def test_a_damaged_key_file_is_refused_at_every_byte():
    data = STATION.wrapped(OFFICE_KEY)
    for at in range(len(data)):
        with pytest.raises(WrongOfficeKey):
            SiteKeys.unwrapped(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], OFFICE_KEY)
    for changed in (b"", data[:-1], b"[]", b"{}", b"\xff"):
        with pytest.raises(WrongOfficeKey):
            SiteKeys.unwrapped(changed, OFFICE_KEY)


def test_keys_are_not_shown_by_accident():
    assert str(STATION.identity) not in repr(STATION) and ESCROW.text not in repr(ESCROW)


def test_a_fingerprint_can_be_read_by_telephone():
    prints = {keys.public.fingerprint for keys in (STATION, COUNTY, OTHER)}
    assert len(prints) == 3 and all(re.fullmatch(r"(\d{5} ){5}\d{5}", text) for text in prints)


def test_escrow_key_is_typed_from_paper():
    assert EscrowKey.from_text(ESCROW.text).recipient == ESCROW.recipient
    with pytest.raises(WrongEscrowKey):
        EscrowKey.from_text(ESCROW.text[:-1] + "Q" * 2)


def test_enrolment_ends_with_both_sides_knowing_the_other():
    data = invited()
    invitation = read_invitation(data)
    assert (invitation.bureau, invitation.site, invitation.name) == (BUREAU, "140821101", "嵋阳司法所")
    assert invitation.escrow == ESCROW.recipient and (invitation.suite, invitation.pack) == (
        1,
        "yuncheng-2022",
    )
    reply = write_answer(invitation, STATION)
    assert answer_site(reply) == "140821101"
    answer = read_answer(reply, COUNTY.public, "140821101", invitation.nonce)
    assert answer.site == EnrolledOffice("140821101", "嵋阳司法所", STATION.public)
    assert (
        invitation.fingerprint
        != answer.fingerprint
        == read_answer(reply, COUNTY.public, "140821101", invitation.nonce).fingerprint
    )


def test_an_answer_to_another_invitation_is_refused():
    invitation = read_invitation(invited())
    reply = write_answer(invitation, STATION)
    for bureau, site, nonce in (
        (OTHER.public, "140821101", invitation.nonce),
        (COUNTY.public, "140821102", invitation.nonce),
        (COUNTY.public, "140821101", read_invitation(invited()).nonce),
    ):
        with pytest.raises(BadEnrolment):
            read_answer(reply, bureau, site, nonce)


def test_an_altered_enrolment_file_is_refused():
    data = invited()
    fields = canonical.decode(data)
    for changed in (
        b"",
        data + b"\n",
        data[:-1],
        data.replace(b"140821101", b"140821102"),
        b"x" * 70_000,
        b"[]",
        canonical.encode({**fields, "escrow": OTHER.recipient}),
        canonical.encode({**fields, "escrow": "age1x"}),
        canonical.encode({**fields, "name": ""}),
        canonical.encode({**fields, "signature": "00"}),
        write_answer(read_invitation(data), STATION),
    ):
        with pytest.raises(BadEnrolment):
            read_invitation(changed)
    with pytest.raises(BadEnrolment):
        read_answer(data, COUNTY.public, "140821101", fields["nonce"])


def test_case_21_another_suite_in_an_enrolment_file_is_refused():
    fields = canonical.decode(invited())
    with pytest.raises(UnknownFormat):
        read_invitation(canonical.encode({**fields, "suite": 2}))
