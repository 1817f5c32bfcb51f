"""Fills the steps of the first start as somebody would, for the pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.demo.offices import PASSWORD, DemoOffice

if TYPE_CHECKING:
    from app.ui.start.new_bureau import NewBureauView
    from app.ui.widgets.table import Table


def fill_pack(view: NewBureauView, like: DemoOffice) -> None:
    """The pack of the demonstration, chosen."""
    select_row(view.pack.table, like.office.identity.pack_key)


def fill_bureau(view: NewBureauView, like: DemoOffice) -> None:
    """The county, chosen."""
    select_row(view.bureau.table, like.code)


def select_row(table: Table, wanted: str) -> None:
    """The row of that id, chosen."""
    table.select(next((row for row in table.rows() if row.id == wanted), None))


def fill_administrator(view: NewBureauView, _like: DemoOffice) -> None:
    """The administrator, typed."""
    view.admin.name.set_value("admin")
    view.admin.password.first.set_value(PASSWORD)
    view.admin.password.again.set_value(PASSWORD)


def fill_recovery(view: NewBureauView, _like: DemoOffice) -> None:
    """The recovery code, noted down."""
    view.recovery.ticked.set_value(True)


STEPS = (fill_pack, fill_bureau, fill_administrator, fill_recovery)
"""In the order of the wizard, from its second step on."""
