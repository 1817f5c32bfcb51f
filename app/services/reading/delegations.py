"""Reads which intake points the county lets decide applications, and on which days (G11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.kernel.work import Look
from app.models.organisation import ApprovalDelegation

Delegations = dict[str, tuple[tuple[date, date], ...]]


def delegations_of(look: Look, sites: Iterable[str]) -> Delegations:
    """Site → the spans of days, both included, in which it decides; only what its own bureau said counts."""
    deciding = look.office.code if look.office.is_bureau else look.office.parent
    found: dict[str, list[tuple[date, date]]] = {}
    query = select(ApprovalDelegation).where(
        ApprovalDelegation.site.in_(sorted(set(sites))), ApprovalDelegation.writer == deciding
    )
    for row in look.session.scalars(query):
        found.setdefault(row.site, []).append((row.since, row.until or date.max))
    return {site: tuple(spans) for site, spans in found.items()}


def is_delegated(delegations: Delegations, site: str, *days: date) -> bool:
    """Whether the site decides on each of the days."""
    spans = delegations.get(site, ())
    return all(any(since <= day <= until for since, until in spans) for day in days)
