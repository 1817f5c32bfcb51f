"""The base of pages made of tabs, each a table with its pane: what the keys do, they do in the tab in front."""

from __future__ import annotations

from typing import Any

from app.ui.page import PageView
from app.ui.tab import Tab, tab_in_front
from app.ui.widgets.tabs import Tabs


class TabbedPage(PageView):
    """A page that makes its `tabs` in build()."""

    tabs: Tabs

    def refresh(self) -> None:
        if (tab := self.tab()) is not None:
            tab.load()

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("tab") in self.tabs.names():
            self.tabs.show_tab(str(wanted["tab"]))

    def focus_first(self) -> None:
        if (tab := self.tab()) is not None:
            tab.table.setFocus()

    def new_item(self) -> None:
        if (tab := self.tab()) is not None and self.may_add():
            tab.new_item()

    def save_item(self) -> None:
        if (tab := self.tab()) is not None:
            tab.side.submit_form()

    def go_back(self) -> bool:
        tab = self.tab()
        return tab.side.close_form() if tab is not None else False

    def tab(self) -> Tab | None:
        """The tab in front."""
        return tab_in_front(self.tabs)

    def may_add(self) -> bool:
        """Whether the tab in front takes a new item from whoever sits here."""
        return True
