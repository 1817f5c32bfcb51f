"""All tables together, and the triggers that note changes and protect records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sqlalchemy import Table

from app.models.base import Base, Shared
from app.models.case_standings import case_triggers
from app.models.search_words import index_triggers
from app.models.travelling import personal_columns
from app.models.triggers import Trigger

CONTRACT = 2
"""Version of what change log entries mean between offices; not the number of a migration.

Raised with every change of the travelling columns; a test compares them with what was last agreed (tests/data).
"""

metadata = Base.metadata


@cache
def shared_classes() -> Mapping[str, type[Shared]]:
    """Table name → mapped class, for every table whose rows enter the change log."""
    return MappingProxyType(
        {
            str(mapper.local_table.description): mapper.class_
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, Shared)
        }
    )


@cache
def shared_class(name: str) -> type[Shared]:
    """The mapped class of a table whose rows enter the change log."""
    return shared_classes()[name]


def table(name: str) -> Table:
    """The table of that name."""
    return metadata.tables[name]


def table_title(name: str) -> str:
    """The Chinese name of a shareable table's records; 其他记录 for one that this version does not know."""
    return shared_classes()[name].title if name in shared_classes() else "其他记录"


UNTOUCHABLE = ("change_entry", "received_entry", "journal")
"""Tables whose rows are neither changed nor deleted by anybody."""

EVIDENCE = (
    "punch",
    "spot_check",
    "complaint",
    "consultation",
    "consultation_rating",
    "consultation_audit",
    "follow_up_call",
    "client_signature",
    "activity",
    "legal_case",
    "evidence_step",
    "inspection",
    "supervision_problem",
    "problem_step",
    "measure_step",
    "meeting",
)
"""Tables whose rows stay once they are logged: what is taken back is voided by a row of its own (`Voided`)."""

CASE_FACTS = (
    "legal_case",
    "case_recipient",
    "case_event",
    "case_paper",
    "case_note",
    "case_review_sheet",
    "quality_draw",
    "spot_draw",
)
"""Rows of cases and draws: neither changed nor deleted once they are logged; a wrong event is voided by a later one."""

RAW_EVENTS = ("punch", "consultation_rating", "client_signature")
"""Evidence that is not changed either.

Only personal values may be blotted out (`UPDATE … SET <personal column> = NULL`), for a lawful erasure.
"""

PAYEE_WORDS = ("payee_change", "payee_confirmation", "firm_account", "firm_confirmation")
"""Who typed and who confirmed an account: kept and blotted out as raw events are."""

FINAL_MONEY = (
    "pay_line",
    "payment",
    "pay_batch",
    "pay_batch_item",
    "pay_batch_step",
    "person_statement",
    "pay_reply",
    "pay_answer",
    "case_settlement",
    "case_line",
    "case_adjustment",
    "case_examination",
    "case_payment",
    "case_payment_item",
)
"""Tables whose own rows stand once they are logged: what was wrong is put right by a row of its own (P20, P25)."""


def triggers() -> list[Trigger]:
    """Every trigger; the only list there is, laid at set-up and after migrations."""
    found = []
    for name in sorted(shared_classes()):
        found += _noting(name)
    for name in UNTOUCHABLE:
        found += [_keeping(name, "UPDATE"), _keeping(name, "DELETE"), _no_replace(name)]
    for name in (*EVIDENCE, *PAYEE_WORDS):
        found.append(_undeletable(name))
    for name in (*RAW_EVENTS, *PAYEE_WORDS):
        found += [_no_replace(name), *_only_erasing(name)]
    for name in (*FINAL_MONEY, *CASE_FACTS):
        found += [one for one in _standing(name) if name not in EVIDENCE or one.verb != "DELETE"]
    return found + index_triggers() + case_triggers()


def trigger_names() -> dict[str, Trigger]:
    """Name → every trigger."""
    return {one.name: one for one in triggers()}


def _noting(name: str) -> list[Trigger]:
    """Note each row this office itself wrote and changed, whoever changed it and however.

    Old and new writer both count, so that a row neither leaves nor joins the office's own unnoticed.
    """
    own = "(SELECT code FROM office)"
    return [
        Trigger(
            name=f"note_{name}_{verb.lower()}",
            table=name,
            time="AFTER",
            verb=verb,
            condition=" OR ".join(f"{row}.writer = {own}" for row in rows),
            action=f"INSERT INTO pending (tbl, row_id) VALUES ('{name}', {rows[0]}.id) ON CONFLICT DO NOTHING",
        )
        for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("NEW", "OLD")), ("DELETE", ("OLD",)))
    ]


def _keeping(
    name: str, verb: str, condition: str = "", columns: tuple[str, ...] = (), of: str = ""
) -> Trigger:
    """Refuses a change of a row. of: what of the row, where it is told apart by more than the verb."""
    return Trigger(
        name=f"keep_{name}_{of or verb.lower()}",
        table=name,
        time="BEFORE",
        verb=verb,
        columns=columns,
        condition=condition,
    )


def _standing(name: str) -> list[Trigger]:
    """Own rows of the table are neither changed nor deleted once the log has them; personal values may be emptied.

    A row that the log has yet to take (`pending`) may still change: in the transaction that makes it, and where a
    change made outside the program is taken back.
    """
    own = f"OLD.writer = (SELECT code FROM office) AND {_is_logged(name)}"
    personal = personal_columns(table(name))
    changes = " OR ".join(
        f'NEW."{column.name}" IS DISTINCT FROM OLD."{column.name}"'
        + (f' AND NEW."{column.name}" IS NOT NULL' if column.name in personal else "")
        for column in table(name).columns
    )
    same = " AND ".join(
        f't."{column.name}" IS NOT DISTINCT FROM NEW."{column.name}"' for column in table(name).columns
    )
    there = (
        f"EXISTS (SELECT 1 FROM {name} t WHERE t.id = NEW.id AND t.writer = (SELECT code FROM office) "
        f"AND NOT ({same}))"
    )
    return [
        _keeping(name, "UPDATE", f"{own} AND ({changes})"),
        _keeping(name, "DELETE", own),
        _keeping(name, "INSERT", there),
    ]


def _undeletable(name: str) -> Trigger:
    """Rows are not deleted, but where `pending` says that one was changed outside the program and is to be set right."""
    return _keeping(name, "DELETE", _is_logged(name))


def _is_logged(name: str) -> str:
    """Whether the log has the row as it stands."""
    return f"NOT EXISTS (SELECT 1 FROM pending WHERE tbl = '{name}' AND row_id = OLD.id)"


def _only_erasing(name: str) -> list[Trigger]:
    """An update may only empty personal columns."""
    columns, personal = tuple(table(name).columns.keys()), personal_columns(table(name))
    kept = tuple(column for column in columns if column not in personal)
    return [
        _keeping(name, "UPDATE", columns=kept),
        *(
            _keeping(name, "UPDATE", f'NEW."{column}" IS NOT NULL', (column,), of=column)
            for column in personal
        ),
    ]


def _no_replace(name: str) -> Trigger:
    keys = " AND ".join(f"t.{column.name} = NEW.{column.name}" for column in table(name).primary_key)
    return _keeping(name, "INSERT", f"EXISTS (SELECT 1 FROM {name} t WHERE {keys})")
