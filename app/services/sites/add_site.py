"""Adds a duty site beyond the pack's, for towns that were split off or gained a station (Y01)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Site
from app.services.reading.sites import DUTY_SITES
from app.text import clean, clean_number
from app.values import SiteKind

_STATION, _CENTRE = re.compile(r"[0-9]{9}"), re.compile(r"[0-9]{4}([0-9]{2})?-[0-9]{2}")
_OFFICIAL_ENDINGS = ("公共法律服务工作站", "公共法律服务中心")


@dataclass(frozen=True)
class AddSite:
    """A site of this bureau: a station's nine-digit division code, or the bureau's code, `-` and two digits for a centre.

    short_name: the town's name; taken from the name where left out.
    """

    code: str
    name: str
    kind: str
    short_name: str = ""

    def problems(self) -> Iterable[Problem]:
        """A code of the kind's shape, a name, a kind of duty site."""
        if self.kind not in DUTY_SITES:
            yield Problem("kind", f"没有“{self.kind}”这种站点，可选：{'、'.join(DUTY_SITES)}。", "E422")
        shape = _STATION if self.kind == SiteKind.station else _CENTRE
        if not shape.fullmatch(clean_number(self.code)):
            yield Problem(
                "code", "站点代码有误：工作站填 9 位区划代码，中心填司法局代码加“-”和两位序号。", "E423"
            )
        if not clean(self.name):
            yield Problem("name", "请填写站点全称。", "E424")


@handles(AddSite, title="新增站点", permission=Permission.MANAGE_SITES)
def add_site(work: Work, command: AddSite) -> str:
    """The site's code. Raises Refused E425 at a station, E426 for another county's code, E427 for one that is taken."""
    need_bureau(work)
    code, name = clean_number(command.code), clean(command.name)
    if not code.startswith(work.office.code):
        raise Refused(
            "E426", f"代码“{code}”不属于本单位（{work.office.code}），请核对区划代码。", field="code"
        )
    if (taken := work.session.get(Site, code)) is not None:
        raise Refused("E427", f"代码“{code}”已是“{taken.name}”的，请核对。", field="code")
    short = clean(command.short_name) or short_name(work, name)
    refuse_same_name(work, name, short)
    work.add(Site(id=code, name=name, short_name=short, kind=command.kind, parent=work.office.code))
    return code


def short_name(look: Look, name: str) -> str:
    """The town's name in a site's full name: without the county before and the official words after it."""
    for ending in _OFFICIAL_ENDINGS:
        name = name.removesuffix(ending) or name
    return name.removeprefix(look.office.name.removesuffix("司法局")) or name


def need_bureau(look: Look) -> None:
    """Raises Refused E425 at a station."""
    if not look.office.is_bureau:
        raise Refused("E425", "站点由县（市、区）司法局设置，本站不能改动。")


def need_own_site(work: Work, code: str) -> Site:
    """A duty site this bureau keeps. Raises Refused E425, E428, E903."""
    need_bureau(work)
    site = work.session.get(Site, code)
    if site is None or site.kind not in DUTY_SITES:
        raise Refused("E428", f"没有代码为“{code}”的站点，请刷新后再试。", field="site")
    work.mine(site)
    return site


def refuse_same_name(work: Work, name: str, short: str, *, but: str = "") -> None:
    """Raises Refused E429: sheets name sites by name, so names are unique within a bureau."""
    names = {name, short}
    for site in work.session.scalars(
        select(Site).where(Site.parent == work.office.code, Site.kind.in_(DUTY_SITES))
    ):
        if site.id != but and names & {site.name, site.short_name}:
            raise Refused(
                "E429", f"“{site.name}”（{site.id}）已用了这个名称，请换一个能区分的名称。", field="name"
            )
