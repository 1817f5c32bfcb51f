"""What each village had of the service: told of it, asked, served, followed up (Q14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.outreach import Activity, Errand, Posting
from app.models.service_desk import Consultation, ConsultationRating
from app.services.reading.names import site_names
from app.services.reading.rulings import speaks_of_record
from app.services.reading.voids import not_voided
from app.services.reports.report import Report
from app.values import Period, RatingChannel

UNNAMED = "（未填村）"
FIGURES = (
    ("posted", "宣传张贴"),
    ("advice", "咨询人次"),
    ("services", "服务活动"),
    ("reached", "惠及人数"),
    ("errands", "转办事项"),
    ("closed", "已了结"),
    ("called", "已回访"),
)
COLUMNS = (
    SheetColumn("site", "站点", width=9),
    SheetColumn("village", "村（社区）", width=10),
    *(SheetColumn(key, title, "number", width=5, total=True) for key, title in FIGURES),
)
Key = tuple[str, str]


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line for each village of each site that had anything; sums only, nobody named."""
    found: dict[Key, dict[str, int]] = defaultdict(dict)
    for names, query in _queries(period):
        for site, village, *sums in look.session.execute(query):
            held = found[site, village or UNNAMED]
            held.update({name: int(number or 0) for name, number in zip(names, sums, strict=True)})
    sites = site_names(look)
    for (site, village), held in sorted(found.items()):
        yield (sites.get(site, site), village, *(held.get(key, 0) for key, _title in FIGURES))


def _queries(period: Period) -> Iterable[tuple[tuple[str, ...], Select[Any]]]:
    """What is summed, and of which rows by site and village."""
    of = (period.start, period.end)
    one = func.count()
    village = func.trim(Consultation.village)
    records = select(Consultation.site, village).group_by(Consultation.site, village)
    of_record = (Consultation.on.between(*of), not_voided(Consultation))
    yield (
        ("posted",),
        select(Posting.site, Posting.village, func.sum(Posting.copies))
        .where(Posting.on.between(*of))
        .group_by(Posting.site, Posting.village),
    )
    yield ("advice",), records.add_columns(one).where(*of_record)
    yield (
        ("services", "reached"),
        select(Activity.site, Activity.village, one, func.sum(Activity.reached))
        .where(Activity.on.between(*of), not_voided(Activity))
        .group_by(Activity.site, Activity.village),
    )
    closed = func.count().filter(Errand.result != "")
    yield (
        ("errands", "closed"),
        records.add_columns(one, closed)
        .join(Errand, Errand.consultation_id == Consultation.id)
        .where(Errand.begun_on.between(*of), not_voided(Consultation)),
    )
    called = ConsultationRating.channel == RatingChannel.follow_up.value
    yield (
        ("called",),
        records.add_columns(func.count(Consultation.id.distinct()))
        .join(ConsultationRating, speaks_of_record(ConsultationRating))
        .where(*of_record, called),
    )


REPORT = Report(
    key="villages",
    title="村（社区）服务统计表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    heads=lambda look, period: look.office.name,
    notes=("宣传、咨询、服务、转办、回访，一村一行；只列合计，不列个人。",),
    orientation="landscape",
    needs_approval=False,
)
