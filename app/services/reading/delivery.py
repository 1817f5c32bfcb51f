"""How far this office's own records have got on their way: 未导出, 已导出待回执, 已接收, 退回."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.errors import Refused
from app.kernel.work import Look
from app.models.bundle_files import SentBundle
from app.models.records import Acknowledgement, ChangeEntry, PeerKey, ReturnedEntry, Stream
from app.models.returns import SentBack
from app.services.reading.rulings import in_parts
from app.services.reading.sent_back import is_unanswered
from app.values import DeliveryState, known

Row = tuple[str, str]
"""Name of a shareable table, and a row's id."""


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


def deliveries(look: Look, rows: Iterable[Row]) -> Mapping[Row, Delivery]:
    """Row → state; rows of other offices, and those that stay in this office, are left out."""
    places = _places(look, rows)
    returned = _returned(look, places)
    way = Way(look)
    found = {}
    for row, place in places.items():
        if row in returned:
            found[row] = Delivery(DeliveryState.returned, returned[row])
        elif way.receivers(place.stream) or _audience(place.stream) == "up":
            found[row] = Delivery(way.state(place.stream, place.seq))
    return found


def deliveries_of(look: Look, table: str, ids: Iterable[str]) -> dict[str, Delivery]:
    """Id → state of rows of one table that stations write for the bureau above; none where this office is one."""
    if look.office.is_bureau:
        return {}
    return {row_id: one for (_, row_id), one in deliveries(look, ((table, one) for one in ids)).items()}


def furthest_behind(found: Iterable[Delivery]) -> Delivery | None:
    """Of several rows shown as one line: what was sent back first, then what has got least far; None for none."""
    order = (DeliveryState.returned, DeliveryState.waiting, DeliveryState.sent, DeliveryState.received)
    return min(found, key=lambda one: order.index(one.state), default=None)


def is_on_its_way(
    look: Look, table: str, row_id: InstrumentedAttribute[str], word: str
) -> ColumnElement[bool]:
    """Whether a row of a table that goes up has got as far as the word of a DeliveryState says; no row of another office has.

    What waits is read from the end of the log, so that it costs what waits and not the history. Raises Refused E764.
    """
    state = known(DeliveryState, word)
    if state is None:
        raise Refused(
            "E764", f"没有“{word}”这种上报状态，请写 {'、'.join(DeliveryState)}。", field="delivery"
        )
    if state is DeliveryState.returned:
        return row_id.in_(_ids_returned(look, table))
    way, found = Way(look), []
    for stream in look.session.scalars(select(Stream.id).where(Stream.audience == "up")):
        if not stream.startswith(f"{look.office.code}/"):
            continue
        exported, received = way.least_exported(stream), way.least_received(stream)
        first, last = {
            DeliveryState.waiting: (exported, None),
            DeliveryState.sent: (received, exported),
            DeliveryState.received: (0, received),
        }[state]
        if last is None or last > first:
            found.append(row_id.in_(_ids_between(table, stream, first, last)))
    return or_(*found) if found else false()


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
        """Last seq of a stream that lies in a bundle for a receiver as it is enrolled now.

        Bundles without receipt only: what the others carry is acknowledged as far as they go.
        """
        last: dict[tuple[str, str], int] = {}
        epochs = {site: epoch for site, _, epoch in self._peers}
        awaited = select(SentBundle.recipient, SentBundle.slices).where(SentBundle.receipted_at.is_(None))
        for recipient, slices in self._look.session.execute(awaited):
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
        if self.least_received(stream) >= seq:
            return DeliveryState.received
        if self.least_exported(stream) >= seq:
            return DeliveryState.sent
        return DeliveryState.waiting

    def exported(self, stream: str, site: str) -> int:
        """Last seq of a stream that was written for a receiver, or is acknowledged by it."""
        key = (stream, site)
        return max(self._sent.get(key, 0), self._acknowledged.get(key, 0))

    def least_exported(self, stream: str) -> int:
        """Last seq of a stream that was written for every receiver."""
        return min((self.exported(stream, site) for site in self.receivers(stream)), default=0)

    def least_received(self, stream: str) -> int:
        """Last seq of a stream that every receiver has acknowledged."""
        receivers = self.receivers(stream)
        return min((self._acknowledged.get((stream, site), 0) for site in receivers), default=0)


def _audience(stream: str) -> str:
    return stream.split("/", 2)[2]


def _places(look: Look, rows: Iterable[Row]) -> dict[Row, _Place]:
    wanted = set(rows)
    found: dict[Row, _Place] = {}
    for part in in_parts({row_id for _, row_id in wanted}):
        entries = look.session.execute(
            select(
                ChangeEntry.table,
                ChangeEntry.row_id,
                ChangeEntry.stream,
                ChangeEntry.seq,
                ChangeEntry.version,
            )
            .where(ChangeEntry.row_id.in_(part))
            .order_by(ChangeEntry.version)
        )
        for table, row_id, stream, seq, version in entries:
            if (table, row_id) in wanted:
                found[(table, row_id)] = _Place(stream, seq, version)
    return found


def _returned(look: Look, places: Mapping[Row, _Place]) -> dict[Row, str]:
    """Rows whose newest version could not be used, or that the bureau sent back → why; one edited since is on its way."""
    found: dict[Row, str] = {}
    for part in in_parts({row_id for _, row_id in places}):
        rows = look.session.scalars(
            select(ReturnedEntry).where(
                ReturnedEntry.row_id.in_(part), ReturnedEntry.writer != look.office.code
            )
        )
        for row in rows:
            place = places.get((row.table, row.row_id))
            if place is not None and row.version >= place.version:
                found[(row.table, row.row_id)] = row.fault
        for one in look.session.scalars(select(SentBack).where(SentBack.row_id.in_(part), *_to_answer(look))):
            found[(one.table, one.row_id)] = "，".join(filter(None, (one.code, one.comment)))
    return found


def _to_answer(look: Look) -> tuple[ColumnElement[bool], ...]:
    """Records that the bureau sent back one by one and that this office has not answered."""
    return (SentBack.writer != look.office.code, is_unanswered())


def _ids_between(table: str, stream: str, first: int, last: int | None) -> Select[tuple[str]]:
    """Rows of a table whose newest version stands after `first` and, if given, not after `last` in a stream."""
    later = aliased(ChangeEntry)
    is_newest = ~exists().where(
        later.row_id == ChangeEntry.row_id,
        later.table == ChangeEntry.table,
        later.version > ChangeEntry.version,
    )
    found = select(ChangeEntry.row_id).where(
        ChangeEntry.stream == stream, ChangeEntry.seq > first, ChangeEntry.table == table, is_newest
    )
    return found if last is None else found.where(ChangeEntry.seq <= last)


def _ids_returned(look: Look, table: str) -> CompoundSelect[tuple[str]]:
    is_changed = exists().where(
        ChangeEntry.row_id == ReturnedEntry.row_id,
        ChangeEntry.table == ReturnedEntry.table,
        ChangeEntry.version > ReturnedEntry.version,
    )
    unusable = select(ReturnedEntry.row_id).where(
        ReturnedEntry.table == table, ReturnedEntry.writer != look.office.code, ~is_changed
    )
    return unusable.union(select(SentBack.row_id).where(SentBack.table == table, *_to_answer(look)))
