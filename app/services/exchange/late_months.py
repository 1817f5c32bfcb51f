"""Tells which months an entry of a station is about, from the row it writes and the row it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.canonical import decode
from app.clock import local
from app.dates import time_text
from app.models.base import UtcText
from app.models.late import LateChange
from app.models.schema import shared_classes, table_title

LATE_TABLES = frozenset(
    {"duty", "roster_change", "punch", "voided", "consultation", "correction", "leave", "decision"}
)
"""What a month is computed from and a station writes itself; checks, complaints, ratings and audits stay evidence (P24)."""
_ABOUT_RECORD = ("consultation_rating", "consultation_audit", "follow_up_call", "client_signature")
"""Evidence that belongs to the month of the record it is about."""
MOST_MONTHS = 24
BATCH = 500
Row = dict[str, Any]
Key = tuple[str, str]
"""Table and id."""


class Images:
    """Rows as a station's stream has them at one place: those of this run first, then the stored and the received."""

    def __init__(self, session: Session, sender: str):
        self._session, self._sender = session, sender
        self._seen: dict[Key, Row] = {}
        self._stored: dict[Key, Row] = {}
        self._held = frozenset(
            session.scalars(select(LateChange.row_id).where(LateChange.site == sender)).all()
        )

    def load(self, entries: Iterable[LogEntry]) -> None:
        """Read at once the stored rows that the entries write."""
        ids: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            if entry.fields["table"] in LATE_TABLES:
                ids[entry.fields["table"]].append(entry.fields["id"])
        for name, wanted in ids.items():
            query = text(f'SELECT * FROM "{name}" WHERE id IN :ids').bindparams(
                bindparam("ids", expanding=True)
            )
            for start in range(0, len(wanted), BATCH):
                part = wanted[start : start + BATCH]
                found = self._session.execute(query, {"ids": part}).mappings()
                self._stored |= {(name, row_id): {} for row_id in part if (name, row_id) not in self._stored}
                self._stored |= {(name, row["id"]): dict(row) for row in found}

    def note(self, entry: LogEntry, *, is_held: bool) -> None:
        """Remember what an entry wrote; a void leaves the row it takes back."""
        name, row, key = (
            entry.fields["table"],
            entry.fields["row"],
            (entry.fields["table"], entry.fields["id"]),
        )
        if entry.fields["op"] == "put" and (name in LATE_TABLES or name in _ABOUT_RECORD or "on" in row):
            self._seen[key] = row
            if not is_held:
                self._stored[key] = row

    def of(self, name: str, row_id: object) -> Row:
        """The newest image of a row, {} for one that is not known."""
        if not isinstance(row_id, str) or not row_id or name not in shared_classes():
            return {}
        if (name, row_id) not in self._seen:
            newest = self._received(name, row_id) if row_id in self._held else {}
            self._seen[name, row_id] = newest or self._row(name, row_id)
        return self._seen[name, row_id]

    def row_after(self, entry: LogEntry) -> Row:
        """The row an entry writes; the one it takes back for a void; the one it voids for a row of 作废."""
        fields = entry.fields
        row: Row = fields["row"] if fields["op"] == "put" else self.of(fields["table"], fields["id"])
        about = {"voided": row.get("tbl"), "decision": row.get("subject")}.get(fields["table"])
        target = row.get("row_id") if fields["table"] == "voided" else row.get("subject_id")
        if fields["table"] == "roster_change":
            about, target = "duty", row.get("duty_id")
        return {**self._with_record(str(about), target), **row} if about else row

    def months_of(self, entry: LogEntry) -> set[str]:
        """The months of the row as it was stored and as it shall be."""
        fields = entry.fields
        name, before = fields["table"], self.of(fields["table"], fields["id"])
        stored = self._row(name, fields["id"])
        rows = [row for row in (fields["row"], before, stored) if row]
        return {month for row in rows for month in self._months(name, row)}

    def _months(self, name: str, row: Row) -> set[str]:
        found: set[str] = {str(row["on"])[:7]} if row.get("on") else set()
        if name == "leave":
            found |= _months_between(str(row.get("starts_at"))[:7], str(row.get("ends_at"))[:7])
        for other, key in _NAMED.get(name, ()):
            found |= self._month_of(other, row.get(key))
        if name == "voided":
            found |= self._month_of(str(row.get("tbl")), row.get("row_id"))
        if name == "decision":
            found |= self._month_of(str(row.get("subject")), row.get("subject_id"))
        return found

    def _month_of(self, name: str, row_id: object) -> set[str]:
        on = self._with_record(name, row_id).get("on")
        return {str(on)[:7]} if on else set()

    def _with_record(self, name: str, row_id: object) -> Row:
        """The newest image of a row, with the record it is about where its table has no day of its own."""
        row = self.of(name, row_id)
        return (
            {**self.of("consultation", row.get("consultation_id")), **row} if name in _ABOUT_RECORD else row
        )

    def _row(self, name: str, row_id: str) -> Row:
        if (name, row_id) not in self._stored:
            query = text(f'SELECT * FROM "{name}" WHERE id = :id')
            found = self._session.execute(query, {"id": row_id}).mappings().first()
            self._stored[name, row_id] = dict(found) if found else {}
        return self._stored[name, row_id]

    def _received(self, name: str, row_id: str) -> Row:
        """The newest image in the received log, for a row that is itself held back."""
        query = text(
            "SELECT body FROM received_entry WHERE row_id = :id AND tbl = :tbl AND stream LIKE :mine "
            "ORDER BY version DESC LIMIT 1"
        )
        wanted = {"id": row_id, "tbl": name, "mine": f"{self._sender}/%"}
        body = self._session.execute(query, wanted).scalar()
        return dict(decode(body)["row"]) if body else {}


_NAMED = {
    "punch": (("punch", "pair_id"),),
    "roster_change": (("duty", "duty_id"), ("duty", "new_duty_id")),
    "correction": (("punch", "punch_id"),),
}
"""Rows that a row belongs to: a sign-out after midnight is of its sign-in's month."""


def words_of(entry: LogEntry, row: Row, images: Images) -> str:
    """What was written, in a few words: `作废签到签退 签退 13:00`."""
    fields, name = entry.fields, entry.fields["table"]
    if fields["op"] == "void":
        word = "作废"
    elif name == "voided":
        word, name = "作废", str(row.get("tbl"))
    else:
        word = "更改" if images.of(name, fields["id"]) else "新增"
    return " ".join(filter(None, (f"{word}{table_title(name)}", _detail(row))))


def _detail(row: Row) -> str:
    direction = {"in": "签到", "out": "签退"}.get(str(row.get("direction")), "")
    at = UtcText().process_result_value(str(row["at"]), None) if row.get("at") else None
    when = time_text(local(at)) if at else ""
    number = f"第 {row['number']} 号" if row.get("number") else ""
    return " ".join(filter(None, (direction, when, number)))


def _months_between(first: str, last: str) -> set[str]:
    found: set[str] = set()
    month = first
    while month <= last and len(found) < MOST_MONTHS:
        found.add(month)
        year, number = int(month[:4]), int(month[5:7])
        month = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return found
