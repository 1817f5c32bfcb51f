"""Lets intake points decide applications from today on, or takes it back, so that what they decided meanwhile stands (G11)."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.clock import local_date
from app.errors import Refused
from app.kernel.work import Work
from app.models.organisation import ApprovalDelegation
from app.services.reading.sites import find_site
from app.values import SiteKind

_BETWEEN = re.compile(r"[、，,;；\s]+")


def delegate_approval(work: Work, typed: str) -> tuple[str, ...]:
    """Codes of the stations that decide now. Raises Refused E396 for what is no station of this bureau, E420, E421."""
    wanted = {_station(work, words) for words in _BETWEEN.split(typed) if words}
    today = local_date(work.now.at)
    query = select(ApprovalDelegation).where(
        ApprovalDelegation.writer == work.office.code, ApprovalDelegation.until.is_(None)
    )
    held = {row.site: row for row in work.session.scalars(query)}
    for site in sorted(wanted - held.keys()):
        work.add(ApprovalDelegation(site=site, since=today, until=None))
    for site in sorted(held.keys() - wanted):
        work.mine(held[site])
        held[site].until = today
    return tuple(sorted(wanted))


def _station(work: Work, words: str) -> str:
    site = find_site(work, words, field="value")
    if site.kind != SiteKind.station.value or site.parent != work.office.code:
        raise Refused(
            "E396",
            f"“{site.name}”不是本局下面的受理点，不能委托审批，请填乡镇（街道）的站点。",
            field="value",
        )
    return site.id
