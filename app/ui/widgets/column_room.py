"""Tells which columns of a table go where there is no room for all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.ui.theme import px
from app.ui.widgets.table_model import Column

FREE = 104
"""What a column without a width of its own is counted with, in pixels of the 100 % drawing."""


def yielding(chosen: Sequence[Column], empty: Collection[str], room: int) -> set[str]:
    """Keys of the columns that go: those without any value (`empty`) first, then the least needed. room: pixels."""
    may_go = [one for one in chosen if one.yields or one.key in empty]
    needed, gone = sum(px(column.width or FREE) for column in chosen), set[str]()
    for column in sorted(may_go, key=lambda one: (one.key not in empty, -one.yields)):
        if needed <= room:
            break
        gone.add(column.key)
        needed -= px(column.width or FREE)
    return gone
