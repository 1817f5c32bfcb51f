"""Finds a bureau's part of a pack's tree, so that an office starts with its own units."""

from __future__ import annotations

from app.rules.policy.pack import Pack
from app.rules.policy.parts import PackSite


def sites_below(code: str, pack: Pack) -> tuple[PackSite, ...]:
    """A unit and all units below it, parents first; () where the pack has no such unit."""
    wanted = {code}
    found = []
    for site in pack.sites:
        if site.code in wanted or site.parent in wanted:
            wanted.add(site.code)
            found.append(site)
    return tuple(found)
