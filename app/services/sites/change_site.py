"""Renames, closes and reopens a bureau's sites; what was done there stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.reading.duties import duties_in_force
from app.services.reading.sites import is_own_site
from app.services.sites.add_site import need_own_site, refuse_same_name, short_name
from app.text import clean
from app.values import SiteKind


@dataclass(frozen=True)
class RenameSite:
    """Another official name for a site, and why."""

    site: str
    name: str
    reason: str
    short_name: str = ""

    def problems(self) -> Iterable[Problem]:
        """A name and a reason."""
        if not clean(self.name):
            yield Problem("name", "请填写站点全称。", "E424")
        yield from _reasoned(self.reason)


@dataclass(frozen=True)
class CloseSite:
    """A site where no duty is sat any more, and why."""

    site: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        yield from _reasoned(self.reason)


@dataclass(frozen=True)
class OpenSite:
    """A closed site where duty is sat again, and why."""

    site: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        yield from _reasoned(self.reason)


@handles(RenameSite, title="更改站点名称", permission=Permission.MANAGE_SITES)
def rename_site(work: Work, command: RenameSite) -> None:
    """Raises Refused E425, E428, E429, E903."""
    site = need_own_site(work, command.site)
    name = clean(command.name)
    short = clean(command.short_name) or (
        short_name(work, name) if site.kind == SiteKind.station else site.short_name
    )
    refuse_same_name(work, name, short, but=site.id)
    site.name, site.short_name = name, short
    work.why = clean(command.reason)


@handles(CloseSite, title="停办站点", permission=Permission.MANAGE_SITES)
def close_site(work: Work, command: CloseSite) -> None:
    """Raises Refused E460 for this office's own desk, E461 while published duties lie ahead, E425, E428, E903."""
    site = need_own_site(work, command.site)
    if is_own_site(work, site.id):
        raise Refused("E460", f"“{site.name}”是本单位自己的值班点，不能停办。", field="site")
    today = local_date(work.now.at)
    ahead = duties_in_force(work, (today, today.replace(year=today.year + 1, day=1)), site.id)
    if ahead:
        raise Refused(
            "E461",
            f"“{site.name}”还有 {len(ahead)} 个已发布的班次（最近 {ahead[0].on}），请先取消再停办。",
            field="site",
        )
    site.is_active = False
    work.why = clean(command.reason)


@handles(OpenSite, title="恢复站点", permission=Permission.MANAGE_SITES)
def open_site(work: Work, command: OpenSite) -> None:
    """Raises Refused E425, E428, E903."""
    need_own_site(work, command.site).is_active = True
    work.why = clean(command.reason)


def _reasoned(reason: str) -> Iterable[Problem]:
    if not clean(reason):
        yield Problem("reason", "请写明理由。", "E462")
