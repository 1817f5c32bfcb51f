"""Tells how far records have got on their way: 未导出, 已导出待回执, 已接收, 退回."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.bundle_files import SentBundle
from app.models.records import Acknowledgement, ChangeEntry, PeerKey, ReturnedEntry
from app.values import DeliveryState

BATCH = 400
Row = tuple[str, str]
"""Name of a shareable table, and a row's id."""


@dataclass(frozen=True)
class DeliveryStates:
    """The state of each of these rows, as (table, row id)."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Delivery:
    """How far a row's newest version has got; fault: why its receiver sent it back."""

    state: DeliveryState
    fault: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a row's newest version stands in the change log."""

    stream: str
    seq: int
    version: int


@answers(DeliveryStates, permission=Permission.LOOK)
def delivery_states(look: Look, query: DeliveryStates) -> Mapping[Row, Delivery]:
    """Row → state; rows of other offices, and those that stay in this office, are left out."""
    places = _places(look, query.rows)
    returned = _returned(look, places)
    way = Way(look)
    found = {}
    for row, place in places.items():
        if row in returned:
            found[row] = Delivery(DeliveryState.returned, returned[row])
        elif way.receivers(place.stream) or _audience(place.stream) == "up":
            found[row] = Delivery(way.state(place.stream, place.seq))
    return found


class Way:
    """What is known of the way of this office's own streams to their receivers."""

    def __init__(self, look: Look):
        self._look = look

    @cached_property
    def _acknowledged(self) -> dict[tuple[str, str], int]:
        rows = self._look.session.execute(
            select(Acknowledgement.stream, Acknowledgement.site, Acknowledgement.seq)
        )
        return {(row.stream, row.site): row.seq for row in rows}

    @cached_property
    def _sent(self) -> dict[tuple[str, str], int]:
        """Last seq of a stream that lies in a bundle for a receiver as it is enrolled now."""
        last: dict[tuple[str, str], int] = {}
        epochs = {site: epoch for site, _, epoch in self._peers}
        for recipient, slices in self._look.session.execute(select(SentBundle.recipient, SentBundle.slices)):
            for part in slices:
                if part["epoch"] != epochs.get(recipient):
                    continue
                key = (part["stream"], recipient)
                last[key] = max(last.get(key, 0), part["to"])
        return last

    @cached_property
    def _peers(self) -> list[tuple[str, str, int]]:
        rows = self._look.session.execute(
            select(PeerKey.site, PeerKey.relation, PeerKey.epoch).where(PeerKey.state == "admitted")
        )
        return [(row.site, row.relation, row.epoch) for row in rows]

    def receivers(self, stream: str) -> list[str]:
        """Codes of the admitted offices that a stream is for."""
        audience = _audience(stream)
        if audience == "up":
            return [site for site, relation, _ in self._peers if relation == "parent"]
        if audience == "down":
            return [site for site, relation, _ in self._peers if relation == "child"]
        return [site for site, *_ in self._peers if audience == f"down:{site}"]

    def state(self, stream: str, seq: int) -> DeliveryState:
        """The state of an entry: that of the receiver who is furthest behind."""
        receivers = self.receivers(stream)
        if receivers and all(self._acknowledged.get((stream, site), 0) >= seq for site in receivers):
            return DeliveryState.received
        if receivers and all(self.exported(stream, site) >= seq for site in receivers):
            return DeliveryState.sent
        return DeliveryState.waiting

    def exported(self, stream: str, site: str) -> int:
        """Last seq of a stream that was written for a receiver, or is acknowledged by it."""
        key = (stream, site)
        return max(self._sent.get(key, 0), self._acknowledged.get(key, 0))


def _audience(stream: str) -> str:
    return stream.split("/", 2)[2]


def _places(look: Look, rows: Iterable[Row]) -> dict[Row, _Place]:
    wanted = list(dict.fromkeys(rows))
    found: dict[Row, _Place] = {}
    for start in range(0, len(wanted), BATCH):
        batch = set(wanted[start : start + BATCH])
        entries = look.session.execute(
            select(
                ChangeEntry.table,
                ChangeEntry.row_id,
                ChangeEntry.stream,
                ChangeEntry.seq,
                ChangeEntry.version,
            )
            .where(ChangeEntry.row_id.in_([row_id for _, row_id in batch]))
            .order_by(ChangeEntry.version)
        )
        for table, row_id, stream, seq, version in entries:
            if (table, row_id) in batch:
                found[(table, row_id)] = _Place(stream, seq, version)
    return found


def _returned(look: Look, places: Mapping[Row, _Place]) -> dict[Row, str]:
    """Rows whose newest version was sent back → why; a row edited since is on its way again."""
    ids = list({row_id for _, row_id in places})
    found: dict[Row, str] = {}
    for start in range(0, len(ids), BATCH):
        rows = look.session.scalars(
            select(ReturnedEntry).where(
                ReturnedEntry.row_id.in_(ids[start : start + BATCH]), ReturnedEntry.writer != look.office.code
            )
        )
        for row in rows:
            place = places.get((row.table, row.row_id))
            if place is not None and row.version >= place.version:
                found[(row.table, row.row_id)] = row.fault
    return found
