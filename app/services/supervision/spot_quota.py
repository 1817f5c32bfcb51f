"""Counts the spot checks that this office made in a month against what is asked of it (Q03)."""

from __future__ import annotations

from sqlalchemy import func, select

from app.kernel.work import Look
from app.models.duties import SpotCheck
from app.rules.supervision.quota import Quota, spot_checks_asked
from app.services.reading.voids import not_voided
from app.values import Month


def spot_quota(look: Look, month: Month) -> Quota:
    """One round at one site and moment is one check, however many people it named. A station is asked for none."""
    asked, clause = spot_checks_asked(look.pack) if look.office.is_bureau else (0, "")
    return Quota("本月抽查", _rounds(look, month), asked, month.last_day, clause)


def _rounds(look: Look, month: Month) -> int:
    own = select(SpotCheck.site, SpotCheck.at).where(
        SpotCheck.on.between(month.first_day, month.last_day),
        SpotCheck.writer == look.office.code,
        not_voided(SpotCheck),
    )
    return look.session.scalar(select(func.count()).select_from(own.distinct().subquery())) or 0
