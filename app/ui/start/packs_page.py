"""The steps that choose the policy pack, with its totals, and the bureau of its tree."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.pinyin import matches
from app.services.office.offered_packs import BureauChoice, PackChoice, TotalCheck, offered_packs
from app.ui.errors import Said
from app.ui.start.context import Start
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card, column
from app.ui.widgets.fields import LineField
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label


class PackPage(QWidget):
    """The packs in a table, the totals of the chosen one below. picked: Enter or double click."""

    picked = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.banner = Banner()
        self.table = Table(
            [Column("title", "工作方案", sub=lambda pack: f"{pack.document}　有效期 {pack.validity}")],
            name="工作方案",
            empty="没有可用的工作方案",
            has_header=False,
            row_height=52,
        )
        self.totals: QLabel = label("", "note", wraps=True)
        self.table.selected.connect(self._show)
        self.table.activated.connect(lambda _row: self.picked.emit())
        layout = column(self.banner, Card(pad=1).add(self.table), self.totals, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._start = start
        self._read()

    def _read(self) -> None:
        self.table.pending.wait()
        self._start.work(offered_packs, self.table.set_rows, self._fail, self)

    def value(self) -> PackChoice | None:
        """The pack chosen."""
        pack: PackChoice | None = self.table.current()
        return pack

    def check(self) -> bool:
        """Whether one is chosen."""
        if self.value() is None:
            self.banner.show_text("请先选一个工作方案", "due")
        return self.value() is not None

    def _show(self, pack: PackChoice | None) -> None:
        self.banner.hide()
        self.totals.setVisible(pack is not None)
        if pack is not None:
            self.totals.setText("核对合计　" + "；".join(_total_words(check) for check in pack.totals))

    def _fail(self, said: Said) -> None:
        self.banner.show_text(str(said), "fault")
        self.table.pending.fail(self._read)


def _total_words(check: TotalCheck) -> str:
    if check.is_equal:
        return f"{check.name} {check.stated:,} ✓"
    return f"{check.name} 文件写 {check.stated}，各项相加 {check.summed}（{check.discrepancy}）"


class BureauPage(QWidget):
    """The bureaus of a pack with a search. picked: Enter or double click."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bureaus: tuple[BureauChoice, ...] = ()
        self.banner = Banner()
        self.search = LineField("查找", hint="名称、拼音首字母或代码，如 yh、140802")
        self.table = Table(
            [
                Column("name", "单位", kind="strong"),
                Column("id", "代码", 120),
                Column("level", "层级", 80),
                Column("desks", "下设", 220, "muted"),
            ],
            name="单位",
            empty="没有符合的单位，请换个写法",
        )
        self.search.changed.connect(self._filter)
        self.search.entered.connect(self._to_table)
        self.table.activated.connect(lambda _row: self.picked.emit())
        layout = column(self.banner, self.search, Card(pad=1).add(self.table), spacing=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_bureaus(self, bureaus: tuple[BureauChoice, ...]) -> None:
        """The bureaus of the pack chosen."""
        if bureaus != self._bureaus:
            self._bureaus = bureaus
            self.search.set_value("")
            self._filter()
        self.search.setFocus()

    def value(self) -> BureauChoice | None:
        """The bureau chosen."""
        bureau: BureauChoice | None = self.table.current()
        return bureau

    def check(self) -> bool:
        """Whether one is chosen."""
        if self.value() is None:
            self.banner.show_text("请先选本单位", "due")
        return self.value() is not None

    def _to_table(self) -> None:
        if len(self.table.rows()) == 1:
            self.picked.emit()
        else:
            self.table.setFocus()

    def _filter(self) -> None:
        self.banner.hide()
        typed = self.search.value()
        found = (
            [one for one in self._bureaus if one.id.startswith(typed)]
            if typed.isdecimal()
            else [one for one in self._bureaus if matches(typed, one.name)]
        )
        self.table.set_rows(found)
