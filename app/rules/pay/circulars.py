"""Drafts of circulated notices (通报批评) for verified absence from the site and sham duty (Y17 (5))."""

from __future__ import annotations

from app.dates import time_text
from app.rules.duty.facts import MonthFacts
from app.rules.pay.bans import Bans
from app.rules.pay.lines import CircularCase
from app.rules.pay.wording import cited
from app.rules.policy.duty_rates import DutyRates


def circulars_of(facts: MonthFacts, bans: Bans, rates: DutyRates | None) -> tuple[CircularCase, ...]:
    """One draft a person and day, public servants included; by date and person. rates None: nothing is cancelled."""
    names = {person.id: person.name for person in facts.people}
    sites = {site.code: site.name for site in facts.sites}
    drafts, cancelled = [], "取消当天值班补贴，" if rates else ""
    clause = rates.clause("D5") if rates else ""
    for (person, on), checks in sorted(bans.shams.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        what = "、".join(
            f"{time_text(check.at)} 在{sites[check.site]}抽查为{check.result.value}" for check in checks
        )
        text = cited(
            f"{on.year}年{on.month}月{on.day}日，{names[person]}{what}，经核实属实，{cancelled}予以通报批评",
            rates,
            "D5",
        )
        evidence = tuple(check.id for check in checks)
        drafts.append(CircularCase(person, names[person], on, checks[0].site, text + "。", clause, evidence))
    return tuple(drafts)
