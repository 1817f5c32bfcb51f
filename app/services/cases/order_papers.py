"""Puts the papers of a case's file into the order in which they are bound."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.case_files import CaseFileOrder
from app.services.cases.case_papers import papers_of
from app.services.cases.find import need_case, refuse_other_case


@dataclass(frozen=True)
class OrderPapers:
    """papers: ids of papers and of issued forms in their new order; those not named follow as the catalogue says."""

    case: str
    papers: tuple[str, ...]


@handles(OrderPapers, title="排列卷内材料", permission=Permission.RECORD_CASE)
def order_papers(work: Work, command: OrderPapers) -> str:
    """The id of the new order; the earlier ones stay. Raises Refused E313 … E315, E380."""
    case = need_case(work, command.case)
    refuse_other_case(work, case)
    held = papers_of(work, case.id)
    known = {row.id for row in held.scans} | {row.id for row in held.issues}
    if len(set(command.papers)) < len(command.papers) or not set(command.papers) <= known:
        raise Refused(
            "E380", "排列的材料里有重复的，或不是这一案的。请刷新后按卷内材料重新排列。", field="papers"
        )
    row = work.add(
        CaseFileOrder(
            site=case.site,
            case_id=case.id,
            papers=list(command.papers),
            ordered_by=work.actor.account,
            ordered_at=work.now.at,
        )
    )
    return str(row.id)
