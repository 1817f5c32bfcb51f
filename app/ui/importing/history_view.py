"""Shows what was imported before, and undoes an import whole."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dates import month_day_text
from app.services.importing.batches import BatchView, ImportBatches
from app.services.importing.undo import UndoImport
from app.ui.page import PageView
from app.ui.widgets.button import DANGER, Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column

SIDE = 372


class HistoryView(QWidget):
    """The imports, newest first, and the one selected."""

    def __init__(self, page: PageView) -> None:
        super().__init__()
        self._page = page
        self.table = Table(_COLUMNS, name="导入过的表格", empty="还没有导入过表格。")
        self.pane, self.confirm = DetailPane(), ConfirmLine()
        self.table.selected.connect(self._show)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(columns((Card(pad=1).add(self.table, stretch=1), 1), (self.pane, SIDE)), 1)

    def load(self) -> None:
        """Ask for the imports."""
        self._page.ask(ImportBatches(), self.table.set_rows)

    def _show(self, batch: BatchView | None) -> None:
        if batch is None:
            self.pane.show_nothing()
            return
        self.confirm = ConfirmLine()
        self.pane.begin(f"{batch.kind}　{month_day_text(batch.at)} {batch.at:%H:%M}").add(self.confirm).facts(
            ("文件", batch.file),
            ("导入人", batch.by),
            ("存入", f"{batch.accepted} 行"),
            ("已有", f"{batch.unchanged} 行"),
            ("跳过", f"{batch.refused} 行"),
            ("状态", *_state(batch)[::-1]),
        )
        if batch.undone_at is not None:
            self.pane.facts(("撤销时间", f"{batch.undone_at:%Y-%m-%d %H:%M}")).end()
            return
        self.pane.note(
            "撤销会撤回这次存入的全部行，考勤、抽查、投诉、咨询和它的评价、审核留作“已作废”；"
            "其中有的已被使用（排了班、已上报）时，整批不能撤销。"
        )
        self.pane.end(Button("撤销这次导入", lambda: self._ask(batch), kind=DANGER))

    def _ask(self, batch: BatchView) -> None:
        self.confirm.ask(
            f"将撤回“{batch.file}”存入的 {batch.accepted} 行。",
            "撤销",
            lambda _reason: self._page.do(UndoImport(batch.id), self._undone),
            is_dangerous=True,
        )

    def _undone(self, removed: int) -> None:
        self._page.done(f"已撤销，撤回 {removed} 条")


def _state(batch: BatchView) -> tuple[str, str]:
    return ("none", "已撤销") if batch.is_undone else ("done", "已存入")


_COLUMNS = (
    Column("at", "时间", 140, "datetime"),
    Column("kind", "表格", 88),
    Column("file", "文件"),
    Column("by", "导入人", 96),
    Column("accepted", "存入", 64, "number"),
    Column("unchanged", "已有", 64, "number"),
    Column("refused", "跳过", 64, "number"),
    Column("state", "状态", 92, "tag", tag=_state),
)
