"""Lists the sites this office keeps or knows, with the frequency in force and whether they have an office of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Site
from app.models.records import PeerKey
from app.services.reading.frequency import frequency_in_force
from app.services.reading.sites import DUTY_SITES
from app.values import SiteKind


class SiteOffice(StrEnum):
    """Who keeps a site's books, as lists and the command line name it."""

    own = "本单位"
    admitted = "已接入"
    invited = "已邀请"
    paper = "纸质"


@dataclass(frozen=True)
class SiteList:
    """The duty sites; closed ones too, if asked."""

    include_closed: bool = False


@dataclass(frozen=True)
class SiteTree:
    """The same, bureaus included, as a tree."""

    include_closed: bool = False


@dataclass(frozen=True, kw_only=True)
class SiteView:
    """A site as shown. times_a_month 0: as the document has it (weekly; a centre every working day).

    frequency: the same in words. office: who keeps its books; on paper: the bureau above.
    """

    code: str
    name: str
    short_name: str
    kind: str
    parent: str
    is_active: bool
    times_a_month: int
    frequency: str
    frequency_reason: str
    frequency_from: date | None
    office: SiteOffice

    @property
    def id(self) -> str:
        return self.code


@dataclass(frozen=True)
class SiteNode:
    """A unit with the units below it."""

    site: SiteView
    below: tuple[SiteNode, ...]


@answers(SiteList, permission=Permission.LOOK)
def site_list(look: Look, query: SiteList) -> tuple[SiteView, ...]:
    """Centres first, then stations by code."""
    rows = look.session.scalars(select(Site).where(Site.kind.in_(DUTY_SITES)))
    views = _views(look, [row for row in rows if row.is_active or query.include_closed])
    return tuple(sorted(views, key=lambda one: (one.parent, one.kind == SiteKind.station.value, one.code)))


@answers(SiteTree, permission=Permission.LOOK)
def site_tree(look: Look, query: SiteTree) -> tuple[SiteNode, ...]:
    """The topmost known units with all below them (Y01, Q21)."""
    rows = [row for row in look.session.scalars(select(Site)) if row.is_active or query.include_closed]
    views = sorted(_views(look, rows), key=lambda one: (one.kind == SiteKind.station.value, one.code))
    known = {view.code for view in views}
    return tuple(_node(view, views) for view in views if view.parent not in known)


def _node(view: SiteView, views: list[SiteView]) -> SiteNode:
    return SiteNode(view, tuple(_node(child, views) for child in views if child.parent == view.code))


def _views(look: Look, rows: list[Site]) -> list[SiteView]:
    states: dict[str, set[str]] = {}
    for site, state in look.session.execute(
        select(PeerKey.site, PeerKey.state).where(PeerKey.relation == "child")
    ):
        states.setdefault(site, set()).add(state)
    today = local_date(look.now.at)
    return [_view(look, row, states.get(row.id, set()), today) for row in rows]


def _view(look: Look, row: Site, states: set[str], today: date) -> SiteView:
    own = frequency_in_force(look, row.id, today) if row.kind == SiteKind.station.value else None
    return SiteView(
        code=row.id,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        parent=row.parent,
        is_active=row.is_active,
        times_a_month=own.times_a_month if own else 0,
        frequency=_words(look, row, own.times_a_month if own else 0),
        frequency_reason=own.reason if own else "",
        frequency_from=own.valid_from if own else None,
        office=_office(look, row, states),
    )


def _words(look: Look, row: Site, times: int) -> str:
    if row.kind not in DUTY_SITES:
        return ""
    if row.kind != SiteKind.station.value:
        return "每个工作日" if look.pack.roster.centre_every_workday else "按本单位安排"
    if times:
        return f"每月 {times} 次"
    weekly = look.pack.roster.station_per_week
    return f"每周 {weekly} 次" if weekly else "按本单位安排"


def _office(look: Look, row: Site, states: set[str]) -> SiteOffice:
    if row.id in (look.office.code, look.office.own_site):
        return SiteOffice.own
    if "admitted" in states:
        return SiteOffice.admitted
    return SiteOffice.invited if "invited" in states else SiteOffice.paper
