"""Reads what an invitation says of itself, so that its fingerprint is compared before a bureau joins the one above."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.bundle.enrolment import read_invitation
from app.kernel.handlers import answers
from app.kernel.packs import load_pack
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.exchange.enrol import read_file


@dataclass(frozen=True)
class InvitationFile:
    """The file of the bureau above."""

    path: Path


@dataclass(frozen=True)
class InvitationView:
    """Who invites whom to work by which document; nothing of it is trusted before the fingerprint was compared."""

    bureau: str
    site: str
    name: str
    document: str
    fingerprint: str


@answers(InvitationFile, permission=Permission.ENROL)
def invitation_file(look: Look, query: InvitationFile) -> InvitationView:
    """Raises Refused E734, E911 of an unknown pack, and the faults of a file that is no invitation."""
    found = read_invitation(read_file(query.path))
    return InvitationView(
        found.bureau.name, found.site, found.name, load_pack(found.pack).title, found.fingerprint
    )
