"""Brings rows that were written under an older contract up to the present one; the only place that knows how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column

from app.models.schema import CONTRACT, table
from app.models.travelling import FIRST_CONTRACT, stored_default, travelling

Values = dict[str, Any]

UPCASTS: Mapping[tuple[str, int], Callable[[Values], Values]] = {}
"""(table, contract) → a pure function that makes such a row one of the next contract.

Only for what a declared default cannot say, such as a value that another column tells. Personal values are among
the values, under their names. Contract 1 is the first that was released: nothing is older.
"""


def upcast(name: str, contract: int, values: Mapping[str, Any]) -> Values:
    """The row as the present contract has it; a row of a newer contract comes back as it is."""
    raised, contract = dict(values), max(contract, FIRST_CONTRACT)
    for written in range(contract, CONTRACT):
        if (name, written) in UPCASTS:
            raised = UPCASTS[name, written](raised)
    for column in _added_after(name, contract):
        raised.setdefault(column.name, stored_default(column))
    return raised


@cache
def _added_after(name: str, contract: int) -> tuple[Column[Any], ...]:
    """The columns that a row of that contract cannot have."""
    return tuple(column for column in table(name).columns if travelling(column).since > contract)
