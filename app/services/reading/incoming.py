"""Tells of whom only a part of a bundle is here so far, so that nobody passes, settles or pays by a part of the records."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.models.organisation import Site

BEGUN = "E740"
"""Stands in the inbox beside a bundle of which a part is taken in; the file is kept, and goes on by itself."""
_PARKED = "PARKED"


def begun_senders(session: Session) -> tuple[str, ...]:
    """Codes of the offices of whose bundle a part is taken in."""
    query = select(ReceivedBundle.sender).where(
        ReceivedBundle.outcome == _PARKED,
        ReceivedBundle.code == BEGUN,
        ReceivedBundle.is_discarded.is_(False),
    )
    return tuple(session.scalars(query.distinct().order_by(ReceivedBundle.sender)))


def refuse_incomplete(look: Look, site: str = "") -> None:
    """Raises Refused E740 while a bundle that may hold the site's records is taken in only in part; "" any site's."""
    senders = begun_senders(look.session)
    found = [one for one in senders if not site or _writes_for(look, one, site)]
    if found:
        names = "、".join(_name(look, one) for one in found)
        raise Refused(
            "E740",
            f"{names}的包还没有接收完，数据不完整，现在不能审核、定稿或发放。请等导入完成；导入中断过的，请再导入一次。",
        )


def _writes_for(look: Look, sender: str, site: str) -> bool:
    if site == sender or site.startswith(f"{sender}-"):
        return True
    known = look.session.get(Site, site)
    return known is not None and known.parent == sender


def _name(look: Look, code: str) -> str:
    found = look.session.get(Site, code) or look.pack.site(code)
    return found.name if found else code
