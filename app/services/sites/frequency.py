"""Sets how often a station sits duty where the county departs from weekly, and tells what is in force (Y09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import SiteFrequency
from app.services.sites.add_site import need_own_site
from app.text import clean
from app.values import SiteKind

MOST_TIMES = 31


@dataclass(frozen=True)
class SetFrequency:
    """How many times a month a station sits duty from a date on, and why (remote: fewer, busy: more)."""

    site: str
    times_a_month: int
    reason: str
    valid_from: date

    def problems(self) -> Iterable[Problem]:
        """A possible number and a reason."""
        if not 1 <= self.times_a_month <= MOST_TIMES:
            yield Problem(
                "times_a_month",
                f"每月值班次数请填 1 至 {MOST_TIMES}：偏远站点可以减少，但每月不少于 1 次。",
                "E463",
            )
        if not clean(self.reason):
            yield Problem("reason", "偏离每周一次须写明理由（偏远、业务量大等）。", "E464")


@handles(SetFrequency, title="设定值班频次", permission=Permission.MANAGE_SITES)
def set_frequency(work: Work, command: SetFrequency) -> str:
    """The new row's id; earlier ones stay, the latest that has begun is in force.

    Raises Refused E425 at a station, E428, E463 below the document's least, E465 for a centre, E903.
    """
    site = need_own_site(work, command.site)
    if site.kind != SiteKind.station.value:
        raise Refused(
            "E465",
            f"“{site.name}”是中心，每个工作日都值班（{work.pack.roster.clause}），不另设频次。",
            field="site",
        )
    least = work.pack.roster.station_min_per_month or 1
    if command.times_a_month < least:
        raise Refused(
            "E463", f"每月值班不得少于 {least} 次（{work.pack.roster.clause}）。", field="times_a_month"
        )
    made = work.add(
        SiteFrequency(
            site=site.id,
            times_a_month=command.times_a_month,
            reason=clean(command.reason),
            valid_from=command.valid_from,
        )
    )
    return str(made.id)
