"""Settles a month at every site by the evidence known now, once for all who ask until the evidence changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.clock import local_date
from app.kernel.work import Found, Look
from app.rules.duty.facts import MonthFacts
from app.rules.pay.lines import MonthSettlement
from app.rules.pay.settle import settle
from app.services.reading.month import month_facts
from app.services.reading.sites import own_sites
from app.values import Month


def settled_now(look: Look, month: Month, site: str | None = None) -> tuple[MonthFacts, MonthSettlement]:
    """The facts of a month, at one site or at every site this office answers for, and what they come to."""
    asked = None if [one.id for one in own_sites(look)] == [site] else site  # one that stands for all of them
    key = ("settled now", month, asked)
    return look.once(key, lambda: kept_of_month(look, month, key, lambda: _settled(look, month, asked)))


def kept_of_month(look: Look, month: Month, key: tuple[Any, ...], find: Callable[[], Found]) -> Found:
    """What find() gives of a month, kept until its tables are touched where no clock can change it any more.

    A duty counts as over some minutes after its end, so a month waits a day longer than its last.
    """
    if local_date(look.now.at) <= month.last_day + timedelta(days=1):
        return find()
    return look.lasting(key, find)


def _settled(look: Look, month: Month, site: str | None) -> tuple[MonthFacts, MonthSettlement]:
    facts = month_facts(look, month, site)
    return facts, settle(facts, look.pack.rates, look.pack.rule_settings)
