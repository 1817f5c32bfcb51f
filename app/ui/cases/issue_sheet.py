"""Chooses a legal-aid form for a case: the likeliest first, found by typing, looked at before it gets its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.pinyin import filtered
from app.services.cases.case_forms import OfferedForm
from app.ui.theme import State
from app.ui.widgets.button import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column

Use = Callable[[OfferedForm], object]


class IssueSheet(SideForm):
    """The forms with what was put out; Enter looks at one, Ctrl+Enter puts it out, Ctrl+P prints it."""

    def __init__(self, forms: Sequence[OfferedForm], *, see: Use, print_it: Use, export: Use) -> None:
        super().__init__(
            "出具文书",
            "出具",
            note="出具、打印、存文件时编号；同一步再做，还是原来的号。",
            keys="Ctrl Return",
            is_note_first=True,
        )
        self._forms = tuple(forms)
        self.words = LineField("", hint="找文书：名称或拼音首字母")
        self.form.put(self.words)
        self.list = Table(COLUMNS, name="可以出具的文书", empty="没有这样的文书。", has_header=False)
        self.look = Button("预览", lambda: self._with_chosen(see), keys="Alt P")
        self.print_button = Button("打印", lambda: self._with_chosen(print_it), keys="Ctrl P", icon="print")
        self.export_button = Button("存为 PDF…", lambda: self._with_chosen(export), icon="download")
        self.hold_list(self.list, self.look, self.print_button, self.export_button)
        self.list.activated.connect(see)
        self.words.changed.connect(self._filter)
        self.words.entered.connect(lambda: self._with_chosen(see))
        for key, by in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            shortcut = QShortcut(QKeySequence(key), self.words)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.list.step(by))
        self._filter()

    def chosen(self) -> OfferedForm | None:
        """The form that is marked."""
        found: OfferedForm | None = self.list.current()
        return found

    def _filter(self) -> None:
        titles = filtered([one.title for one in self._forms], self.words.value() or "")
        self.list.set_rows([one for title in titles for one in self._forms if one.title == title])

    def _with_chosen(self, use: Use) -> None:
        chosen = self.chosen()
        if chosen is not None:
            use(chosen)


def _state(one: OfferedForm) -> tuple[State, str] | None:
    if one.issued_on is not None:
        return State.DONE, "已出具"
    return (State.DUE, "卷内缺") if one.is_missing else None


def _hint(one: OfferedForm) -> str:
    if one.issued_on is not None:
        return "　".join(filter(None, (one.number, f"{one.issued_on}")))
    return f"第 {one.form} 号" + ("" if one.subject == "案件" else f"　{one.subject}")


COLUMNS = (
    Column("title", "文书", 0, sub=_hint, sub_lines=1),
    Column("state", "状态", 92, "tag", value=lambda one: "", tag=_state),
)
