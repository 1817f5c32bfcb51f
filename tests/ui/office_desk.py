"""A page on a real office: made in a temporary directory, shown in a window of its own, waited for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.kernel.permissions import Actor
from app.ui.desk import Desk, Place
from app.ui.page import PageView
from app.ui.runner import Runner
from tests.services.conftest import Desk as OfficeDesk

WIDTH, HEIGHT = 1190, 692
"""The room a page has in a window of 1366 × 768."""


@dataclass
class Toasts:
    """A shell that only remembers."""

    said: list[str] = field(default_factory=list)

    def toast(self, text: str, state: str = "done") -> None:
        self.said.append(text)

    def go(self, key: str, **wanted: Any) -> None:
        self.said.append(f"→ {key}")

    def open_palette(self) -> None:
        self.said.append("palette")

    def open_help(self, key: str = "") -> None:
        self.said.append("help")


def built(page: Any) -> Any:
    """A page, whole: what is left to build is built at once."""
    page.building.finish()
    return page


class Shown:
    """A page of an office, with waiting and pictures."""

    def __init__(self, qtbot: Any, office: OfficeDesk, factory: Any, actor: Actor | None = None):
        self.qtbot = qtbot
        self.runner = Runner(office.office, actor or office.actor)
        identity = office.office.identity
        place = Place(
            identity.code,
            identity.name,
            identity.level,
            identity.own_site,
            self.runner.actor.display_name,
            "管理员",
        )
        self.toasts = Toasts()
        self.desk = Desk(self.runner, place, office.clock, may=self.runner.actor.may, shell=self.toasts)
        self.page: PageView = built(factory(self.desk))
        qtbot.addWidget(self.page)
        self.page.resize(WIDTH, HEIGHT)
        self.page.show()
        self.page.refresh()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is queued any more."""
        self.qtbot.waitUntil(
            lambda: not self.runner.is_busy and not self.page.fresh.is_waiting, timeout=10_000
        )
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def picture(self, name: str) -> None:
        """Write a PNG where HUIMIN_SHOTS says."""
        self.settle()
        QApplication.processEvents()
        if folder := os.environ.get("HUIMIN_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.grab().save(str(Path(folder) / f"{name}.png"))

    def close(self) -> None:
        """Stop the threads before the office closes."""
        self.page.close()
        self.runner.close()
