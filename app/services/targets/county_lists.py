"""Sums a county's funds and lists its cases without persons for the city above (Y21, Y25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from app.clock import local_date
from app.desk_values import PairKind
from app.kernel.work import Look, Work
from app.models.case_standings import CaseStandingRow as Kept
from app.models.figures import CaseFigure, FundUseFigure
from app.quarters import Quarter
from app.rules.funds.fund_use import FundUse, fund_use
from app.services.reading.funds import ledgers
from app.services.reading.merged import merged_ids
from app.services.reading.names import site_names
from app.services.reading.rulings import in_parts

SUMS = (
    "opening_fen", "ordered_fen", "arrived_fen", "duty_fen", "duty_count", "case_fen", "case_count", "other_fen",
    "balance_fen", "year_arrived_fen", "year_spent_fen",
)  # fmt: skip
"""Columns of a fund's quarter that the report of its use has too."""
SAME = (
    "kind",
    "form",
    "stage",
    "state",
    "grade",
    "received_on",
    "approved_on",
    "closed_on",
    "archived_on",
    "number",
)
"""Columns of a case that its kept standing has too."""
CASE_ID = "figure."


def refresh_county_lists(work: Work) -> int:
    """How many rows for the city changed: funds since last year's first quarter, cases open or touched since then."""
    today = local_date(work.now.at)
    since = date(today.year - 1, 1, 1)
    with work.unchanged():
        funds = tuple(_fund_rows(work, since, today))
        cases = tuple(_case_rows(work, since))
        told = {
            row.id: row
            for part in in_parts(str(one["id"]) for one in cases)
            for row in work.session.scalars(select(CaseFigure).where(CaseFigure.id.in_(part)))
        }
    changed = sum(_put_fund(work, row, today) for row in funds)
    return changed + sum(_put(work, CaseFigure, told.get(str(row["id"])), row) for row in cases)


def _fund_rows(look: Look, since: date, today: date) -> Iterable[dict[str, Any]]:
    """Of every quarter begun in which the fund had anything."""
    for ledger in ledgers(look):
        quarter = Quarter.of(since)
        while quarter.period.start <= today:
            use = fund_use(ledger, quarter)
            if _has_anything(use):
                yield {
                    "id": f"{look.office.code}/{use.fund.name}/{quarter}",
                    "quarter": str(quarter),
                    "fund": use.fund.value,
                    **{name: getattr(use, name) for name in SUMS},
                }
            quarter = quarter.next()


def _has_anything(use: FundUse) -> bool:
    return any(getattr(use, name) for name in SUMS)


def _put_fund(work: Work, row: Mapping[str, Any], today: date) -> bool:
    """A sum that is as it was travels once more only when the quarter has ended since."""
    held = work.session.get(FundUseFigure, row["id"])
    end = Quarter.parse(str(row["quarter"])).period.end
    is_whole = held is not None and held.summed_on > end
    if held is not None and (is_whole or today <= end) and _is_as_it_was(held, row):
        return False
    return _put(work, FundUseFigure, held, {**row, "summed_on": today})


def _case_rows(look: Look, since: date) -> Iterable[dict[str, Any]]:
    sites = site_names(look)
    merged = frozenset(look.session.scalars(merged_ids(PairKind.case)))
    days = (Kept.received_on, Kept.approved_on, Kept.closed_on, Kept.archived_on)
    wanted = or_(Kept.is_open.is_(True), *(day >= since for day in days))
    for kept in look.session.scalars(select(Kept).where(wanted).order_by(Kept.case_id)):
        yield {
            "id": f"{CASE_ID}{kept.case_id}"[:64],
            "site_name": sites.get(kept.site, kept.site),
            "matter": "" if kept.is_sealed else kept.matter,
            "is_merged": kept.case_id in merged,
            **{name: getattr(kept, name) for name in SAME},
        }


def _is_as_it_was(held: Any, row: Mapping[str, Any]) -> bool:
    return all(getattr(held, name) == value for name, value in row.items())


def _put(work: Work, kind: type[Any], held: Any, row: Mapping[str, Any]) -> bool:
    if held is None:
        work.add(kind(**row))
        return True
    if _is_as_it_was(held, row):
        return False
    for name, value in row.items():
        setattr(held, name, value)
    return True
