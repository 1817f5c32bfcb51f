"""The offices this one exchanges bundles with, and their keys."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import Refused
from app.kernel.work import Look
from app.models.organisation import Site
from app.models.records import PeerKey
from app.values import PlaceKind


def parent(look: Look) -> PeerKey:
    """The parent office's key. Raises Refused E731 for an office that was never enrolled, E774 while the key is stopped."""
    found = parent_or_none(look)
    stopped = select(PeerKey.site).where(PeerKey.relation == "parent", PeerKey.state == "stopped").limit(1)
    if found is None and look.session.scalar(stopped) is not None:
        raise Refused(
            "E774", "上级的密钥已停用，不能导出。请等上级换了新密钥，电话核对指纹并认可以后再导出。"
        )
    if found is None:
        raise Refused("E731", "本单位还没有在上级登记，不能导出上报包。请先导入上级的登记文件。")
    return found


def parent_or_none(look: Look) -> PeerKey | None:
    """The parent office's key; a bureau may have none."""
    query = select(PeerKey).where(PeerKey.relation == "parent", PeerKey.state == "admitted")
    return look.session.scalar(query)


def children(look: Look) -> list[PeerKey]:
    """The admitted offices below, by site code."""
    query = select(PeerKey).where(PeerKey.relation == "child", PeerKey.state == "admitted")
    return list(look.session.scalars(query.order_by(PeerKey.site)))


def is_below(look: Look, site: object, office: str) -> bool:
    """Whether a site is of a bureau right below this office; one that is not laid out here is told by its code."""
    bureau = look.session.get(Site, office)
    is_bureau = bureau is not None and (bureau.kind, bureau.parent) == (PlaceKind.bureau, look.office.code)
    if not is_bureau or not isinstance(site, str):
        return False
    known = look.session.get(Site, site)
    return known.parent == office if known else site.startswith(office)


def site_name(look: Look, code: str) -> str:
    """A site's name as stored, else as the pack has it, else its code: a new station knows no names yet."""
    found = look.session.get(Site, code) or look.pack.site(code)
    return found.name if found else code
