"""Lists the offices right below this one that may be invited: stations, and the counties of a city."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Site
from app.services.reading.sites import has_admitted_office
from app.values import PlaceKind

_KINDS = (PlaceKind.bureau.value, PlaceKind.station.value)


@dataclass(frozen=True)
class Invitable:
    """The active ones."""


@dataclass(frozen=True)
class InvitableOffice:
    """One of them; is_admitted: it would be enrolled anew."""

    code: str
    name: str
    is_admitted: bool


@answers(Invitable, permission=Permission.ENROL)
def invitable(look: Look, query: Invitable) -> tuple[InvitableOffice, ...]:
    """Those that are not enrolled yet first, then by code."""
    rows = look.session.scalars(
        select(Site).where(Site.parent == look.office.code, Site.kind.in_(_KINDS), Site.is_active)
    )
    found = [InvitableOffice(row.id, row.name, has_admitted_office(look, row.id)) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.is_admitted, one.code)))
