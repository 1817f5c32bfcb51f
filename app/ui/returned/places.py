"""Says on which page, and opened how, a record that was sent back is looked at and corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.services.returns.returns_list import ReturnView

CORRECTED_AT = {
    "consultation": "consultations", "duty": "attendance", "punch": "attendance", "legal_case": "cases",
}  # fmt: skip
"""Table of a record → the page with its form."""


def place_of(row: ReturnView) -> tuple[str, dict[str, Any]]:
    """The page and what it is to open; at the station that wrote the record its form opens at once."""
    may_correct = row.is_ours and row.may_correct
    page = CORRECTED_AT.get(row.table, "today")
    if page == "consultations":
        return page, {"id": row.row_id, "correct": may_correct}
    if page == "attendance":
        on = date.fromisoformat(row.on)
        return page, {"row": row.row_id, "on": on, "site": row.site, "correct": may_correct}
    return page, {"case": row.case} if page == "cases" else {}
