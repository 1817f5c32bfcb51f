"""How lists and panes show how far a record has got on its way to the bureau."""

from __future__ import annotations

from typing import Any

from app.services.reading.delivery import Delivery
from app.ui.theme import State
from app.ui.widgets.detail import Fact
from app.ui.widgets.table_model import Column
from app.values import DeliveryState

TONES: dict[DeliveryState, State] = {
    DeliveryState.waiting: State.DUE,
    DeliveryState.sent: State.INFO,
    DeliveryState.received: State.DONE,
    DeliveryState.returned: State.FAULT,
}
SHORT = {DeliveryState.sent: "待回执"}
"""Words of a column, where the whole one is too long for it."""


def delivery_tag(row: Any) -> tuple[State, str] | None:
    """A row's tag; None for a record that goes to no bureau."""
    found: Delivery | None = row.delivery
    return (TONES[found.state], SHORT.get(found.state, found.state)) if found else None


def delivery_column(*, yields: int) -> Column:
    """The column of a station's list; it goes first where the list is too narrow."""
    return Column("delivery", "上报", 84, "tag", tag=delivery_tag, is_sortable=False, yields=yields)


def delivery_facts(found: Delivery | None) -> list[Fact]:
    """The lines of a pane, with the bureau's reason where it was sent back."""
    if found is None:
        return []
    state: Fact = ("上报", found.state.value, TONES[found.state])
    return [state, ("退回原因", found.fault)] if found.fault else [state]
