"""Numbers the published states of a site's month, so that a wall, a bundle and a screen can be compared (Y04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local, local_date
from app.kernel.work import Look, Work
from app.models.duties import RosterVersion
from app.models.organisation import Site
from app.services.reading.duties import duties_in_force
from app.services.roster.poster import version_code
from app.values import Month


@dataclass(frozen=True)
class VersionView:
    """A published version; published_at: naive local. is_late: after a duty had begun. is_backfilled: 补录."""

    number: int
    published_at: datetime
    published_by: str
    is_late: bool
    is_backfilled: bool
    check_code: str

    @property
    def words(self) -> str:
        """第 2 版 · 校验码 1234 5678 · 晚于开班发布."""
        flag = " · 补录" if self.is_backfilled else " · 晚于开班发布" if self.is_late else ""
        return f"第 {self.number} 版 · 校验码 {self.check_code[:4]} {self.check_code[4:]}{flag}"


def roster_versions(look: Look, site: str, month: Month) -> tuple[VersionView, ...]:
    """Every version of a site's month, the first one first."""
    rows = look.session.scalars(
        select(RosterVersion)
        .where(RosterVersion.site == site, RosterVersion.month == str(month))
        .order_by(RosterVersion.number, RosterVersion.published_at)
    )
    return tuple(
        VersionView(
            row.number,
            local(row.published_at),
            row.published_by,
            row.is_late,
            row.is_backfilled,
            row.check_code,
        )
        for row in rows
    )


def next_number(look: Look, site: str, month: Month) -> int:
    """The number the next version gets."""
    return max((version.number for version in roster_versions(look, site, month)), default=0) + 1


def add_version(
    work: Work, site: Site, month: Month, number: int, starts: Iterable[datetime]
) -> RosterVersion:
    """Store a version of what is in force now; starts: naive local starts of the duties it brings or changes."""
    duties = duties_in_force(work, month, site.id)
    is_late = any(start <= local(work.now.at) for start in starts)
    row: RosterVersion = work.add(
        RosterVersion(
            site=site.id,
            month=str(month),
            number=number,
            published_at=work.now.at,
            published_by=work.actor.display_name or work.actor.name,
            is_late=is_late,
            is_backfilled=month.last_day < local_date(work.now.at),
            check_code=version_code(work, site, month, number, duties),
            duty_ids=[duty.id for duty in duties],
        )
    )
    return row
