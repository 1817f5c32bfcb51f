"""Who this office exchanges with, and what waits to go to each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models.organisation import Site
from app.models.records import Acknowledgement, PeerKey, ReceivedBundle, ReceivedStream, SecurityEvent, Stream
from app.services.dispatch import Look, answers
from app.services.exchange.acknowledged import acknowledged
from app.services.exchange.outcome import PARKED
from app.services.security.permissions import Permission


@dataclass(frozen=True)
class ExchangeDesk:
    """The state of the exchange."""


@dataclass(frozen=True)
class PeerView:
    """One other office: entries waiting for its receipt, when it was last heard, when it last acknowledged."""

    site: str
    name: str
    relation: str
    state: str
    fingerprint: str
    waiting: int
    heard_at: datetime | None
    receipted_at: datetime | None


@dataclass(frozen=True)
class DeskView:
    """All peers; waiting is the sum over them, parked and alarms are files and entries somebody must see to."""

    peers: tuple[PeerView, ...]
    waiting: int
    parked: int
    alarms: int


@answers(ExchangeDesk, permission=Permission.LOOK)
def exchange_desk(look: Look, query: ExchangeDesk) -> DeskView:
    """Peers by site code, invited ones included."""
    rows = look.session.scalars(select(PeerKey).where(PeerKey.state != "revoked").order_by(PeerKey.site))
    peers = tuple(_view(look, peer) for peer in rows)
    parked = select(func.count()).select_from(ReceivedBundle).where(ReceivedBundle.outcome == PARKED)
    alarms = select(func.count()).select_from(SecurityEvent).where(
        SecurityEvent.is_alarm, SecurityEvent.dismissed_at.is_(None))
    return DeskView(peers, sum(peer.waiting for peer in peers), look.session.scalar(parked) or 0,
                    look.session.scalar(alarms) or 0)


def _view(look: Look, peer: PeerKey) -> PeerView:
    site = look.session.get(Site, peer.site)
    heard = look.session.scalar(select(func.max(ReceivedStream.heard_at)).where(ReceivedStream.site == peer.site))
    receipted = look.session.scalar(select(func.max(Acknowledgement.at)).where(Acknowledgement.site == peer.site))
    waiting = waiting_for(look, peer) if peer.state == "admitted" else 0
    name = site.name if site else peer.site
    return PeerView(peer.site, name, peer.relation, peer.state, peer.fingerprint, waiting, heard, receipted)


def waiting_for(look: Look, peer: PeerKey) -> int:
    """Entries of the peer's streams that it has not acknowledged."""
    audiences = ("up",) if peer.relation == "parent" else ("down", f"down:{peer.site}")
    waiting = 0
    for audience in audiences:
        stream = look.session.get(Stream, f"{look.office.code}/{look.office.epoch}/{audience}")
        if stream is not None:
            waiting += stream.seq - acknowledged(look, stream.id, peer.site)[0]
    return waiting
