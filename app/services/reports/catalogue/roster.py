"""The roster ledger: every duty of a period with its hours, person and how it came to stand (Y04, Y09, Y22a)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.clock import local
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Duty, RosterChange, RosterVersion
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.services.reading.duties import duties_in_force, duty_views
from app.services.reports.report import Report
from app.values import Month, Period

COLUMNS = (
    SheetColumn("on", "日期", "date", 6),
    SheetColumn("site", "站点", width=10),
    SheetColumn("hours", "时段", width=8, align="center"),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("person_kind", "人员类别", width=6),
    SheetColumn("organisation", "所属机构", width=10),
    SheetColumn("kind", "值班类型", width=5),
    SheetColumn("version", "版次", "number", 3),
    SheetColumn("note", "变更", width=12),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Duties in force and cancelled ones, by date, hours and site."""
    names = {site.id: site.name for site in look.session.scalars(select(Site))}
    changes = _changes(look, period)
    late = _late_versions(look, period)
    made = {change.new_duty_id: change for change in changes if change.new_duty_id}
    standing = [(duty, _how(made.get(duty.id), late, duty)) for duty in duties_in_force(look, period)]
    cancelled = {change.duty_id: change for change in changes if not change.new_duty_id}
    gone = look.session.scalars(select(Duty).where(Duty.id.in_(cancelled)))
    standing += [(duty, _words(cancelled[duty.id])) for duty in duty_views(look, gone)]
    for duty, note in sorted(
        standing, key=lambda pair: (pair[0].on, pair[0].ranges, pair[0].site, pair[0].name)
    ):
        yield (
            duty.on,
            names.get(duty.site, duty.site),
            duty.hours,
            duty.name,
            duty.person_kind,
            duty.organisation,
            duty.kind.value,
            duty.version,
            note,
        )


def _changes(look: Look, period: Period) -> list[RosterChange]:
    query = (
        select(RosterChange)
        .join(Duty, Duty.id == RosterChange.duty_id)
        .where(Duty.on.between(period.start, period.end))
        .order_by(RosterChange.changed_at, RosterChange.id)
    )
    return list(look.session.scalars(query))


def _late_versions(look: Look, period: Period) -> dict[tuple[str, str, int], str]:
    """(site, month, number) → 补录 or 晚于开班发布."""
    months = [str(month) for month in period.months()]
    found = look.session.scalars(
        select(RosterVersion).where(RosterVersion.month.in_(months), RosterVersion.is_late)
    )
    return {
        (row.site, row.month, row.number): "补录" if row.is_backfilled else "晚于开班发布" for row in found
    }


def _how(change: RosterChange | None, late: dict[tuple[str, str, int], str], duty: DutyView) -> str:
    if change is not None:
        return _words(change)
    return late.get((duty.site, str(Month.of(duty.on)), duty.version or 0), "")


def _words(change: RosterChange) -> str:
    reason = f"：{change.reason}" if change.reason else ""
    return f"{change.kind}{reason}（{change.changed_by} {local(change.changed_at):%m-%d %H:%M}）"


REPORT = Report(
    key="roster",
    title="值班排班表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)
