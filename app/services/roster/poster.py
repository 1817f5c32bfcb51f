"""Makes the paper for the wall out of a site's published month, with version and check code (Y04)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.clock import local
from app.documents.forms.poster import Poster, PosterLine, poster_code
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.values import DutyKind, Month

_AT_DESK = (DutyKind.centre, DutyKind.station)


def poster_of(
    look: Look,
    site: Site,
    month: Month,
    number: int,
    duties: Iterable[DutyView],
    *,
    published_at: datetime | None = None,
    code: str = "",
    note: str = "",
) -> Poster:
    """The poster of a version; code "": computed from what it says. published_at: naive local."""
    return Poster(
        site=site.name,
        month=month,
        version=number,
        lines=tuple(_line(duty) for duty in duties),
        issuer=look.office.name,
        telephone=str(setting_value(look, "service_phone")),
        supervision_telephone=str(setting_value(look, "supervision_phone")),
        address=str(setting_value(look, "office_address")),
        published_at=published_at,
        printed_at=local(look.now.at),
        check_code=code,
        note=note,
    )


def version_code(look: Look, site: Site, month: Month, number: int, duties: Iterable[DutyView]) -> str:
    """The eight digits of a version: site, month, number and duties."""
    return poster_code(poster_of(look, site, month, number, duties))


def _line(duty: DutyView) -> PosterLine:
    place = "" if duty.kind in _AT_DESK else duty.note or duty.kind.value
    return PosterLine(
        on=duty.on,
        hours=duty.hours,
        name=duty.name,
        kind=duty.person_kind,
        organisation=duty.organisation,
        licence=duty.licence,
        site=place,
    )
