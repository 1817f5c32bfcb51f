"""Names the offices whose bundles wait unread, so that no sum passes for whole that lacks their records (case 4)."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.models.organisation import Site

MOST_NAMES = 5
_PARKED = "PARKED"


def incomplete_offices(look: Look) -> tuple[str, ...]:
    """Short names of those of whom a bundle is kept that could not be taken in yet, by their code."""
    query = select(ReceivedBundle.sender).where(
        ReceivedBundle.outcome == _PARKED,
        ReceivedBundle.sender != "",
        ReceivedBundle.is_discarded.is_(False),
    )
    codes = sorted(set(look.session.scalars(query)))
    if not codes:
        return ()
    named = {
        site.id: site.short_name or site.name
        for site in look.session.scalars(select(Site).where(Site.id.in_(codes)))
    }
    return tuple(named.get(code, code) for code in codes)


def incomplete_words(look: Look) -> str:
    """合计不完整：解州镇的包还没有收全（正在接收，缺前面的包，或在等核对、等升级）; "" where nobody's waits."""
    found = incomplete_offices(look)
    if not found:
        return ""
    names = "、".join(found[:MOST_NAMES]) + (f"等 {len(found)} 个单位" if len(found) > MOST_NAMES else "")
    return f"合计不完整：{names}的包还没有收全（正在接收，缺前面的包，或在等核对、等升级）"
