"""What the events of each case came to, kept beside them so that lists, due days and counts need not fold them again.

Nothing here travels or is evidence: it can be thrown away and made again from the rows of `cases`.
"""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, DateText, Flag
from app.models.triggers import Trigger

READINGS = "pack_reading"
"""What periods run by: after a change of it the cases with a due day are reckoned anew."""
DELEGATIONS = "approval_delegation"
"""Who may decide: after a change of it the cases of its intake point are judged anew."""
SOURCES = ("legal_case", "case_event", "voided", READINGS, DELEGATIONS, "case_recipient")
"""The tables that a case's standing and its words in the index are made from."""
_ONCE = " ON CONFLICT DO NOTHING"
_CASE_OF = {"legal_case": "id", "case_event": "case_id", "case_recipient": "case_id"}


class CaseStandingRow(Base):
    """One case as it stands; dates are None and words "" where the case has not come so far.

    due_on: the nearest day by which something must be done, and due_clock what. is_lost: open, and no clock runs.
    """

    __tablename__ = "case_standing"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    state: Mapped[str]
    is_open: Mapped[bool] = mapped_column(Flag)
    number: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str]
    stage: Mapped[str]
    ground: Mapped[str]
    matter: Mapped[str]
    received_on: Mapped[date] = mapped_column(DateText)
    approved_on: Mapped[date | None] = mapped_column(DateText)
    assigned_on: Mapped[date | None] = mapped_column(DateText)
    closed_on: Mapped[date | None] = mapped_column(DateText)
    archived_on: Mapped[date | None] = mapped_column(DateText)
    is_terminated: Mapped[bool] = mapped_column(Flag)
    is_sealed: Mapped[bool] = mapped_column(Flag)
    handler: Mapped[str]
    firm: Mapped[str]
    person_id: Mapped[str]
    handler_kind: Mapped[str]
    grade: Mapped[str]
    entered_number: Mapped[str]
    entered_on: Mapped[date | None] = mapped_column(DateText)
    due_on: Mapped[date | None] = mapped_column(DateText)
    due_clock: Mapped[str]
    is_lost: Mapped[bool] = mapped_column(Flag)
    misfits: Mapped[int]


Index("ix_case_standing_received_on", CaseStandingRow.received_on, CaseStandingRow.case_id)
Index("ix_case_standing_state", CaseStandingRow.state, CaseStandingRow.received_on)
Index("ix_case_standing_due_on", CaseStandingRow.due_on)
Index("ix_case_standing_open", CaseStandingRow.is_open, CaseStandingRow.due_on)
Index("ix_case_standing_approved_on", CaseStandingRow.approved_on)
Index("ix_case_standing_assigned_on", CaseStandingRow.assigned_on, CaseStandingRow.handler)
Index("ix_case_standing_closed_on", CaseStandingRow.closed_on)
Index("ix_case_standing_archived_on", CaseStandingRow.archived_on)
Index("ix_case_standing_number", CaseStandingRow.number)
Index("ix_case_standing_lost", CaseStandingRow.is_lost)
Index("ix_case_standing_misfits", CaseStandingRow.misfits)


class CaseStale(Base):
    """A case whose rows changed since its standing was made; whoever reads it meanwhile folds its events."""

    __tablename__ = "case_stale"

    case_id: Mapped[str] = mapped_column(primary_key=True)


def case_triggers() -> list[Trigger]:
    """Note each case of which a row changed, whoever changed it and however; a reading of the document changes the
    periods of every case that is not archived, a delegation what its intake point's steps are worth."""
    due = "SELECT case_id FROM case_standing WHERE due_on IS NOT NULL OR is_lost = 1"
    rows = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    return [
        _stale("voided", "INSERT", "VALUES (NEW.row_id)", "NEW.tbl = 'legal_case'"),
        *(_stale(READINGS, verb, due) for verb, _ in rows),
        *(
            _stale(DELEGATIONS, verb, f"SELECT id FROM legal_case WHERE site = {row}.site")
            for verb, row in rows
        ),
        *(
            _stale(table, verb, f"VALUES ({row}.{column})")
            for table, column in _CASE_OF.items()
            for verb, row in rows
        ),
    ]


def _stale(table: str, verb: str, cases: str, condition: str = "") -> Trigger:
    return Trigger(
        name=f"stale_{table}_{verb.lower()}",
        table=table,
        time="AFTER",
        verb=verb,
        condition=condition,
        action=f"INSERT INTO case_stale (case_id) {cases}{_ONCE}",
    )
