"""The bundle format `.hmb`, the keys and the enrolment files: a pure codec without database and rules."""

from app.bundle.drafts import (
    ChangeSet,
    ManifestDraft,
    Piece,
    Recipients,
    WrittenBundle,
    bundle_file_name,
    pieces_of,
)
from app.bundle.enrolment import (
    Answer,
    Invitation,
    Invited,
    Office,
    answer_site,
    read_answer,
    read_invitation,
    write_answer,
    write_invitation,
)
from app.bundle.entries import Entry, Personal
from app.bundle.epochs import EpochLink, Position, keys_led_to
from app.bundle.faults import (
    Altered,
    BadAttachment,
    BadContent,
    BadEnrolment,
    BadSignature,
    BundleFault,
    EntryTooBig,
    Incomplete,
    NewerReader,
    NoRoom,
    NotABundle,
    NotForUs,
    ReadBackFailed,
    TooBig,
    UnknownFormat,
    WrongEscrowKey,
    WrongOfficeKey,
)
from app.bundle.keys import EscrowKey, PublicKeys, SiteKeys
from app.bundle.manifest import (
    DOWN,
    ESCROW,
    OWN,
    RETURNED,
    SENDER,
    TO,
    UP,
    Addressee,
    Manifest,
    Part,
    Segment,
    Slice,
    check_code,
)
from app.bundle.read_back import read_back
from app.bundle.reading import BundleReader, is_whole, open_bundle
from app.bundle.signing import Checkpoint, Receipt
from app.bundle.writing import BundleWriter, write_bundle

__all__ = [
    "DOWN", "ESCROW", "OWN", "RETURNED", "SENDER", "TO", "UP",
    "Addressee", "Altered", "Answer", "BadAttachment", "BadContent", "BadEnrolment", "BadSignature",
    "BundleFault", "BundleReader", "BundleWriter", "ChangeSet", "Checkpoint", "Entry", "EntryTooBig", "EpochLink",
    "EscrowKey", "Incomplete", "Invitation", "Invited", "Manifest", "ManifestDraft", "NewerReader", "NoRoom",
    "NotABundle", "NotForUs", "Office", "Part", "Personal", "Piece", "Position", "PublicKeys", "ReadBackFailed",
    "Receipt", "Recipients", "Segment", "SiteKeys", "Slice", "TooBig", "UnknownFormat", "WrittenBundle",
    "WrongEscrowKey", "WrongOfficeKey", "answer_site", "bundle_file_name", "check_code", "is_whole", "keys_led_to",
    "open_bundle", "pieces_of", "read_answer", "read_back", "read_invitation", "write_answer",
    "write_bundle", "write_invitation",
]  # fmt: skip
