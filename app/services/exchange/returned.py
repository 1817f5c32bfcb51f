"""Takes back what a partner had accepted before this office was restored: the old log grows, no new entry is made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, text

from app.bundle.entries import LogEntry
from app.bundle.epochs import Position
from app.bundle.manifest import Manifest, Slice
from app.bundle.signing import Checkpoint
from app.chain import GENESIS
from app.kernel.work import Look, Work
from app.models.changelog import noted_rows
from app.models.records import ChangeEntry, ChangePersonal, PeerKey, Stream
from app.services.exchange.acknowledged import entry_hash_at
from app.services.exchange.epochs import audience_of, epoch_of, own_audiences, own_keys
from app.services.exchange.faults import Stranger, forked, gap
from app.services.exchange.peers import site_name
from app.services.exchange.storing import store_entries

CAME_BACK = 0
"""Journal id of an entry that came back: its journal row was lost."""
_FORGET = text("DELETE FROM pending WHERE tbl = :tbl AND row_id = :row_id")


def check_returned(look: Look, manifest: Manifest, peer: PeerKey, part: Slice) -> int:
    """Last seq held of an own stream of an earlier epoch, of which entries come back.

    Raises Stranger E793 for what this office never signed, Fork E702 for another history, Gap E721.
    """
    held = _held(look, part.stream)
    is_ours = part.stream.startswith(f"{look.office.code}/") and epoch_of(part.stream) != look.office.epoch
    word = Checkpoint(part.stream, part.last, part.head, part.proof)
    keys = own_keys(look, manifest.epochs)
    if not is_ours or audience_of(part.stream) not in own_audiences(peer) or not any(map(word.is_by, keys)):
        raise Stranger(
            "E793",
            f"{site_name(look, manifest.sender)}退回的本单位旧流水没有本单位当时的签名，没有接收。请打电话核实。",
        )
    if part.first > held.seq + 1:
        raise gap("本单位旧流水", held.seq + 1, part.first - 1)
    before = GENESIS if part.first == 1 else entry_hash_at(look, part.stream, part.first - 1)
    if before != part.previous:
        raise forked(look, manifest.sender, part.first - 1, before, part.previous)
    return held.seq


def take_back(work: Work, entries: Sequence[LogEntry]) -> int:
    """Append them to the log they come from and bring the rows up to date, but for those changed since the restore.

    Returns how many could not become rows. Entries are new, in order, and verified up to the own signature.
    """
    faulty = 0
    for entry in entries:
        _append(work, entry)
        faulty += _bring_up(work, entry)
    return faulty


def _append(work: Work, entry: LogEntry) -> None:
    fields = entry.fields
    place = {"stream": fields["stream"], "seq": fields["seq"]}
    work.session.execute(
        insert(ChangeEntry).values(
            **place,
            table=fields["table"],
            row_id=fields["id"],
            version=fields["version"],
            journal_id=CAME_BACK,
            body=entry.body,
            hash=entry.hash,
        )
    )
    if entry.personal:
        work.session.execute(
            insert(ChangePersonal).values(**place, salt=entry.personal.salt, values=entry.personal.values)
        )
    stream = work.session.get(Stream, fields["stream"])
    if stream is None:
        stream = Stream(id=fields["stream"], audience=audience_of(fields["stream"]))
        work.session.add(stream)
    stream.seq, stream.head = fields["seq"], entry.hash
    work.session.flush()


def _bring_up(work: Work, entry: LogEntry) -> int:
    """The row as the entry has it; what the triggers note of it is no change of today's and is forgotten."""
    if _is_changed_since(work, entry.fields["table"], entry.fields["id"]):
        return 0
    before = set(noted_rows(work.session.connection()))
    faults = store_entries(work.session, [(0, entry)], work.office.code)
    for noted in set(noted_rows(work.session.connection())) - before:
        work.session.execute(_FORGET, {"tbl": noted[0], "row_id": noted[1]})
    return len(faults)


def _is_changed_since(look: Look, name: str, row_id: str) -> bool:
    """Whether the present epoch has written of the row already."""
    query = select(ChangeEntry.stream).where(ChangeEntry.row_id == row_id, ChangeEntry.table == name)
    return any(epoch_of(stream) == look.office.epoch for stream in look.session.scalars(query))


def _held(look: Look, stream: str) -> Position:
    found = look.session.get(Stream, stream)
    return Position(stream, found.seq, found.head) if found else Position(stream, 0, GENESIS)
