"""The journal, the change log with its hash chain, and what was sent and received."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Audience, Base, Flag, JsonText, Shared, UtcText
from app.models.checks import at_least, entry_reference, local_reference, one_of
from app.models.travelling import shared

RELATIONS = ("parent", "child")
STATES = ("invited", "admitted", "announced", "former", "stopped", "revoked")


class Account(Base):
    """Somebody who works in this office; the password lives in the key slots only."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(JsonText)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    made_at: Mapped[datetime] = mapped_column(UtcText)


class SecurityEvent(Base):
    """A failed login, a refusal or an alarm; an alarm stays open until somebody dismisses it."""

    __tablename__ = "security_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcText)
    kind: Mapped[str]
    actor: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    is_alarm: Mapped[bool] = mapped_column(Flag, default=False)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcText)
    dismissed_by: Mapped[str] = mapped_column(default="")


Index("ix_security_event_open", SecurityEvent.is_alarm, SecurityEvent.dismissed_at)


class JournalEntry(Base):
    """One command: who, when, what, on which rows, why; ids only, nothing personal (Q02)."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcText)
    mono: Mapped[int]
    boot: Mapped[str]
    actor: Mapped[str]
    command: Mapped[str]
    subjects: Mapped[list[str]] = mapped_column(JsonText)
    why: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    """done, tried (a dry run), nothing (not stored), or the code of the refusal"""
    seat: Mapped[str]
    """Which opening of the office wrote it, so that each notices the others' commits only."""
    tables: Mapped[list[str]] = mapped_column(JsonText)
    """The tables the commit touched, in order."""
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Continues the line before it (journal_chain)."""


class Stream(Base):
    """One of this office's own streams: code/epoch/audience, its last seq and head."""

    __tablename__ = "stream"
    __table_args__ = (at_least("seq", 0),)

    id: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str]
    seq: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(LargeBinary)


class Acknowledgement(Base):
    """How far another office holds one of this office's streams, countersigned by it."""

    __tablename__ = "acknowledgement"
    __table_args__ = (at_least("seq", 0),)

    stream: Mapped[str] = mapped_column(local_reference("stream.id"), primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    head: Mapped[bytes] = mapped_column(LargeBinary)
    countersignature: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcText)


class ChangeEntry(Base):
    """One changed row in one stream; body is canonical JSON, hash continues the chain."""

    __tablename__ = "change_entry"
    __table_args__ = (
        at_least("seq", 1),
        at_least("version", 1),
    )

    stream: Mapped[str] = mapped_column(local_reference("stream.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column("tbl")
    row_id: Mapped[str]
    version: Mapped[int]
    journal_id: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


Index("ix_change_entry_row", ChangeEntry.row_id, ChangeEntry.table)
LONG_PART = 2_000_000
"""Bytes of one half of an entry, beyond which the whole may be more than a bundle can carry."""
Index(
    "ix_change_entry_long", ChangeEntry.stream, ChangeEntry.seq,
    sqlite_where=text(f"length(body) > {LONG_PART}"),
)  # fmt: skip


class ChangePersonal(Base):
    """The personal values of an entry; the only part of the log that may lawfully be deleted."""

    __tablename__ = "change_personal"
    __table_args__ = (entry_reference("change_entry"),)

    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    values: Mapped[bytes] = mapped_column("vals", LargeBinary)


Index(
    "ix_change_personal_long", ChangePersonal.stream, ChangePersonal.seq,
    sqlite_where=text(f"length(vals) > {LONG_PART}"),
)  # fmt: skip


class Pending(Base):
    """A changed row that the current transaction has yet to log."""

    __tablename__ = "pending"

    tbl: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)


class OwnEpoch(Base):
    """An epoch of this office that a restored backup or a renewal of keys began, and its key."""

    __tablename__ = "own_epoch"
    __table_args__ = (at_least("epoch", 1),)

    epoch: Mapped[int] = mapped_column(primary_key=True)
    sign_key: Mapped[str]
    restore_id: Mapped[str]
    """Which restore or renewal began it."""
    is_renewal: Mapped[bool] = mapped_column(Flag, default=False)
    """Whether it was begun for new keys, by an office that had lost nothing."""
    link: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The key before it names it, as it stands in a manifest."""


class ReceivedStream(Base):
    """How far another office's stream has been applied here."""

    __tablename__ = "received_stream"
    __table_args__ = (at_least("seq", 0),)

    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    seq: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(LargeBinary)
    heard_at: Mapped[datetime] = mapped_column(UtcText)
    made_at: Mapped[datetime] = mapped_column(UtcText)
    """When the sender says the newest bundle was made."""
    proof: Mapped[str] = mapped_column(default="")
    """The sender's signed word for the newest head that counts, so that it can come back as its own."""
    counted_to: Mapped[int | None]
    """Last seq that counts once its writer began a new epoch; what arrives beyond is listed only."""
    writer_holds: Mapped[int] = mapped_column(default=0)
    """Last seq of it that its writer, restored since, has itself by now; what counts beyond goes back to it."""
    bundle_number: Mapped[int] = mapped_column(default=0)
    """Which of its sender's bundles the newest was, as the sender counts them."""


class ReceivedEntry(Base):
    """An entry of another office's stream, exactly as it was signed."""

    __tablename__ = "received_entry"
    __table_args__ = (
        at_least("seq", 1),
        at_least("version", 1),
    )

    stream: Mapped[str] = mapped_column(local_reference("received_stream.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column("tbl")
    row_id: Mapped[str]
    version: Mapped[int]
    contract: Mapped[int]
    """Under which its writer's program wrote it; what is newer than ours is read again after an upgrade."""
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    fault: Mapped[str] = mapped_column(default="")
    """Why a valid entry could not become a business row; returned to the sender by id, unless an upgrade may help."""


Index("ix_received_entry_row", ReceivedEntry.row_id)


class ReceivedPersonal(Base):
    """The personal values of a received entry; may lawfully be deleted."""

    __tablename__ = "received_personal"
    __table_args__ = (entry_reference("received_entry"),)

    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    values: Mapped[bytes] = mapped_column("vals", LargeBinary)


class ReturnedEntry(Shared, Base):
    """An entry of a site below that could not become a row here; it goes back to its writer by id, with the reason."""

    __tablename__ = "returned_entry"
    audience = Audience(station="local", bureau="site")
    title = "退回"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    stream: Mapped[str] = shared("流水")
    seq: Mapped[int] = shared("序号")
    table: Mapped[str] = shared("记录种类", name="tbl")
    row_id: Mapped[str] = shared("记录编号")
    version: Mapped[int] = shared("版本")
    fault: Mapped[str] = shared("退回原因")
    returned_at: Mapped[datetime] = shared("退回时间", UtcText)


Index("ix_returned_entry_row", ReturnedEntry.row_id)


class UnknownWord(Base):
    """A word of another office's row that this program cannot tell apart; kept as it came, left out of computing."""

    __tablename__ = "unknown_word"

    table: Mapped[str] = mapped_column("tbl", primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    column: Mapped[str] = mapped_column("col", primary_key=True)
    word: Mapped[str]


class PeerKey(Base):
    """Another office's public keys: invited, admitted, announced, former, stopped, or revoked; valid for a range of seqs."""

    __tablename__ = "peer_key"
    __table_args__ = (
        one_of("relation", RELATIONS),
        one_of("state", STATES),
        at_least("epoch", 1),
        at_least("from_seq", 1),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    epoch: Mapped[int]
    relation: Mapped[str]
    """parent or child"""
    state: Mapped[str]
    """invited; admitted; announced: of a new epoch that nobody approved yet; former: of an epoch that a new one
    followed, its streams still travel up to their parents; stopped: it signs nothing any more, yet a new one may follow
    it; or revoked"""
    nonce: Mapped[str] = mapped_column(default="")
    sign_key: Mapped[str] = mapped_column(default="")
    age_recipient: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(default="")
    from_seq: Mapped[int] = mapped_column(default=1)
    to_seq: Mapped[int | None]
    announced: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    """epochs, parents and receipts of the manifest that announced it."""
    knows_epoch: Mapped[int] = mapped_column(default=0)
    """The restored epoch of this office that the other one has approved, 0 for none."""
    changed_at: Mapped[datetime] = mapped_column(UtcText)
