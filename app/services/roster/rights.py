"""Decides for which sites an office may draft and publish a roster (Y03 统筹排班)."""

from __future__ import annotations

from app.errors import Refused
from app.kernel.work import Look
from app.models.organisation import Site
from app.services.reading.sites import find_site, is_own_site


def may_roster_for(look: Look, site: Site) -> bool:
    """A station for itself only; a bureau for its centre and any of its stations, admitted offices or not."""
    return is_own_site(look, site.id) or (look.office.is_bureau and site.parent == look.office.code)


def need_roster_site(look: Look, words: str) -> Site:
    """The site meant, if this office rosters it. Raises Refused E401, E409, E420, E421."""
    site = find_site(look, words)
    if not may_roster_for(look, site):
        raise Refused(
            "E401", f"“{site.name}”的排班不归本单位编制，请由该站点或其主管司法局办理。", field="站点"
        )
    if not site.is_active:
        raise Refused("E409", f"“{site.name}”已停用，不能排班。请先在站点里恢复使用。", field="站点")
    return site
