"""Cases 15, 16, 20, 21, 54 and 68: for whom a bundle is, by whom it is signed, and in which format."""

import pytest

from app import canonical
from app.bundle.faults import BadSignature, NewerReader, NotForUs, UnknownFormat
from app.bundle.keys import EscrowKey
from app.bundle.manifest import ESCROW as AS_ESCROW
from app.bundle.manifest import SENDER
from app.bundle.sealing import seal
from app.bundle.signing import Checkpoint, Receipt, SigningContext
from tests.exchange.format_samples import (
    COUNTY,
    ESCROW,
    OTHER,
    STATION,
    STREAM,
    all_keys,
    change_set,
    entries,
    forged,
    manifest_fields,
    opened,
    read_whole,
    sample,
    sealed_members,
    signed_manifest,
    written,
    zipped,
)


@pytest.fixture(scope="module")
def data():
    return sample(6)


def test_case_15_a_bundle_encrypted_to_another_county_is_not_addressed_to_us(data):
    with pytest.raises(NotForUs) as refusal:
        opened(data, OTHER)
    assert refusal.value.code == "E704" and "不是发给本单位" in refusal.value.message


def test_case_16_a_signed_recipient_that_names_another_is_refused(data):
    def to_another(fields):
        fields["recipients"][0]["key"] = OTHER.recipient

    with pytest.raises(NotForUs):
        opened(forged(data, to_another))
    with pytest.raises(NotForUs):
        opened(data, site="140822")
    assert opened(data, site="140821").manifest.sender == "140821101"


def test_case_16_the_sender_is_no_recipient_of_its_own_bundle(data):
    with pytest.raises(NotForUs):
        opened(data, STATION)
    assert read_whole(data, STATION, role=SENDER).sender_key == STATION.public.signing


def test_case_68_the_escrow_key_opens_every_bundle(data):
    printed = EscrowKey.from_text(" " + ESCROW.text.lower() + "\n")
    assert read_whole(data, printed, role=AS_ESCROW).entry_count == 6


@pytest.mark.parametrize(
    "context", [context for context in SigningContext if context is not SigningContext.manifest]
)
def test_case_20_a_signature_of_another_purpose_is_refused(data, context):
    with pytest.raises(BadSignature):
        opened(forged(data, lambda fields: None, context=context))


def test_case_20_checkpoint_and_countersignature_do_not_stand_in_for_each_other():
    head = bytes.fromhex("ab" * 32)
    checkpoint = Checkpoint.signed(STATION.signing, STREAM, 7, head)
    receipt = Receipt.countersigned(STATION.signing, STREAM, 7, head)
    assert checkpoint.is_by(STATION.public.signing) and receipt.is_by(STATION.public.signing)
    assert not Receipt(STREAM, 7, head, checkpoint.signature).is_by(STATION.public.signing)
    assert not Checkpoint(STREAM, 7, head, receipt.countersignature).is_by(STATION.public.signing)
    assert not Checkpoint(STREAM, 8, head, checkpoint.signature).is_by(STATION.public.signing)
    assert not checkpoint.is_by(COUNTY.public.signing) and not checkpoint.is_by("no key")


def test_case_20_another_key_or_a_missing_signature_is_refused(data):
    def claims_station(fields):
        fields["sender_key"] = STATION.public.signing

    with pytest.raises(BadSignature):
        opened(forged(data, claims_station, keys=OTHER))
    fields = manifest_fields(data)
    fields["signature"] = "0" * 128
    members = [*sealed_members(data)[:-1], seal(canonical.encode(fields), all_keys())]
    with pytest.raises(BadSignature):
        opened(zipped(members))


def test_checkpoints_and_receipts_must_be_the_senders_own():
    made = entries(3)
    foreign = Checkpoint.signed(OTHER.signing, STREAM, 3, made[-1].hash)
    with pytest.raises(BadSignature):
        opened(written([change_set(made)], checkpoints=[foreign])[0])
    strange = Receipt.countersigned(OTHER.signing, STREAM, 3, made[-1].hash)
    with pytest.raises(BadSignature):
        opened(written([], receipts=[strange])[0])


@pytest.mark.parametrize(
    "name, value", [("suite", 0), ("suite", 2), ("suite", "1"), ("format", 0), ("format", 2)]
)
def test_case_21_unknown_suite_or_format_is_refused(data, name, value):
    fields = {**manifest_fields(data), name: value}
    members = [*sealed_members(data)[:-1], seal(signed_manifest(fields), all_keys())]
    with pytest.raises(UnknownFormat):
        opened(zipped(members))


def test_case_21_a_suite_below_the_pinned_one_is_refused(data):
    with pytest.raises(UnknownFormat):
        opened(data, suite=2)


def test_case_54_a_newer_least_reader_is_to_be_parked_and_says_which():
    data = written([change_set(entries(2))], contract=3, least_reader=3)[0]
    with pytest.raises(NewerReader) as refusal:
        opened(data, contract=2)
    assert refusal.value.least_reader == 3 and "请更新程序" in refusal.value.message
    assert opened(data, contract=3).manifest.contract == 3
