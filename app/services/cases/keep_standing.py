"""Keeps beside each case what its events came to, in the transaction that changed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from app.kernel.handlers import follows_cases
from app.kernel.work import Look, Work
from app.models.case_standings import CaseStale, CaseStandingRow
from app.models.case_words import CaseWordsRow, index_cases
from app.models.cases import CaseRecipient, LegalCase
from app.rules.cases.event_rule import OPEN
from app.rules.cases.facts import CaseStanding
from app.services.cases.register_case import application_number
from app.services.reading.case_clocks import next_due
from app.services.reading.cases import standings_of

BATCH = 500
Others = tuple[tuple[str | None, str | None], ...]


@follows_cases
def keep_standings(work: Work) -> None:
    """Make the standing of every case anew whose rows changed."""
    while stale := work.session.scalars(select(CaseStale.case_id).limit(BATCH)).all():
        _keep(work, stale)


def _keep(work: Work, ids: Sequence[str]) -> None:
    found = standings_of(work, ids)
    work.session.execute(delete(CaseStandingRow).where(CaseStandingRow.case_id.in_(ids)))
    work.session.execute(delete(CaseStale).where(CaseStale.case_id.in_(ids)))
    if found:
        work.session.execute(insert(CaseStandingRow), [kept(work, one) for one in found.values()])
    rows = work.session.scalars(select(LegalCase).where(LegalCase.id.in_(found)))
    others = _others(work, ids)
    index_cases(
        work.session.connection(), ids, [_words(row, found[row.id], others.get(row.id, ())) for row in rows]
    )


def _others(work: Work, ids: Sequence[str]) -> dict[str, Others]:
    """Case → whom a joint claim helps besides the applicant."""
    found: dict[str, Others] = {}
    wanted = select(CaseRecipient.case_id, CaseRecipient.name, CaseRecipient.id_number)
    rows = work.session.execute(wanted.where(CaseRecipient.case_id.in_(ids)).order_by(CaseRecipient.id))
    for case, name, id_number in rows.tuples():
        found[case] = (*found.get(case, ()), (name, id_number))
    return found


def _words(row: LegalCase, standing: CaseStanding, others: Others) -> CaseWordsRow:
    return CaseWordsRow(
        case_id=row.id,
        received_on=standing.facts.received_on,
        applicant=row.applicant,
        phone=row.phone,
        id_number=row.id_number,
        number=standing.number,
        application=application_number(row),
        others=others,
    )


def kept(look: Look, standing: CaseStanding) -> dict[str, Any]:
    """The columns of a kept standing."""
    handler = standing.handlers[-1] if standing.handlers else None
    facts, due = standing.facts, next_due(look, standing)
    return {
        "case_id": standing.case,
        "site": standing.site,
        "state": standing.state.value,
        "is_open": standing.state in OPEN,
        "number": standing.number,
        "kind": facts.kind.value,
        "form": facts.form.value if facts.form else "",
        "stage": facts.stage.value if facts.stage else "",
        "ground": facts.ground.value if facts.ground else "",
        "matter": facts.matter,
        "received_on": facts.received_on,
        "approved_on": standing.approved_on,
        "assigned_on": standing.assigned_on,
        "closed_on": standing.closed_on,
        "archived_on": standing.archived_on,
        "is_terminated": standing.is_terminated,
        "is_sealed": facts.is_sealed,
        "handler": handler.name if handler else "",
        "firm": handler.firm if handler else "",
        "person_id": handler.person if handler else "",
        "handler_kind": handler.kind.value if handler and handler.kind else "",
        "grade": standing.grade.value if standing.grade else "",
        "entered_number": standing.entered_number,
        "entered_on": standing.entered_on,
        "due_on": due.on,
        "due_clock": due.title,
        "is_lost": bool(due.lost),
        "misfits": len(standing.misfits),
    }
