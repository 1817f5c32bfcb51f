"""Publishes every site of this office that has drafts of a month, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.reading.sites import duty_sites
from app.services.roster.entry import own_drafts
from app.services.roster.publish_roster import Published, publish_sites
from app.values import Month


@dataclass(frozen=True)
class PublishDrafts:
    """The month whose drafts become public, at every site."""

    month: Month


@handles(PublishDrafts, title="发布排班", permission=Permission.PUBLISH_ROSTER)
def publish_drafts(work: Work, command: PublishDrafts) -> tuple[Published, ...]:
    """The new versions, the centre first. Raises Refused as PublishRoster does, E407 when there is no draft at all."""
    with_drafts = {row.site for row in own_drafts(work, command.month)}
    sites = [site for site in duty_sites(work) if site.id in with_drafts]
    if not sites:
        raise Refused("E407", f"{command.month.month} 月没有待发布的排班草稿，请先排班或导入排班表。")
    return publish_sites(work, command.month, sites)
