"""Finds a site the way sheets and people name it: by code, full name or the town's name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from app.errors import Refused
from app.kernel.identity import CENTRE
from app.kernel.work import Look
from app.models.organisation import Site
from app.models.records import PeerKey
from app.rules.duty.facts import SiteFact
from app.text import clean, half_width
from app.values import PlaceKind, SiteKind

DUTY_SITES = tuple(kind.value for kind in (SiteKind.city_centre, SiteKind.county_centre, SiteKind.station))
_ADMITTED_BELOW = select(PeerKey.site).where(PeerKey.relation == "child", PeerKey.state == "admitted")
"""Made once, for it is asked of every site."""


def find_site(look: Look, words: str, *, field: str = "站点") -> Site:
    """The duty site that a code, full name or town's name means. Raises Refused E420, E421."""
    text = half_width(clean(words))
    return look.once(("site", text), lambda: _find_site(look, text, field))


def _find_site(look: Look, text: str, field: str) -> Site:
    found = look.session.scalars(
        select(Site).where(
            or_(Site.id == text, Site.name == text, Site.short_name == text), Site.kind.in_(DUTY_SITES)
        )
    ).all()
    if not found:
        raise Refused("E420", f"没有找到站点“{text}”，请填站点代码、全称或乡镇名。", field=field)
    if len(found) > 1:
        names = "、".join(f"{site.name}（{site.id}）" for site in found)
        raise Refused("E421", f"“{text}”对应多个站点：{names}，请改填代码。", field=field)
    return found[0]


def duty_sites(look: Look) -> list[Site]:
    """The active duty sites of this office and below, the centre first; a station sees its own only."""
    return list(look.once(("duty sites",), lambda: _duty_sites(look)))


def _duty_sites(look: Look) -> list[Site]:
    rows = look.session.scalars(select(Site).where(Site.kind.in_(DUTY_SITES), Site.is_active)).all()
    if look.office.is_bureau:
        mine = [site for site in rows if site.parent == look.office.code]
    else:
        mine = [site for site in rows if site.id == look.office.code]
    return sorted(mine, key=lambda site: (site.kind == SiteKind.station.value, site.id))


def is_own_site(look: Look, site: str) -> bool:
    """Whether this office itself runs the site."""
    return site == look.office.own_site


def may_write_for(look: Look, site: str) -> bool:
    """Whether this office may write the site's duties, attendance and consultations.

    Its own site always; a station's only while no office of that station is admitted (it works on paper). What lies
    below a county is the county's, never the city's.
    """
    return look.once(("writes for", site), lambda: _may_write_for(look, site))


def _may_write_for(look: Look, site: str) -> bool:
    if is_own_site(look, site):
        return True
    below = look.session.get(Site, site)
    return (
        look.office.is_bureau
        and not (below is not None and below.parent != look.office.code)
        and not has_admitted_office(look, site)
    )


def has_admitted_office(look: Look, site: str) -> bool:
    """Whether the site keeps its own office and sends bundles."""
    return site in look.once(("admitted below",), lambda: frozenset(look.session.scalars(_ADMITTED_BELOW)))


def site_facts(look: Look, codes: Iterable[str]) -> tuple[SiteFact, ...]:
    """The duty sites of these codes; one that is not stored is known by the pack or by its code."""
    stored = {row.id: row for row in look.session.scalars(select(Site).where(Site.kind.in_(DUTY_SITES)))}
    return tuple(_site_fact(look, code, stored.get(code)) for code in sorted(set(codes)))


def _site_fact(look: Look, code: str, row: Site | None) -> SiteFact:
    if row is not None:
        return SiteFact(code, row.name, SiteKind(row.kind))
    known = look.pack.site(code)
    if known is not None and known.kind is not None:
        return SiteFact(code, known.name, SiteKind(known.kind))
    kind = SiteKind.county_centre if code.endswith(CENTRE) else SiteKind.station
    return SiteFact(code, look.office.name if code == look.office.own_site else code, kind)


def own_sites(look: Look) -> tuple[Site, ...]:
    """The duty sites this office answers for, those no longer active included: a bureau's all, a station's own."""
    return look.once(("own sites",), lambda: _own_sites(look))


def _own_sites(look: Look) -> tuple[Site, ...]:
    query = select(Site).where(Site.kind.in_(DUTY_SITES)).order_by(Site.id)
    mine = Site.parent == look.office.code if look.office.is_bureau else Site.id == look.office.code
    return tuple(look.session.scalars(query.where(mine)))


def bureaus_below(look: Look) -> tuple[Site, ...]:
    """The bureaus below this office, by code; a city's counties."""
    mine = (Site.kind == PlaceKind.bureau.value, Site.parent == look.office.code, Site.is_active)
    return tuple(look.session.scalars(select(Site).where(*mine).order_by(Site.id)))


def own_place(look: Look) -> tuple[SiteFact, ...]:
    """A station that has not received the list of sites yet still knows itself."""
    if look.office.is_bureau:
        return ()
    return (SiteFact(look.office.code, look.office.name, SiteKind.station),)


def site_named(look: Look, words: str) -> SiteFact:
    """The site meant, the office's own for "". Raises Refused E420, E421."""
    if words in ("", look.office.own_site) and look.session.get(Site, look.office.own_site) is None:
        return SiteFact(look.office.own_site, look.office.name, SiteKind.station)
    site = find_site(look, words or look.office.own_site)
    return SiteFact(site.id, site.name, SiteKind(site.kind))
