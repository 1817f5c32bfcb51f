"""Lists what is wrong with a month's rosters, for one site or all this office rosters."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.roster.checks import find_problems
from app.rules.roster.facts import RosterProblem
from app.services.reading.roster import gather_facts
from app.services.reading.sites import duty_sites
from app.services.roster.rights import need_roster_site
from app.values import Month


@dataclass(frozen=True)
class RosterProblems:
    """The month to judge; site "": every site this office rosters, those without any duty included."""

    month: Month
    site: str = ""


@answers(RosterProblems, permission=Permission.LOOK)
def roster_problems(look: Look, query: RosterProblems) -> tuple[RosterProblem, ...]:
    """Every problem, by site, the month as a whole first. Raises Refused E401, E420, E421."""
    sites = [need_roster_site(look, query.site)] if query.site else duty_sites(look)
    return problems_of(look, query.month, sites)


def problems_of(look: Look, month: Month, sites: list[Site]) -> tuple[RosterProblem, ...]:
    """The problems of these sites' months."""
    facts = gather_facts(look, month, sites)
    return tuple(problem for site in sites for problem in find_problems(facts[site.id]))
