"""A file opened from the desktop leads to the page it belongs to; where there is no office, to the way to begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.paths import DataDir
from app.ui.look import Appearance
from app.ui.opened_file import show_first
from app.ui.start.context import Start
from app.ui.start.join import JoinView
from app.ui.start.restore import RestoreView
from app.ui.start.window import StartWindow


@dataclass
class Entry:
    """A page's key."""

    key: str


@dataclass
class PagesOnly:
    """A shell that only remembers where it was sent."""

    pages: list[Entry]
    went: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def go(self, key: str, **wanted: Any) -> None:
        self.went.append((key, wanted))


@pytest.mark.parametrize(
    ("pages", "name", "key", "more"),
    [
        ("today inbox exchange settings", "a.hmb", "inbox", {}),
        ("today exchange settings", "a.HMB", "exchange", {}),
        ("today exchange settings", "a.hme", "exchange", {}),
        ("today exchange settings", "a.hmbak", "settings", {"tab": "backup"}),
        ("today exchange settings", "a.hmu", "settings", {"tab": "update"}),
    ],
)
def test_each_kind_of_file_has_its_page(pages: str, name: str, key: str, more: dict[str, str]) -> None:
    shell = PagesOnly([Entry(one) for one in pages.split()])
    show_first(shell, Path(name))  # type: ignore[arg-type]
    assert shell.went == [(key, {**more, "file": Path(name)})]


@pytest.mark.parametrize("file", [None, Path("a.txt"), Path("a.hmb")])
def test_without_such_a_page_the_first_one_shows(file: Path | None) -> None:
    shell = PagesOnly([Entry("people"), Entry("today")])
    show_first(shell, file)  # type: ignore[arg-type]
    assert shell.went == [("today", {})]


@pytest.mark.parametrize(("name", "kind"), [("a.hmbak", RestoreView), ("a.hme", JoinView)])
def test_without_an_office_the_file_says_how_to_begin(
    qtbot: Any, tmp_path: Path, name: str, kind: type
) -> None:
    file = tmp_path / name
    file.write_bytes(b"not a real one")
    window = StartWindow(Start(DataDir(tmp_path / "data")), Appearance(), file=file)
    qtbot.addWidget(window)
    assert isinstance(window.view, kind)
    picked = window.view.file if kind is RestoreView else window.view.invitation.file  # type: ignore[attr-defined]
    assert picked.value() == file
    window.close()
