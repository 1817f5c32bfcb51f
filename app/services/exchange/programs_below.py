"""Who below has which version of the program, as the last bundle of each unit says, and for whom an update waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.bundle.faults import BadContent
from app.bundle.fields import Fields
from app.bundle.sender_program import SenderProgram
from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.services.exchange.outcome import WHOLE
from app.services.exchange.peers import children, site_name
from app.services.update.hand_down import handed_by, system_words


@dataclass(frozen=True)
class ProgramsBelow:
    """The programs of the admitted units right below; none at a station."""


@dataclass(frozen=True)
class ProgramBelow:
    """version, system: in words, "" while no bundle has said it. on: the day that bundle was taken in.

    waits_for: the version handed down for such a system that the unit does not run yet, "" for none.
    """

    site: str
    name: str
    version: str
    system: str
    on: date | None
    waits_for: str

    @property
    def id(self) -> str:
        """The unit."""
        return self.site


@answers(ProgramsBelow, permission=Permission.KEEP_OFFICE)
def programs_below(look: Look, query: ProgramsBelow) -> tuple[ProgramBelow, ...]:
    """By site code. What a unit says of itself is shown and decides nothing."""
    handed = handed_by(look, look.office.code)
    found = []
    for peer in children(look):
        told = _last_told(look, peer.site)
        name = site_name(look, peer.site)
        if told is None:
            found.append(ProgramBelow(peer.site, name, "", "", None, ""))
            continue
        program, on = told
        newer = handed.get((program.system, program.arch))
        waits_for = newer.version if newer and newer.counter > program.release else ""
        system = system_words(program.system, program.arch)
        found.append(ProgramBelow(peer.site, name, program.version, system, on, waits_for))
    return tuple(found)


def _last_told(look: Look, site: str) -> tuple[SenderProgram, date] | None:
    """What the bundle says that was taken in last, None where it says nothing."""
    row = look.session.scalar(
        select(ReceivedBundle)
        .where(ReceivedBundle.sender == site, ReceivedBundle.outcome.in_(WHOLE))
        .order_by(ReceivedBundle.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    try:
        return SenderProgram.read(Fields(row.program, "发件程序")), local_date(row.at)
    except BadContent:  # a bundle of a program that did not say it yet
        return None
