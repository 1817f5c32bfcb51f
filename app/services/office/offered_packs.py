"""Tells which policy packs a new bureau may choose from, with their checked totals and the bureaus of their tree."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.packs import load_pack, pack_keys
from app.rules.policy.parts import PackSite
from app.rules.policy.totals import TotalCheck as TotalCheck
from app.rules.policy.totals import check_totals
from app.rules.policy.tree import sites_below
from app.values import SiteKind


@dataclass(frozen=True)
class BureauChoice:
    """A bureau of a pack, with how many desks lie below it."""

    id: str
    name: str
    level: str
    desks: str


@dataclass(frozen=True)
class PackChoice:
    """A pack as offered: its totals checked, its bureaus."""

    id: str
    title: str
    document: str
    validity: str
    totals: tuple[TotalCheck, ...]
    bureaus: tuple[BureauChoice, ...]


def offered_packs() -> tuple[PackChoice, ...]:
    """Every shipped pack, the newest first."""
    packs = sorted((load_pack(key) for key in pack_keys()), key=lambda pack: pack.valid_from, reverse=True)
    return tuple(
        PackChoice(
            pack.key,
            pack.title,
            pack.document,
            f"{pack.valid_from:%Y-%m-%d} 至 {pack.valid_to:%Y-%m-%d}",
            check_totals(pack),
            tuple(
                _bureau(site, sites_below(site.code, pack)) for site in pack.sites if site.duty_kind is None
            ),
        )
        for pack in packs
    )


def _bureau(site: PackSite, below: tuple[PackSite, ...]) -> BureauChoice:
    stations = sum(one.kind == SiteKind.station for one in below)
    centres = sum(one.duty_kind is not None for one in below) - stations
    parts = [f"{number} 个{word}" for number, word in ((centres, "中心"), (stations, "工作站")) if number]
    return BureauChoice(site.code, site.name, site.level.value, "，".join(parts) or "—")
