"""What somebody with the disk and the keys of an office can do to its log, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.bundle.drafts import ChangeSet, Recipients
from app.bundle.writing import write_bundle
from app.canonical import decode, encode
from app.chain import GENESIS, entry_hash, personal_digest
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person
from app.models.records import PeerKey
from app.services.exchange.export import _draft
from app.services.exchange.plan import plan_for
from app.services.exchange.runs import entries_of as _entries
from app.services.exchange.totals import ControlTotals
from tests.exchange.offices import Place

SALT = bytes(16)


@dataclass(frozen=True)
class Note:
    """Enter a person, or change the one named by its id."""

    name: str
    organisation: str = ""
    person_id: str = ""


@handles(Note, title="记一笔", permission=Permission.MANAGE_PEOPLE)
def note(work: Work, command: Note) -> str:
    """A plain row, to have something to send."""
    if not command.person_id:
        return str(work.add(Person(name=command.name, kind="律师", organisation=command.organisation)).id)
    row = work.mine(work.session.get_one(Person, command.person_id))
    row.name, row.organisation = command.name, command.organisation
    return str(row.id)


@dataclass(frozen=True)
class NoteMany:
    """Enter so many people at once."""

    number: int


@handles(NoteMany, title="记许多笔", permission=Permission.MANAGE_PEOPLE)
def note_many(work: Work, command: NoteMany) -> int:
    """How many."""
    work.session.add_all(
        Person(writer=work.office.code, name=f"人员{n}", kind="律师", organisation="所" * 40)
        for n in range(command.number)
    )
    work.session.flush()
    return command.number


def person(place: Place, row_id: str, **fields: Any) -> dict[str, Any]:
    """A person's row as the log of the place has it."""
    return {
        "id": row_id,
        "writer": place.office.identity.code,
        "kind": "律师",
        "is_public_servant": 0,
        "organisation": "",
        "licence": "",
        "qualification": "",
        "years_of_service": None,
        "specialties": "[]",
        "practice_since": None,
        "relaxed_approval": "",
        "badge_code": "",
        "is_active": 1,
        "inactive_reason": "",
        **fields,
    }


def forge(
    place: Place,
    table: str,
    row: Mapping[str, Any],
    personal: Mapping[str, Any] | None = None,
    audience: str = "up",
    op: str = "put",
) -> int:
    """Put an entry into the log that the program itself would never write, rightly chained; its seq."""
    identity = place.office.identity
    name = f"{identity.code}/{identity.epoch}/{audience}"
    with place.office.database.writer.begin() as connection:
        found = connection.execute(text("SELECT seq, head FROM stream WHERE id = :id"), {"id": name}).first()
        seq, head = (found.seq + 1, found.head) if found else (1, GENESIS)
        values = encode(dict(personal)) if personal else b""
        body = encode(
            {
                "v": 1,
                "stream": name,
                "seq": seq,
                "table": table,
                "id": row["id"],
                "version": 1,
                "base": 0,
                "op": op,
                "row": dict(row) if op == "put" else {},
                "personal": personal_digest(SALT, values) if personal else None,
                "by": "x",
                "command": "X",
                "at": "2022-05-10T01:00:00.000000Z",
                "mono": 1,
                "boot": "b",
                "contract": 1,
            }
        )
        _append(connection, name, audience, seq, entry_hash(head, body), body, table, row["id"])
        if personal:
            connection.execute(
                text("INSERT INTO change_personal VALUES (:s, :n, :salt, :v)"),
                {"s": name, "n": seq, "salt": SALT, "v": values},
            )
    return seq


def _append(
    connection: Connection,
    stream: str,
    audience: str,
    seq: int,
    head: bytes,
    body: bytes,
    table: str,
    row_id: str,
) -> None:
    connection.execute(
        text(
            "INSERT INTO change_entry (stream, seq, tbl, row_id, version, journal_id, body, hash) "
            "VALUES (:s, :n, :t, :r, 1, 0, :b, :h)"
        ),
        {"s": stream, "n": seq, "t": table, "r": row_id, "b": body, "h": head},
    )
    connection.execute(
        text(
            "INSERT INTO stream (id, audience, seq, head) VALUES (:s, :a, :n, :h) "
            "ON CONFLICT (id) DO UPDATE SET seq = :n, head = :h"
        ),
        {"s": stream, "a": audience, "n": seq, "h": head},
    )


def cut_tail(place: Place, keep: int) -> None:
    """Delete the log of the stream that goes up, but for the first entries."""
    with place.office.database.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS keep_change_entry_delete"))
        connection.execute(
            text("DELETE FROM change_entry WHERE seq > :keep AND stream LIKE '%/up'"), {"keep": keep}
        )
        connection.execute(
            text("DELETE FROM change_personal WHERE seq > :keep AND stream LIKE '%/up'"), {"keep": keep}
        )
        connection.execute(
            text(
                "UPDATE stream SET seq = :keep, head = (SELECT hash FROM change_entry WHERE stream = stream.id "
                "AND seq = :keep) WHERE audience = 'up'"
            ),
            {"keep": keep},
        )


def rewrite(place: Place, seq: int, old: str, new: str) -> None:
    """Change one entry of the stream that goes up and chain everything after it anew."""
    with place.office.database.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS keep_change_entry_update"))
        rows = connection.execute(
            text("SELECT stream, seq, body FROM change_entry WHERE stream LIKE '%/up' ORDER BY seq")
        )
        head = GENESIS
        for row in rows.all():
            body = row.body.replace(old.encode(), new.encode()) if row.seq == seq else row.body
            decode(body)
            head = entry_hash(head, body)
            connection.execute(
                text("UPDATE change_entry SET body = :b, hash = :h WHERE stream = :s AND seq = :n"),
                {"b": body, "h": head, "s": row.stream, "n": row.seq},
            )
        connection.execute(text("UPDATE stream SET head = :h WHERE audience = 'up'"), {"h": head})


def bundle_with(place: Place, out: Path, *contents: ChangeSet) -> Path:
    """A bundle for the place's first peer with just these slices, whosever they are, rightly signed by the place."""
    with place.office._dispatcher.looking(place.actor) as look:
        plan = plan_for(look, look.session.query(PeerKey).filter_by(state="admitted").first())
        draft = _draft(look, plan)
        object.__setattr__(draft, "checkpoints", ())
        recipients = Recipients({plan.peer: plan.age_recipient}, plan.escrow)
        with out.open("wb") as file:
            write_bundle(file, draft, contents, look.safe.site_keys, recipients)
    return out


def signed_bundle(place: Place, out: Path, totals: Mapping[str, int] | None = None, **changed: Any) -> Path:
    """The bundle that the place would export to its first peer, with words of the manifest changed, rightly signed."""
    with place.office._dispatcher.looking(place.actor) as look:
        plan = plan_for(look, look.session.query(PeerKey).filter_by(state="admitted").first())
        draft = _draft(look, plan)
        for name, value in changed.items():
            object.__setattr__(draft, name, value)
        contents: Sequence[ChangeSet] = [
            ChangeSet(
                run.stream,
                run.epoch,
                run.first,
                run.previous,
                _entries(look, run, sums := ControlTotals()),
                sums.sums if totals is None else totals,
            )
            for run in plan.runs
        ]
        with out.open("wb") as file:
            write_bundle(
                file,
                draft,
                contents,
                look.safe.site_keys,
                Recipients({plan.peer: plan.age_recipient}, plan.escrow),
            )
    return out
