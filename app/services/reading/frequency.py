"""How often the county wants a station on duty, as it was in force on a date (Y09)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.kernel.work import Look
from app.models.organisation import SiteFrequency


def frequency_in_force(look: Look, site: str, on: date) -> SiteFrequency | None:
    """What the county set for the station on a date; None: weekly, as the document has it."""
    query = select(SiteFrequency).where(SiteFrequency.site == site, SiteFrequency.valid_from <= on)
    return look.session.scalar(
        query.order_by(SiteFrequency.valid_from.desc(), SiteFrequency.id.desc()).limit(1)
    )
