"""A form for a file of the enrolment: what it says, its fingerprint, and the tick that it was compared by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from app.ui.exchange.fingerprint import Fingerprint
from app.ui.page import PageView
from app.ui.widgets.detail import fact_grid
from app.ui.widgets.fields import TickField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

FILES = "登记文件 (*.hme)"


class ComparedFileForm(SideForm):
    """Read a file, compare its fingerprint, carry out what it is for. done: that was carried out.

    Forms derive from it: `name` of the file's field, `stranger` whom the comparison keeps out; `asked`, `told` and
    `carry_out` say what is asked of the file, shown of it and done with it.
    """

    done = Signal()
    name, file_title, stranger = "", "", ""

    def __init__(self, page: PageView, title: str, save: str, note: str) -> None:
        super().__init__(title, save, note=note)
        self.page = page
        self.file = self.form.add(self.name, FilePick(self.file_title, filters=FILES, is_required=True))
        self.result = Slot(8)
        self.form.put(self.result)
        self.compared = self.form.add("compared", TickField("已电话核对，30 位数字逐组相同"))
        self.file.picked.connect(lambda _path: self._read())
        self.file.line.editingFinished.connect(self._read)
        self.compared.changed.connect(lambda: self.compared.show_fault(""))
        self.saved.connect(self._save)
        self._read_path: Path | None = None

    def begin(self) -> None:
        """An empty form."""
        self.form.clear()
        self._read_path = None
        self.result.show_items()
        self.compared.show()
        self.save_button.show()
        self.file.setFocus()

    # what a form of this kind says

    def asked(self, path: Path) -> Any:
        """The query that reads the file."""
        raise NotImplementedError

    def told(self, found: Any) -> Sequence[tuple[str, str]]:
        """What the file says, as facts."""
        raise NotImplementedError

    def carry_out(self, path: Path) -> None:
        """What is done once the fingerprint was compared; ends with `show_done`."""
        raise NotImplementedError

    def show_done(self, *items: Any) -> None:
        """The result in place of the file's facts."""
        self.compared.hide()
        self.save_button.hide()
        self.result.show_items(*items)
        self.done.emit()

    # steps

    def _read(self) -> None:
        path = self.file.value()
        if path is None or path == self._read_path:
            return
        self._read_path = path
        self.page.head.clear_banner()
        self.page.ask(self.asked(path), self._show, slot=self.name)

    def _show(self, found: Any) -> None:
        self.result.show_items(
            fact_grid(tuple(self.told(found))),
            label("指纹（请打电话逐组核对）", "label"),
            Fingerprint(found.fingerprint),
        )

    def _save(self) -> None:
        path = self.file.value()
        if not self.compared.value():
            self.compared.show_fault(f"请先电话核对指纹，再打勾：这一步防止有人冒充{self.stranger}")
            self.compared.setFocus()
        elif path is not None:
            self.carry_out(path)


def step_items(step: Any, words: str, about: str) -> tuple[Any, ...]:
    """A step of enrolment that is done: what, whose, which file, and the fingerprint."""
    return (
        Tag(words, "done", 14),
        fact_grid((("单位", f"{step.name}（{step.site}）"), ("文件", Path(step.file).name))),
        label(about, "label", wraps=True),
        Fingerprint(step.fingerprint),
    )
