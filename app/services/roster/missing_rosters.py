"""Says which sites of a bureau have no published roster of a month: none came up, and none was made here (Y03, Y04)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import RosterVersion
from app.services.reading.sites import duty_sites, has_admitted_office, is_own_site
from app.values import Month


@dataclass(frozen=True)
class MissingRosters:
    """The sites without a published roster of a month."""

    month: Month


@dataclass(frozen=True)
class MissingRoster:
    """A site without one. is_awaited: the station has an office of its own, which may still publish and report it."""

    site: str
    name: str
    is_awaited: bool


@answers(MissingRosters, permission=Permission.LOOK)
def missing_rosters(look: Look, query: MissingRosters) -> tuple[MissingRoster, ...]:
    """The centre first, then by code; a station asks about itself alone."""
    return missing_in(look, query.month)


def missing_in(look: Look, month: Month) -> tuple[MissingRoster, ...]:
    """The same for other queries."""
    published = set(look.session.scalars(select(RosterVersion.site).where(RosterVersion.month == str(month))))
    return tuple(
        MissingRoster(
            site.id,
            site.short_name or site.name,
            not is_own_site(look, site.id) and has_admitted_office(look, site.id),
        )
        for site in duty_sites(look)
        if site.id not in published
    )
