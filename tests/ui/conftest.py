"""Windows without a screen: an offscreen Qt, the program's theme, an office that answers from memory."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.ui import freshness, style, theme


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["huimin"]


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """Every test starts with the light theme at 100 %."""
    if theme.current() != theme.Theme() or not qapp.styleSheet():
        style.apply(qapp)
    yield


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> Iterator[None]:
    """Windows closed by a test are gone before the next one starts."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    yield


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown may ask anew at once, except where a test is about that rest."""
    if "at_its_pace" not in request.keywords:
        monkeypatch.setattr(freshness, "REST_MS", 20)
