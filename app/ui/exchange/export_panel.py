"""Writes bundles to a stick in a few presses: choose where, wait, compare the code, pull it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.services.exchange.desk import DeskView
from app.services.exchange.export import Exported
from app.ui.errors import Said
from app.ui.exchange.check_code import CheckCode, grouped
from app.ui.exchange.drives import Drive, drives, size_words
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.detail import fact_grid
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

LOOK_AGAIN_MS = 2000


class ExportPanel(Card):
    """wanted(folder): to be written there. left: the panel is put away."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, find_drives: Callable[[], list[Drive]] = drives) -> None:
        super().__init__("导出", spacing=12)
        self._find = find_drives
        self._drives: list[Drive] = []
        self.buttons: list[Button] = []
        self.what = label("", "muted", wraps=True)
        self.banner = Banner()
        self.sticks = Slot(8)
        self.folder = FilePick("或写到其他文件夹", mode="folder", hint="选择文件夹")
        self.go = Button("写入并核对", self._write, kind=PRIMARY)
        self.result = Slot(12)
        self._ask = QWidget()
        stack = QVBoxLayout(self._ask)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        for asked in (label("写到哪个 U 盘", "label"), self.sticks, self.folder):
            stack.addWidget(asked)
        self._foot = row(self.go, Button("返回", self.left.emit), None)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(12))
        for part in (self.what, self.banner, self._ask, self.result):
            inner.addWidget(part)
        inner.addStretch(1)
        scroll.setWidget(holder)
        self.add(scroll, stretch=1)
        self.add(self._foot)
        self.folder.changed.connect(lambda: self._choose(None))
        self.folder.entered.connect(self._write)
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_for_sticks)

    def begin(self, desk: DeskView) -> None:
        """Say what will be written and ask where to."""
        is_up = all(peer.relation == "parent" for peer in desk.admitted)
        self.set_title("导出上报包" if is_up else "导出回执包")
        self.what.setText(_what(desk, is_up=is_up))
        self.banner.hide()
        self.result.show_items()
        self._ask.show()
        self.go.show()
        if self.folder.value() is None and desk.folder:
            self.folder.set_value(desk.folder)
        self._drives = []
        self._look_for_sticks()
        self._again.start()
        (self.buttons[0] if self.buttons else self.folder).setFocus()

    def show_done(self, written: Sequence[Exported]) -> None:
        """What was written and read back; it may be pulled out. What was not is named first."""
        done = [item for item in written if item.is_written]
        missing = [
            f"{item.code} {item.recipient_name}没有导出：{item.text}"
            for item in written
            if not item.is_written
        ]
        missing += [f"{item.recipient_name}：{words}" for item in written for words in item.set_aside]
        self.set_busy(False)
        self._again.stop()
        self._ask.hide()
        self.go.hide()
        self.what.setText(Path(done[0].file).parent.as_posix())
        if missing:
            self.banner.show_text("\n".join(missing), "fault")
        self.result.show_items(row(Tag("已写好并读回核对，可以拔出", "done", 14), None), *map(_written, done))

    def show_fault(self, said: Said) -> None:
        """Why nothing was written."""
        self.set_busy(False)
        self.banner.show_text(str(said), "fault" if said.is_fault else "info")

    def set_busy(self, is_busy: bool) -> None:
        """While it is being written, nothing can be pressed twice."""
        self.go.setEnabled(not is_busy)
        self.go.set_text("正在写入…" if is_busy else "写入并核对")

    def target(self) -> Path | None:
        """The chosen stick, else the folder."""
        for button, drive in zip(self.buttons, self._drives, strict=True):
            if button.isChecked():
                return drive.path
        return self.folder.value()

    def _write(self) -> None:
        target = self.target()
        self.banner.hide()
        if target is None:
            self.banner.show_text("请先插入 U 盘或选择文件夹", "due")
            return
        self.set_busy(True)
        self.wanted.emit(target)

    def _look_for_sticks(self) -> None:
        found = self._find()
        if found == self._drives and self.buttons:
            return
        chosen = self.target()
        self._drives = found
        self.buttons = [self._button(drive) for drive in found]
        nothing = label("没有插入 U 盘；插入后会自动列出。", "muted", wraps=True)
        self.sticks.show_items(*(self.buttons if self.buttons else (nothing,)))
        kept = (
            [drive.path for drive in found].index(chosen)
            if chosen in [drive.path for drive in found]
            else None
        )
        if kept is not None or (len(found) == 1 and self.folder.value() is None):
            self.buttons[kept or 0].setChecked(True)

    def _button(self, drive: Drive) -> Button:
        made = Button(drive.words, icon="stick", size=40)
        made.setCheckable(True)
        made.clicked.connect(lambda: self._choose(made))
        return made

    def _choose(self, chosen: Button | None) -> None:
        for button in self.buttons:
            button.setChecked(button is chosen)
        if chosen is not None:
            self.folder.set_value(None)

    def hideEvent(self, event: object) -> None:
        self._again.stop()


def _what(desk: DeskView, *, is_up: bool) -> str:
    if not desk.waiting:
        return "没有新记录；仍可导出，让对方知道本单位一切正常。"
    whom = "上级还没有回执的" if is_up else "下级还没有回执的"
    return f"包含{whom}全部记录 {desk.waiting:,} 条，其中 {desk.unsent:,} 条是第一次导出。以前的包丢了也不要紧，这次一并带上。"


def _written(bundle: Exported) -> QWidget:
    card = Card(bundle.recipient_name, pad=12, spacing=8)
    card.add(
        CheckCode(bundle.check_code, f"校验码　对方导入后应看到 {grouped(bundle.check_code)}"),
        fact_grid(
            (
                ("文件", Path(bundle.file).name),
                ("记录", f"{bundle.entries:,} 条"),
                ("大小", size_words(bundle.size)),
                *((("程序更新", "、".join(bundle.beside)),) if bundle.beside else ()),
            )
        ),
    )
    return card
