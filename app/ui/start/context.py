"""What the start windows share: the data directory, the clock, work off the GUI thread, sentences for failures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject

from app.clock import Clock, SystemClock
from app.errors import Refused
from app.paths import DataDir
from app.ui.errors import Diagnostics, Said, say
from app.ui.runner import Runner


class NoOffice:
    """Stands where the runner wants an office while none is open."""

    def do(self, command: Any, actor: Any, progress: Any = None) -> Any:
        """Raises Refused E911."""
        raise Refused("E911", "数据目录里还没有办公点，请先完成初始设置。")

    def ask(self, query: Any, actor: Any, read: set[str] | None = None) -> Any:
        """Raises Refused E911."""
        return self.do(query, actor)

    def hear_commits(self, heard: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """There is nothing to hear."""
        return lambda: None


@dataclass
class Start:
    """Handed to every start window."""

    data: DataDir
    clock: Clock = field(default_factory=SystemClock)
    runner: Runner = field(default_factory=lambda: Runner(NoOffice()))

    def work(
        self,
        task: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Said], None],
        owner: QObject,
    ) -> None:
        """Run a blocking call off the GUI thread; its answer or its failure's sentence comes back on it."""
        self.runner.work(lambda _progress: task(), then, lambda error: failed(self.said(error)), owner=owner)

    def said(self, error: Exception) -> Said:
        """The sentence for a failure."""
        return say(error, Diagnostics(self.data.root / "diagnostics"))

    @property
    def has_office(self) -> bool:
        """Whether the data directory holds an office."""
        return self.data.tables.exists() and self.data.keys.exists()
