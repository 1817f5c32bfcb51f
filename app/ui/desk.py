"""What a page may use of its surroundings: the runner, the office's facts, navigation, messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from app.clock import Clock, SystemClock, local
from app.ui.drafts import DraftKeeper, MemoryDrafts
from app.ui.errors import Diagnostics, Said, say
from app.ui.runner import Runner


@dataclass(frozen=True)
class Place:
    """Which office this is and who sits there; level is 市, 县 or 站."""

    site_code: str
    site_name: str
    level: str
    user_name: str
    role: str


@dataclass(frozen=True)
class Hit:
    """One line of the search of everything: title, second line, and the page that opens it."""

    title: str
    hint: str
    page: str
    wanted: dict[str, Any] = field(default_factory=dict)
    kind: str = ""


class Search(Protocol):
    """Finds across the office; calls back on the GUI thread with what it found."""

    def __call__(self, text: str, then: Callable[[Sequence[Hit]], None]) -> None: ...


class Surroundings(Protocol):
    """What the shell does for the desk."""

    def go(self, key: str, **wanted: Any) -> None: ...

    def toast(self, text: str, state: str = "done") -> None: ...

    def open_palette(self) -> None: ...

    def open_help(self, key: str = "") -> None: ...


@dataclass
class Desk:
    """Handed to every page. may(permission) tells what the person may do; unlock checks the password."""

    runner: Runner
    place: Place
    clock: Clock = field(default_factory=SystemClock)
    may: Callable[[Any], bool] = lambda _permission: True
    drafts: DraftKeeper = field(default_factory=MemoryDrafts)
    search: Search | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    shell: Surroundings | None = None

    @property
    def level(self) -> str:
        return self.place.level

    def today(self) -> date:
        """The office's calendar date."""
        return self.now().date()

    def now(self) -> datetime:
        """Naive local time of the office's zone."""
        return local(self.clock.now().at)

    def say(self, error: BaseException) -> Said:
        """The sentence for a failure; the unexpected is written to the diagnostics."""
        return say(error, self.diagnostics)

    def go(self, key: str, **wanted: Any) -> None:
        """Show another page."""
        if self.shell is not None:
            self.shell.go(key, **wanted)

    def toast(self, text: str, state: str = "done") -> None:
        """A brief message at the window's lower edge."""
        if self.shell is not None:
            self.shell.toast(text, state)

    def open_palette(self) -> None:
        """The search of everything."""
        if self.shell is not None:
            self.shell.open_palette()

    def open_help(self, key: str = "") -> None:
        """The help, at a chapter."""
        if self.shell is not None:
            self.shell.open_help(key)
