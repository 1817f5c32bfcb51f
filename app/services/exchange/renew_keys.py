"""Gives this office new keys without enrolling it again, and stops those of another one (Y02, exchange: identity)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.records import PeerKey, SecurityEvent
from app.services.exchange.epochs import SPEAKING
from app.services.exchange.peers import site_name
from app.services.office.begin_epoch import wish_new_keys
from app.text import clean


@dataclass(frozen=True)
class RenewKeys:
    """Have new keys to sign and to open with, from the next opening on; partners approve them by telephone."""

    reason: str

    def problems(self) -> Iterable[Problem]:
        """Why."""
        yield from _no_reason(self.reason)


@dataclass(frozen=True)
class StopKeys:
    """Believe another office's keys no more and send it nothing, until it has new ones. site: its code or name."""

    site: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """Why."""
        yield from _no_reason(self.reason)


@dataclass(frozen=True)
class Stopped:
    """Whose keys were stopped."""

    site: str
    name: str


@handles(RenewKeys, title="更换本单位密钥", permission=Permission.ENROL)
def renew_keys(work: Work, command: RenewKeys) -> None:
    """What others go on writing in the present epoch must not be lost, so it begins when nobody has the office open."""
    work.why = clean(command.reason)
    work.subjects.append(work.office.code)
    work.after_commit.append(lambda: wish_new_keys(work.safe.data))


@handles(StopKeys, title="停用往来单位的密钥", permission=Permission.ENROL)
def stop_keys(work: Work, command: StopKeys) -> Stopped:
    """What came so far stays. A key that its office announces later is approved by telephone as after a restore; the
    thief of a computer can announce one too, but cannot answer the office's telephone.

    Raises Refused E775 where no key of such an office may sign.
    """
    wanted = clean(command.site)
    rows = [
        row
        for row in work.session.query(PeerKey).filter(PeerKey.state.in_(SPEAKING))
        if wanted in (row.site, site_name(work, row.site))
    ]
    if not rows:
        raise Refused("E775", f"“{wanted}”没有可以停用的密钥，请核对代码或名称。", field="site")
    for row in rows:
        row.state, row.changed_at = "stopped", work.now.at
    site, work.why = rows[0].site, clean(command.reason)
    name = site_name(work, site)
    work.subjects.append(site)
    work.session.add(
        SecurityEvent(
            at=work.now.at, kind="revoked", actor=work.actor.name, detail=f"停用了{name}的密钥：{work.why}"
        )
    )
    return Stopped(site, name)


def _no_reason(reason: str) -> Iterable[Problem]:
    if not clean(reason):
        yield Problem("reason", "请写明换密钥或停用密钥的理由。", "E773")
