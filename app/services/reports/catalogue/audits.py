"""How soon each site's records were audited, and what the audits found (Q13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.reading.audits import AuditView, audits_of
from app.services.reading.names import site_names
from app.services.reading.voids import not_voided
from app.services.reports.report import Report
from app.values import AuditResult, Period

COLUMNS = (
    SheetColumn("site", "站点", width=12),
    SheetColumn("records", "咨询记录", "number", width=5, total=True),
    SheetColumn("audited", "已审核", "number", width=5, total=True),
    SheetColumn("waiting", "未审核", "number", width=5, total=True),
    SheetColumn("average", "平均天数", width=5, align="right"),
    SheetColumn("longest", "最长天数", "number", width=5),
    SheetColumn("late", "逾期审核", "number", width=5, total=True),
    SheetColumn("faulty", "缺项或不规范", "number", width=6, total=True),
    SheetColumn("mended", "补正后合格", "number", width=6, total=True),
)


@dataclass
class _Tally:
    """A site's records; days: from the record to its first audit, one a record."""

    records: int = 0
    days: list[int] = field(default_factory=list)
    faulty: int = 0
    mended: int = 0


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By site; days count from the day of the record to the day of its first audit."""
    due = int(look.pack.settings["audit_due_days"].value or 0)
    names = site_names(look)
    found = _tallied(look, period)
    for site in sorted(found):
        one = found[site]
        late = sum(days > due for days in one.days) if due else 0
        yield (
            names.get(site, site),
            one.records,
            len(one.days),
            one.records - len(one.days),
            f"{sum(one.days) / len(one.days):.1f}" if one.days else "—",
            max(one.days, default=0),
            late,
            one.faulty,
            one.mended,
        )


def _tallied(look: Look, period: Period) -> dict[str, _Tally]:
    return look.once(("audits tallied", period), lambda: _tally(look, period))


def _tally(look: Look, period: Period) -> dict[str, _Tally]:
    found: dict[str, _Tally] = defaultdict(_Tally)
    kept: dict[str, tuple[str, date]] = {}
    for row in look.session.execute(
        select(Consultation.id, Consultation.site, Consultation.on).where(
            Consultation.on.between(period.start, period.end), not_voided(Consultation)
        )
    ):
        kept[row.id] = (row.site, row.on)
        found[row.site].records += 1
    audits: dict[str, list[AuditView]] = defaultdict(list)
    for audit in audits_of(look, kept):
        audits[audit.consultation_id].append(audit)
    for record, own in audits.items():
        site, on = kept[record]
        tally = found[site]
        tally.days.append(max(0, (own[0].at.date() - on).days))
        was_faulty = any(one.result is not AuditResult.passed for one in own)
        tally.faulty += was_faulty
        tally.mended += was_faulty and own[-1].result is AuditResult.passed
    return found


def _totals(look: Look, period: Period, rows: tuple[Row, ...]) -> Row:
    """Sums of the counts; the average over all records, not over sites."""
    found = _tallied(look, period).values()
    days = [one for tally in found for one in tally.days]
    sums = [sum(int(str(row[place])) for row in rows) for place in (1, 2, 3, 6, 7, 8)]
    average = f"{sum(days) / len(days):.1f}" if days else "—"
    return ("合计", *sums[:3], average, max(days, default=0), *sums[3:])


REPORT = Report(
    key="audits",
    title="咨询审核时效",
    columns=COLUMNS,
    rows=rows,
    totals=_totals,
    permission=Permission.REPORT,
    orientation="landscape",
    notes=("天数从咨询当日算到第一次审核之日；补正后合格，指先审为缺项或不规范、后来审为合格的。",),
)
