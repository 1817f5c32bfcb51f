"""Publishes a site's drafts of a month as the next version of its roster (Y04)."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.rules.roster.checks import find_problems
from app.rules.roster.facts import RosterProblem
from app.services.reading.duties import duty_views
from app.services.reading.roster import gather_facts
from app.services.roster.entry import own_drafts
from app.services.roster.rights import need_roster_site
from app.services.roster.versions import add_version, next_number
from app.values import Month


@dataclass(frozen=True)
class PublishRoster:
    """The site (code, full name or town) and month whose drafts become public."""

    site: str
    month: Month


@dataclass(frozen=True, kw_only=True)
class Published:
    """A version just published; warnings: what the document asks otherwise, none of it in the way."""

    site: str
    site_name: str
    month: Month
    number: int
    duties: int
    is_late: bool
    is_backfilled: bool
    check_code: str
    warnings: tuple[RosterProblem, ...]


@handles(PublishRoster, title="发布排班", permission=Permission.PUBLISH_ROSTER)
def publish_roster(work: Work, command: PublishRoster) -> Published:
    """The new version. Raises Refused E401, E405 (no draft), E471 overlap, E472 leave, E473 not eligible, E474 left."""
    site = need_roster_site(work, command.site)
    return publish_sites(work, command.month, [site])[0]


def publish_sites(work: Work, month: Month, sites: list[Site]) -> tuple[Published, ...]:
    """Publish several sites together or none; their drafts are judged against each other too."""
    facts = gather_facts(work, month, sites)
    found = {site.id: find_problems(facts[site.id]) for site in sites}
    refusals = [problem for site in sites for problem in found[site.id] if problem.is_refusal]
    if refusals:
        raise Refused.of(Problem("", problem.text, problem.code) for problem in refusals)
    return tuple(_publish(work, month, site, found[site.id]) for site in sites)


def _publish(work: Work, month: Month, site: Site, problems: tuple[RosterProblem, ...]) -> Published:
    drafts = own_drafts(work, month, site.id)
    if not drafts:
        raise Refused("E405", f"{site.name} {month.month} 月没有待发布的班次，请先排班。")
    number = next_number(work, site.id, month)
    views: tuple[DutyView, ...] = duty_views(work, drafts)
    for row in drafts:
        work.mine(row).version = number
    work.session.flush()
    version = add_version(work, site, month, number, [view.starts_at for view in views])
    warnings = tuple(problem for problem in problems if problem.code != "E416")
    return Published(
        site=site.id,
        site_name=site.name,
        month=month,
        number=number,
        duties=len(drafts),
        is_late=version.is_late,
        is_backfilled=version.is_backfilled,
        check_code=version.check_code,
        warnings=warnings,
    )
