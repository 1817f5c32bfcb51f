"""Who this office exchanges with, what waits to go to each of them, and what somebody must see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnExpressionArgument, func, select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle, SentBundle
from app.models.records import Acknowledgement, OwnEpoch, PeerKey, ReceivedStream, SecurityEvent, Stream
from app.services.exchange.acknowledged import acknowledged
from app.services.exchange.epochs import earlier_streams, own_audiences
from app.services.exchange.faults_back import ReturnedEntries, returned_entries
from app.services.exchange.outcome import Outcome
from app.services.exchange.peers import site_name
from app.services.reading.delivery import Way


@dataclass(frozen=True)
class ExchangeDesk:
    """The state of the exchange."""


@dataclass(frozen=True, kw_only=True)
class PeerView:
    """One other office; times are local.

    waiting: entries without its receipt; unsent: those of them in no bundle yet; bundles: sent, without receipt.
    heard_at: when a bundle of it was last taken in; receipted_at: when it last acknowledged ours.
    is_stale: neither heard nor admitted within the days of the setting (case 26: a warning, no lock-out).
    """

    site: str
    name: str
    relation: str
    state: str
    fingerprint: str
    waiting: int
    heard_at: datetime | None
    receipted_at: datetime | None
    unsent: int = 0
    bundles: int = 0
    held: int = 0
    changed_at: datetime | None = None
    is_stale: bool = False

    @property
    def id(self) -> str:
        return f"{self.site}/{self.state}"


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """All peers; waiting is the sum over them; parked, alarms and returned are what somebody must see to."""

    peers: tuple[PeerView, ...]
    waiting: int
    parked: int
    alarms: int
    unsent: int = 0
    returned: int = 0
    freshness_days: int = 0
    folder: str = ""
    """Where exports go first, "" when it is chosen each time."""
    own_fingerprint: str = ""
    """To be read out by telephone while a partner has not approved this office's new key yet, else ""."""

    waits_for_keys: bool = False
    """Whether new keys are wanted that the next opening makes, once nobody has the office open."""

    may_join: bool = False
    """Whether this bureau has one above it, which it may join."""

    @property
    def announced(self) -> tuple[PeerView, ...]:
        """New epochs that wait for a telephone call."""
        return tuple(peer for peer in self.peers if peer.state == "announced")

    @property
    def admitted(self) -> tuple[PeerView, ...]:
        """The peers that bundles go to and come from."""
        return tuple(peer for peer in self.peers if peer.state == "admitted")


@answers(ExchangeDesk, permission=Permission.LOOK)
def exchange_desk(look: Look, query: ExchangeDesk) -> DeskView:
    """Peers by site code, invited ones included."""
    rows = look.session.scalars(
        select(PeerKey)
        .where(PeerKey.state.not_in(("revoked", "former")))
        .order_by(PeerKey.site, PeerKey.state)
    )
    way, days = Way(look), int(setting_value(look, "freshness_days"))
    peers = tuple(_view(look, peer, way, days) for peer in _shown(rows))
    return DeskView(
        peers=peers,
        waiting=sum(peer.waiting for peer in peers),
        parked=_count(look, ReceivedBundle.outcome == Outcome.parked),
        alarms=_count(look, SecurityEvent.is_alarm.is_(True), SecurityEvent.dismissed_at.is_(None)),
        unsent=sum(peer.unsent for peer in peers),
        returned=sum(one.is_ours for one in returned_entries(look, ReturnedEntries())),
        freshness_days=days,
        folder=str(setting_value(look, "outbox_folder")),
        own_fingerprint=_own_fingerprint(look),
        waits_for_keys=look.safe.data.renewal.exists(),
        may_join=look.office.is_bureau and bool(look.office.parent),
    )


def _shown(rows: Iterable[PeerKey]) -> list[PeerKey]:
    """A stopped key only while its office has no other: one line, not one for each that it ever had."""
    found = list(rows)
    others = {row.site for row in found if row.state == "admitted"}
    newest = {row.site: row for row in sorted(found, key=lambda row: row.epoch) if row.state == "stopped"}
    return [
        row for row in found if row.state != "stopped" or (row.site not in others and newest[row.site] is row)
    ]


def _own_fingerprint(look: Look) -> str:
    if look.session.get(OwnEpoch, look.office.epoch) is None:
        return ""
    waits = _count(look, PeerKey.state == "admitted", PeerKey.knows_epoch != look.office.epoch)
    return look.safe.site_keys.public.fingerprint if waits else ""


def _count(look: Look, *conditions: ColumnExpressionArgument[bool]) -> int:
    return look.session.scalar(select(func.count()).where(*conditions)) or 0


def _view(look: Look, peer: PeerKey, way: Way, days: int) -> PeerView:
    heard = look.session.scalar(
        select(func.max(ReceivedStream.heard_at)).where(ReceivedStream.site == peer.site)
    )
    receipted = look.session.scalar(
        select(func.max(Acknowledgement.at)).where(Acknowledgement.site == peer.site)
    )
    is_admitted = peer.state == "admitted"
    since = heard or peer.changed_at
    return PeerView(
        site=peer.site,
        name=site_name(look, peer.site),
        relation=peer.relation,
        state=peer.state,
        fingerprint=peer.fingerprint,
        waiting=waiting_for(look, peer) if is_admitted else 0,
        heard_at=_local(heard),
        receipted_at=_local(receipted),
        unsent=_unsent(look, peer, way) if is_admitted else 0,
        bundles=_count(look, SentBundle.recipient == peer.site, SentBundle.receipted_at.is_(None)),
        held=look.session.scalar(select(func.sum(ReceivedStream.seq)).where(ReceivedStream.site == peer.site))
        or 0,
        changed_at=_local(peer.changed_at),
        is_stale=is_admitted and look.now.at - since > timedelta(days=days),
    )


def waiting_for(look: Look, peer: PeerKey) -> int:
    """Entries of the peer's streams that it has not acknowledged."""
    return sum(
        max(0, stream.seq - acknowledged(look, stream.id, peer.site)[0]) for stream in _streams(look, peer)
    )


def _unsent(look: Look, peer: PeerKey, way: Way) -> int:
    return sum(max(0, stream.seq - way.exported(stream.id, peer.site)) for stream in _streams(look, peer))


def _streams(look: Look, peer: PeerKey) -> list[Stream]:
    now = [f"{look.office.code}/{look.office.epoch}/{audience}" for audience in own_audiences(peer)]
    earlier = [stream for audience in own_audiences(peer) for stream in earlier_streams(look, audience)]
    return [*earlier, *(stream for name in now if (stream := look.session.get(Stream, name)))]


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else local(at)
