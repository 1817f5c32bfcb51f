"""A bundle of which only a part is here is taken in beside the work: the window opens, saves and asks meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import Cancelled
from app.services.drafts.keep_draft import SaveDraft
from app.services.exchange import prefixes, verifying
from app.services.exchange.receive import ImportBundles
from app.ui.begun_imports import BegunImports
from tests.exchange.forging import NoteMany
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.exchange.test_prefixes import PREFIX, Stops
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["county", "open_shell", "station"]
PEOPLE = 6 * PREFIX


@pytest.fixture
def begun(county: Place, station: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The county with the first of six parts."""
    monkeypatch.setattr(verifying, "BATCH", PREFIX)
    station.do(NoteMany(PEOPLE))
    with pytest.raises(Cancelled):
        county.office.do(ImportBundles((Path(station.export()[0].file),)), county.actor, Stops())
    assert county.count("person") == PREFIX
    return county


def test_the_window_is_usable_while_the_rest_comes(qtbot: Any, begun: Place, open_shell: OpenShell) -> None:
    shell = open_shell(begun)
    shell.go("inbox")
    settle(qtbot, shell)
    saved: list[int] = []
    beside = BegunImports(shell)
    qtbot.waitUntil(lambda: "正在收入" in shell.status.beside.text(), timeout=10_000)
    shoot(shell, "begun-imports")
    shell.desk.runner.do(SaveDraft("a", {"b": "c"}), lambda _value: saved.append(begun.count("person")))
    qtbot.waitUntil(lambda: bool(saved), timeout=5_000)
    assert saved[0] < PEOPLE and shell.progress.dialogs == {}
    settle(qtbot, shell)
    assert begun.count("person") == PEOPLE
    assert shell.status.beside.text() == "" and beside.parent() is shell


def test_a_window_that_closes_stops_it_at_a_whole_part(
    qtbot: Any, begun: Place, open_shell: OpenShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefixes, "PAUSE_SECONDS", 0.3)
    shell = open_shell(begun)
    BegunImports(shell)
    qtbot.waitUntil(lambda: begun.count("person") > PREFIX, timeout=10_000)
    assert shell.desk.runner.close()
    left = begun.count("person")
    assert PREFIX < left < PEOPLE and left % PREFIX == 0
    begun.office.finish_begun()
    assert begun.count("person") == PEOPLE
