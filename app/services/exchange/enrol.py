"""Enrolment: a bureau invites the office below, it answers from an empty data directory, the bureau admits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.bundle import enrolment
from app.clock import Clock, new_id
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.packs import load_pack
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import OfficeRow, Site
from app.models.records import Acknowledgement, PeerKey
from app.paths import DataDir
from app.safe_write import write_safely
from app.services.exchange.quarantine import unreadable
from app.services.office.office import Office
from app.services.office.set_up import NewOffice, discard_office, make_office
from app.services.reading.sites import find_site
from app.text import clean, half_width
from app.values import Level, PlaceKind, SiteKind


@dataclass(frozen=True)
class InviteSite:
    """Write the invitation of a station, or of a county at the city, to a file."""

    site: str
    out: Path


@dataclass(frozen=True)
class AdmitSite:
    """Take an office's answer file in; its bundles are accepted from then on."""

    answer: Path


@dataclass(frozen=True)
class Enrolled:
    """A step of enrolment done: the site, its name, and the fingerprint to compare by telephone."""

    site: str
    name: str
    fingerprint: str
    file: str


@handles(InviteSite, title="邀请下级单位", permission=Permission.ENROL)
def invite_site(work: Work, command: InviteSite) -> Enrolled:
    """A new invitation; one that was not answered yet becomes void. Raises Refused E732."""
    site = _invited_site(work, command.site)
    keys = work.safe.site_keys
    bureau = enrolment.EnrolledOffice(work.office.code, work.office.name, keys.public)
    escrow = work.session.get_one(OfficeRow, 1).escrow
    for earlier in work.session.scalars(
        select(PeerKey).where(PeerKey.site == site.id, PeerKey.state == "invited")
    ):
        work.session.delete(earlier)
    epochs = work.session.scalars(select(PeerKey.epoch).where(PeerKey.site == site.id))
    epoch = 1 + max(epochs, default=0)
    content = enrolment.write_invitation(
        bureau,
        keys,
        enrolment.Invited(site.id, site.name, epoch, work.office.epoch),
        escrow,
        work.office.pack_key,
    )
    invitation = enrolment.read_invitation(content)
    work.session.add(
        PeerKey(
            id=new_id(),
            site=site.id,
            epoch=epoch,
            relation="child",
            state="invited",
            nonce=invitation.nonce,
            fingerprint=invitation.fingerprint,
            changed_at=work.now.at,
        )
    )
    work.subjects.append(site.id)
    write_safely(command.out, content)
    return Enrolled(site.id, site.name, invitation.fingerprint, str(command.out))


def _invited_site(look: Look, words: str) -> Site:
    """The office right below that is meant: a bureau by code or name, else a station."""
    text = half_width(clean(words))
    named = select(Site).where(Site.kind == PlaceKind.bureau.value, Site.parent == look.office.code)
    bureau = look.session.scalar(
        named.where(or_(Site.id == text, Site.name == text, Site.short_name == text))
    )
    if bureau is not None:
        return bureau
    site = find_site(look, words)
    if site.kind != SiteKind.station.value or site.parent != look.office.code:
        raise Refused(
            "E732",
            f"“{site.name}”不是直接归本单位管的工作站或下级司法局，不能邀请。请核对代码，或由它的上级邀请。",
        )
    return site


@handles(AdmitSite, title="接入下级单位", permission=Permission.ENROL)
def admit_site(work: Work, command: AdmitSite) -> Enrolled:
    """The office is admitted; every key it had before is revoked, and what its former office held counts no more.

    Raises Refused E733 and the file's faults.
    """
    data = read_file(command.answer)
    code = enrolment.answer_site(data)
    invited = work.session.scalar(select(PeerKey).where(PeerKey.site == code, PeerKey.state == "invited"))
    if invited is None:
        raise Refused("E733", f"没有等待“{code}”答复的登记邀请，可能已登记过。请重新生成邀请。")
    answer = enrolment.read_answer(data, work.safe.site_keys.public, code, invited.nonce)
    for earlier in work.session.scalars(
        select(PeerKey).where(
            PeerKey.site == code, PeerKey.state.in_(("admitted", "former", "stopped", "announced"))
        )
    ):
        earlier.state, earlier.changed_at = "revoked", work.now.at
    work.session.execute(delete(Acknowledgement).where(Acknowledgement.site == code))
    invited.state, invited.changed_at = "admitted", work.now.at
    invited.knows_epoch = work.office.epoch
    invited.sign_key, invited.age_recipient = answer.site.keys.signing, answer.site.keys.recipient
    invited.epoch = answer.epoch or invited.epoch
    invited.fingerprint = answer.fingerprint
    work.subjects.append(code)
    site = work.session.get_one(Site, code)
    return Enrolled(code, site.name, answer.fingerprint, str(command.answer))


def enrol_office(
    data: DataDir,
    invitation_file: Path,
    out: Path,
    admin: str,
    password: str,
    clock: Clock,
    admin_title: str = "",
) -> tuple[Office, str, Enrolled]:
    """Make the invited station's or county's office in an empty directory and write its answer.

    Returns the open office, its recovery code (shown once) and the step. Raises Refused E912, the file's faults and
    the medium's E501 … E504; where the answer cannot be written, no office is left behind.
    """
    invitation = enrolment.read_invitation(read_file(invitation_file))
    known = load_pack(invitation.pack).site(invitation.site)
    is_bureau = known is not None and known.duty_kind is None
    new = NewOffice(
        code=invitation.site,
        name=invitation.name,
        level=(Level.county if is_bureau else Level.station).value,
        parent=invitation.bureau.site,
        pack=invitation.pack,
        admin=admin,
        password=password,
        escrow="" if is_bureau else invitation.escrow,
        admin_title=admin_title,
        epoch=invitation.epoch,
    )
    made = make_office(data, new, clock)
    office = made.office
    with Session(office.database.writer) as session, session.begin():
        if not is_bureau:
            session.add(_own_site(invitation))
        session.add(parent_key(invitation, clock.now().at))
    content = enrolment.write_answer(invitation, office.safe.site_keys)
    try:
        write_safely(out, content)
    except Refused:
        office.close()
        discard_office(data)
        raise
    answer = enrolment.read_answer(content, invitation.bureau.keys, invitation.site, invitation.nonce)
    return office, made.recovery, Enrolled(invitation.site, invitation.name, answer.fingerprint, str(out))


def parent_key(invitation: enrolment.Invitation, at: datetime) -> PeerKey:
    """The inviting bureau as this office will know it."""
    return PeerKey(
        id=new_id(),
        site=invitation.bureau.site,
        epoch=invitation.bureau_epoch,
        relation="parent",
        state="admitted",
        nonce=invitation.nonce,
        sign_key=invitation.bureau.keys.signing,
        age_recipient=invitation.bureau.keys.recipient,
        fingerprint=invitation.fingerprint,
        changed_at=at,
    )


def _own_site(invitation: enrolment.Invitation) -> Site:
    """The county's row of this station, until its first bundle brings the whole tree."""
    known = load_pack(invitation.pack).site(invitation.site)
    return Site(
        id=invitation.site,
        writer=invitation.bureau.site,
        name=invitation.name,
        short_name=known.short_name if known else invitation.name,
        kind=SiteKind.station.value,
        parent=invitation.bureau.site,
    )


def read_file(path: Path) -> bytes:
    """A small file's bytes. Raises Refused E734 when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path) from error
