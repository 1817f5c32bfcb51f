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
from app.values import Level


@dataclass(frozen=True)
class Place:
    """Which office this is and who sits there.

    code: the office's own. own_duty_site: code of the site where the office's own duties are held: a station's is
    itself, a bureau's its centre.
    """

    code: str
    site_name: str
    level: Level
    own_duty_site: str
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
    def level(self) -> Level:
        return self.place.level

    @property
    def is_bureau(self) -> bool:
        """Whether this office has sites below it that it keeps or reviews."""
        return self.place.level is not Level.station

    @property
    def own_duty_site(self) -> str:
        """The site where this office's own duties are held."""
        return self.place.own_duty_site

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
