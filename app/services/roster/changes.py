"""Reads the changes of a month's published duties, each with who, when and why (Y22a)."""

from __future__ import annotations

from sqlalchemy import select

from app.clock import local
from app.kernel.work import Look
from app.models.duties import Duty, RosterChange
from app.rules.duty.duty_view import DutyView
from app.services.reading.duties import duty_views
from app.services.roster.month_view import DutyChange
from app.values import Month


def changes_of(look: Look, site: str, month: Month) -> tuple[DutyChange, ...]:
    """The changes of duties of the month, the newest first."""
    span = (month.first_day, month.last_day)
    rows = look.session.scalars(
        select(RosterChange)
        .join(Duty, Duty.id == RosterChange.duty_id)
        .where(Duty.site == site, Duty.on.between(*span))
        .order_by(RosterChange.changed_at.desc(), RosterChange.id.desc())
    ).all()
    ids = {row.duty_id for row in rows} | {row.new_duty_id for row in rows if row.new_duty_id}
    duties = {
        row.id: row
        for row in look.session.scalars(select(Duty).where(Duty.site == site, Duty.on.between(*span)))
    }
    views: dict[str, DutyView] = {
        view.id: view for view in duty_views(look, (duties[i] for i in ids if i in duties))
    }
    return tuple(
        DutyChange(
            row.kind,
            views[row.duty_id],
            views.get(row.new_duty_id),
            row.reason or "",
            local(row.changed_at),
            row.changed_by,
        )
        for row in rows
        if row.duty_id in views
    )
