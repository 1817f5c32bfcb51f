"""Says why a case's personal values cannot be erased yet: it goes on, its money is not through, or the agency must do it."""

from __future__ import annotations

from sqlalchemy import select

from app.case_values import CaseOutcome, CaseState
from app.errors import Refused
from app.kernel.work import Look
from app.models.cases import CaseEventRow, LegalCase
from app.models.funds import CasePaymentItem, StoredCaseAdjustment, StoredCaseLine
from app.rules.cases.facts import CaseStanding
from app.services.reading.cases import standings_of
from app.services.reading.rulings import is_bureau_code
from app.values import LineOrigin

OVER = frozenset(
    {
        CaseState.lapsed,
        CaseState.withdrawn,
        CaseState.refused,
        CaseState.merged,
        CaseState.transferred,
        CaseState.archived,
    }
)
"""States after which nobody works on a case here any more."""


def refuse_needed_case(look: Look, row: LegalCase) -> None:
    """Raises Refused E362 while the case goes on, E363 while its subsidy is not through, E364 at a station for a case
    that the agency has written on: the agency's word empties its own rows too."""
    standing = refuse_going_on(look, row.id)
    if standing is None:
        return
    if not look.office.is_bureau:
        _refuse_agencys(look, row)
    elif standing.state is CaseState.archived and not _is_paid(look, standing):
        raise Refused(
            "E363",
            "这件案件的办案补贴还没有结清（定稿、发放，应收回的收回），结清以后才能删除。",
            field="key",
        )


def refuse_going_on(look: Look, case: str) -> CaseStanding | None:
    """Where the case stands, None where it is not here. Raises Refused E362 while somebody works on it."""
    standing = standings_of(look, [case]).get(case)
    if standing is not None and (standing.state not in OVER or standing.objected_on):
        raise Refused(
            "E362", f"这件案件还在办理（{standing.state}），归档或终结以后才能依法删除个人信息。", field="key"
        )
    return standing


def _refuse_agencys(look: Look, row: LegalCase) -> None:
    writers = look.session.scalars(
        select(CaseEventRow.writer).where(CaseEventRow.case_id == row.id).distinct()
    )
    if any(map(is_bureau_code, writers)):
        raise Refused(
            "E364", "这件案件已由县法律援助机构办理，请由县里依法删除，删除后会随上报包传来。", field="key"
        )


def _is_paid(look: Look, standing: CaseStanding) -> bool:
    """Every line and adjustment is paid, reversed or comes to nothing; an archived case has at least one line."""
    lines = look.session.scalars(select(StoredCaseLine).where(StoredCaseLine.case_id == standing.case)).all()
    changes = look.session.scalars(
        select(StoredCaseAdjustment).where(StoredCaseAdjustment.case_id == standing.case)
    ).all()
    undone = {one.adjusts for one in changes if one.origin == LineOrigin.reversal}
    due = {one.id for one in lines if one.outcome == CaseOutcome.pays} - undone
    due |= {one.id for one in changes if one.origin != LineOrigin.reversal and one.fen}
    paid = set(look.session.scalars(select(CasePaymentItem.line_id).where(CasePaymentItem.line_id.in_(due))))
    return any(one.outcome != CaseOutcome.waits for one in lines) and due <= paid
