"""Settles a month at every site by the evidence known now, once for all who ask in one look."""

from __future__ import annotations

from app.kernel.work import Look
from app.rules.duty.facts import MonthFacts
from app.rules.pay.lines import MonthSettlement
from app.rules.pay.settle import settle
from app.services.reading.month import month_facts
from app.services.reading.sites import own_sites
from app.values import Month


def settled_now(look: Look, month: Month, site: str | None = None) -> tuple[MonthFacts, MonthSettlement]:
    """The facts of a month, at one site or at every site this office answers for, and what they come to."""
    asked = None if [one.id for one in own_sites(look)] == [site] else site  # one that stands for all of them
    return look.once(("settled now", month, asked), lambda: _settled(look, month, asked))


def _settled(look: Look, month: Month, site: str | None) -> tuple[MonthFacts, MonthSettlement]:
    facts = month_facts(look, month, site)
    return facts, settle(facts, look.pack.rates, look.pack.rule_settings)
