"""Shows the bureau which site has reported which month, and when each was last heard from (Y22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Duty
from app.models.organisation import OfficeRow, Site
from app.models.pay import Submission
from app.models.records import ReceivedStream
from app.services.money.submissions import MonthState, SiteMonth, site_months
from app.services.reading.incoming import incomplete_offices
from app.services.reading.sites import has_admitted_office, is_own_site, own_sites
from app.values import Month, SiteKind


@dataclass(frozen=True)
class ReviewMatrix:
    """The months up to one (2022-05), several of them side by side."""

    month: str
    months: int = 4


BY_BUREAU = "代录"
"""A site without a program, until the bureau has reported its month."""


@dataclass(frozen=True)
class MatrixCell:
    """A site's month.

    is_overdue: it should have been reported by now; is_expected False: before this office began. is_paper: the bureau
    enters and reports it itself, so that nobody else is late with it.
    """

    state: SiteMonth
    is_overdue: bool = False
    is_expected: bool = True
    is_paper: bool = False

    @property
    def word(self) -> str:
        """未报 零报 已收 审核中 退回 通过, 代录 until the bureau has entered it, nothing before the office began."""
        if not self.is_expected:
            return ""
        return BY_BUREAU if self.is_paper and self.state.is_open else self.state.state.value


@dataclass(frozen=True)
class MatrixRow:
    """A site. heard_at: naive local; None where the bureau keeps the site's books itself (is_paper) or never heard.

    is_incomplete: a bundle of it waits unread, so that every sum lacks some of its records.
    """

    id: str
    name: str
    is_paper: bool
    heard_at: datetime | None
    cells: tuple[MatrixCell, ...]
    is_incomplete: bool = False


@dataclass(frozen=True)
class MatrixView:
    """The matrix; the last month is the one asked for. due_at: naive local, None where the pack sets no day."""

    months: tuple[Month, ...]
    rows: tuple[MatrixRow, ...]
    due_at: datetime | None

    @property
    def is_complete(self) -> bool:
        """Whether every site's last month is approved and no bundle of a site waits unread."""
        return all(
            row.cells[-1].state.state is MonthState.passed and not row.is_incomplete for row in self.rows
        )

    @property
    def overdue(self) -> tuple[MatrixRow, ...]:
        """The sites that are late with the last month."""
        return tuple(row for row in self.rows if row.cells[-1].is_overdue)


@answers(ReviewMatrix, permission=Permission.LOOK)
def review_matrix(look: Look, query: ReviewMatrix) -> MatrixView:
    """The bureau's sites, its centre first."""
    months = months_up_to(Month.parse(query.month), query.months)
    sites = [site for site in own_sites(look) if site.is_active]
    sites.sort(key=lambda site: (site.kind == SiteKind.station.value, site.id))
    states = site_months(look, [site.id for site in sites], months)
    heard = _heard(look)
    now = local(look.now.at)
    due = [due_at(look, month) for month in months]
    begun = _begun(look)
    paper = {site.id: _is_paper(look, site) for site in sites}
    gaps = incomplete_offices(look)
    rows = tuple(
        MatrixRow(
            site.id,
            site.short_name or site.name,
            paper[site.id],
            heard.get(site.id),
            tuple(
                _cell(states[site.id, month], until, now, is_expected=month >= begun, is_paper=paper[site.id])
                for month, until in zip(months, due, strict=True)
            ),
            site.id in gaps,
        )
        for site in sites
    )
    return MatrixView(months, rows, due[-1])


def due_at(look: Look, month: Month) -> datetime | None:
    """When a site's month is due, naive local; None where the pack names no day."""
    setting = look.pack.settings.get("submission_due_day")
    if setting is None or not isinstance(setting.value, int):
        return None
    day = month.next().first_day + timedelta(days=setting.value - 1)
    return datetime.combine(day, _due_hour(look))


def _due_hour(look: Look) -> time:
    """The hour of the pack's monthly report, else the end of the day."""
    rule = next((one for one in look.pack.calendar if one.name == "monthly_report"), None)
    return time(rule.hour) if rule is not None and rule.hour else time(23, 59)


def _cell(
    state: SiteMonth, until: datetime | None, now: datetime, *, is_expected: bool, is_paper: bool
) -> MatrixCell:
    is_expected = is_expected or state.number > 0
    is_late = state.is_open and until is not None and now > until
    return MatrixCell(state, is_expected and is_late and not is_paper, is_expected, is_paper)


def _begun(look: Look) -> Month:
    """The month this office was set up in, or the first one it has duties of, whichever is earlier."""
    made = look.session.scalar(select(OfficeRow.made_at))
    first = look.session.scalar(select(func.min(Duty.on)).where(Duty.version.is_not(None)))
    dates = [local(made).date() if made else None, first]
    return min(Month.of(one) for one in dates if one)


def months_up_to(last: Month, count: int) -> tuple[Month, ...]:
    """So many months, the last one named."""
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous())
    return tuple(reversed(found))


def _heard(look: Look) -> dict[str, datetime]:
    """Site → when its last bundle came, else when its last month was put in here."""
    last = select(func.max(Submission.submitted_at)).where(Submission.site == Site.id).scalar_subquery()
    put = look.session.execute(select(Site.id, last))
    found = {site: local(_aware(at)) for site, at in put if at}
    streams = look.session.execute(
        select(ReceivedStream.site, func.max(ReceivedStream.heard_at)).group_by(ReceivedStream.site)
    )
    return found | {site: local(_aware(at)) for site, at in streams}


def _aware(at: datetime | str) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


def _is_paper(look: Look, site: Site) -> bool:
    return not is_own_site(look, site.id) and not has_admitted_office(look, site.id)
