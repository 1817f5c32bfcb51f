"""Tells what came from other offices and what waits or is here in part only, so that nothing passes for whole that is not (case 4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows
from app.models.bundle_files import ReceivedBundle
from app.models.figures import SiteFigure
from app.models.organisation import Site
from app.models.records import ReceivedStream
from app.text import named_few

BEGUN = "E740"
"""Stands in the inbox beside a bundle of which a part is taken in; the file is kept, and goes on by itself."""
_PARKED = "PARKED"
_STREAM = bare_columns(ReceivedStream)
_PARENTS_LAST = (
    select(_STREAM.made_at)
    .where(_STREAM.site == bindparam("parent"))
    .order_by(_STREAM.made_at.desc())
    .limit(1)
)
"""Made once, for a sign-in waits for it."""


def begun_senders(session: Session) -> tuple[str, ...]:
    """Codes of the offices of whose bundle a part is taken in."""
    return _waiting(session, ReceivedBundle.code == BEGUN)


def incomplete_offices(look: Look) -> dict[str, str]:
    """Code → short name of those of whom a bundle is kept that is not taken in yet, or not whole, by their code."""
    codes = _waiting(look.session, ReceivedBundle.sender != "")
    if not codes:
        return {}
    named = {
        site.id: site.short_name or site.name
        for site in look.session.scalars(select(Site).where(Site.id.in_(codes)))
    }
    return {code: named.get(code, code) for code in codes}


def incomplete_words(look: Look) -> str:
    """合计不完整：解州镇的包还没有收全（正在接收，缺前面的包，或在等核对、等升级）; "" where nobody's waits.

    A city also hears of what its counties wait for, as their figures say.
    """
    here, below = tuple(incomplete_offices(look).values()), _incomplete_below(look)
    words = []
    if here:
        words.append(f"{named_few(here, '个单位')}的包还没有收全（正在接收，缺前面的包，或在等核对、等升级）")
    if below:
        words.append(f"下级报来的数字里，{named_few(below, '个站点')}的记录还没有收全")
    return f"合计不完整：{'；'.join(words)}" if words else ""


def parents_last_word(look: Look) -> datetime | None:
    """When the bureau above made the newest of what came from it, None where nothing did."""
    found: datetime | None = bare_rows(look.session, _PARENTS_LAST, {"parent": look.office.parent}).scalar()
    return found


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


def _incomplete_below(look: Look) -> tuple[str, ...]:
    """Names of the sites of which another office says in its figures that it lacks a bundle."""
    told = select(SiteFigure.name).where(
        SiteFigure.is_incomplete.is_(True), SiteFigure.writer != look.office.code
    )
    return tuple(look.session.scalars(told.distinct().order_by(SiteFigure.name)))


def _waiting(session: Session, which: ColumnElement[bool]) -> tuple[str, ...]:
    query = select(ReceivedBundle.sender).where(
        ReceivedBundle.outcome == _PARKED, ReceivedBundle.is_discarded.is_(False), which
    )
    return tuple(session.scalars(query.distinct().order_by(ReceivedBundle.sender)))


def _writes_for(look: Look, sender: str, site: str) -> bool:
    if site == sender or site.startswith(f"{sender}-"):
        return True
    known = look.session.get(Site, site)
    return known is not None and known.parent == sender


def _name(look: Look, code: str) -> str:
    found = look.session.get(Site, code) or look.pack.site(code)
    return found.name if found else code
