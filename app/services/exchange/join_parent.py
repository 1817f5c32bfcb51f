"""A bureau that works already joins the one above it: the city's invitation is answered with the keys it has (Y01)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from app.bundle import enrolment
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.records import Acknowledgement, PeerKey
from app.safe_write import write_safely
from app.services.exchange.enrol import Enrolled, parent_key, read_file


@dataclass(frozen=True)
class JoinParent:
    """Answer an invitation of the bureau above, whose file is given, with a file written to `out`."""

    invitation: Path
    out: Path


@handles(JoinParent, title="加入上级单位", permission=Permission.ENROL)
def join_parent(work: Work, command: JoinParent) -> Enrolled:
    """What is recorded here stays; the parent's earlier key counts no more. Raises Refused E743 and the file's faults."""
    invitation = enrolment.read_invitation(read_file(command.invitation))
    _check(work, invitation)
    for earlier in work.session.scalars(
        select(PeerKey).where(PeerKey.relation == "parent", PeerKey.state != "revoked")
    ):
        earlier.state, earlier.changed_at = "revoked", work.now.at
    work.session.execute(delete(Acknowledgement).where(Acknowledgement.site == invitation.bureau.site))
    work.session.add(parent_key(invitation, work.now.at))
    work.subjects.append(invitation.bureau.site)
    keys = work.safe.site_keys
    content = enrolment.write_answer(invitation, keys, work.office.epoch)
    answer = enrolment.read_answer(content, invitation.bureau.keys, invitation.site, invitation.nonce)
    write_safely(command.out, content)
    return Enrolled(invitation.site, work.office.name, answer.fingerprint, str(command.out))


def _check(work: Work, invitation: enrolment.Invitation) -> None:
    wrong = ""
    if invitation.site != work.office.code:
        wrong = f"邀请的是 {invitation.name}（{invitation.site}）"
    elif invitation.bureau.site != work.office.parent:
        wrong = f"发出邀请的 {invitation.bureau.name} 不是本单位的上级"
    elif invitation.pack != work.office.pack_key:
        wrong = f"对方用的方案是 {invitation.pack}，本单位用的是 {work.office.pack_key}"
    if wrong:
        raise Refused("E743", f"这份登记文件不是给本单位的：{wrong}。请向上级核对。", field="invitation")
