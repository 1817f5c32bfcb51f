"""What a page is: its entry in the navigation, and the base every page is built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.answers import AnswerKeeper
from app.ui.building import Building
from app.ui.freshness import Freshness
from app.ui.runner import hand_over
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.field import Field
from app.ui.widgets.head import PageHead
from app.ui.widgets.table import Table
from app.values import Level

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.runner import Job

ALL_LEVELS = frozenset(Level)
BUREAUS = ALL_LEVELS - {Level.station}


@dataclass(frozen=True)
class Page:
    """One entry of the navigation.

    group: entries of one group stand together, a rule between groups. order: within the group.
    permission: who may see it (None: everybody). levels: which offices see it; titles: how it is called at one of them.
    factory: makes the page when it is first shown. is_listed: False for pages reached from others only.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[Desk], PageView]
    group: int = 0
    order: int = 0
    permission: Any = None
    levels: frozenset[Level] = ALL_LEVELS
    is_listed: bool = True
    titles: tuple[tuple[Level, str], ...] = ()

    def title_at(self, level: Level) -> str:
        """The title, or the one named for this level of office in `titles`."""
        return dict(self.titles).get(level, self.title)


@dataclass(frozen=True)
class Action:
    """A named step for the palette (Ctrl+K): run() on the GUI thread; keys as shown to the person."""

    title: str
    run: Callable[[], None]
    keys: str = ""
    hint: str = ""


class PageView(QWidget):
    """The base of pages: a head, a body, and hooks the shell calls.

    What is costly to make is made in build(), part by part; the page is seen, and its hooks are called, once all of it is there.
    What it shows follows the tables that its queries read: `fresh` calls refresh() when one of them was touched.
    help_key: its chapter in the help.
    """

    help_key = ""

    def __init__(self, desk: Desk, title: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.fresh = Freshness(
            self, desk.runner, lambda: self.refresh(), is_seen=self.isVisible, is_held=self._is_confirming
        )
        self.building = Building(self, self.build)
        self._answers = AnswerKeeper(self, self._ask_again)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.head = PageHead(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(24), px(16), px(24), px(16))
        self.body.setSpacing(px(16))
        self.body.addWidget(self.head)

    # hooks: pages override what they need

    def build(self) -> Iterator[None]:
        """Make head, filters, table and pane; a `yield` between two parts lets the window take what was typed meanwhile."""
        yield from ()

    def refresh(self) -> None:
        """Ask for what the page shows; called when it is shown stale, and when it becomes stale while shown.

        What is typed, chosen and open stays as it is: the change may be somebody else's.
        """

    def open_with(self, **wanted: Any) -> None:
        """Take what another page or the search asked to see; called before the page is shown."""

    def focus_first(self) -> None:
        """Put the focus where work begins: by default the first field or table, else the first button."""
        for kind in (Field, Table, Button):
            for one in self.findChildren(kind):
                if one.isVisible() and one.isEnabled() and not self.head.isAncestorOf(one):
                    one.setFocus()
                    return

    def steps(self) -> Sequence[Action]:
        """Steps of this page offered in the palette while it is shown."""
        return ()

    def new_item(self) -> None:
        """Ctrl+N."""

    def print_item(self) -> None:
        """Ctrl+P."""

    def save_item(self) -> None:
        """Ctrl+Enter."""

    def search(self) -> None:
        """F3: put the focus into the page's own search field, else the search of everything."""
        self.desk.open_palette()

    def go_back(self) -> bool:
        """Esc: leave a detail or a form without losing it; whether there was something to leave."""
        return False

    # services: pages call these

    def ask(self, query: Any, then: Callable[[Any], None], *, slot: str = "") -> Job:
        """Ask; only the newest answer of this page and slot arrives.

        A failure shows as a banner, and in place of what the answer would have filled.
        """
        name = slot or type(query).__name__
        return self.desk.runner.ask(
            query,
            lambda found: self._answers.take(name, query, lambda: hand_over(then, found)),
            lambda error: self._not_answered(name, query, error),
            owner=self,
            slot=slot,
        )

    def do(
        self,
        command: Any,
        then: Callable[[Any], None] | None = None,
        *,
        form: Any = None,
        title: str = "",
        is_long: bool = False,
    ) -> Job:
        """Carry out; a refusal stands in the page's banner, and beside the form's fields that it speaks of."""
        self.head.clear_banner()
        taker = self.fail if form is None else (lambda error: self.refuse(form, error))
        return self.desk.runner.do(command, then, taker, title=title, is_long=is_long)

    def fail(self, error: Exception) -> None:
        """Show a failure as the page's banner."""
        said = self.desk.say(error)
        self.head.show_banner(str(said), "fault" if said.is_fault else "info")

    def refuse(self, form: Any, error: Exception) -> None:
        """Show a refusal beside the form's fields and as the banner, until what was refused is changed."""
        said = self.desk.say(error)
        text = str(said)
        left = form.show_problems(said.problems, lambda: self.head.withdraw(text))
        text = str(left[0]) if left else text
        self.head.show_banner(text, "fault" if said.is_fault else "info")

    def done(self, text: str) -> None:
        """Tell briefly that something is done."""
        self.desk.toast(text)

    def _not_answered(self, slot: str, query: Any, error: Exception) -> None:
        self._answers.fail(slot, query)
        self.fail(error)

    def _ask_again(self) -> None:
        self.head.clear_banner()
        self.refresh()

    def _is_confirming(self) -> bool:
        """Whether a question stands open; the row it speaks of does not change beneath the hand."""
        return any(line.isVisible() for line in self.findChildren(ConfirmLine))
