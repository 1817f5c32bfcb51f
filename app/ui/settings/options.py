"""The tab of settings, built from their declarations: of the office, or the bureau's readings of the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.services.office.settings import PACK_GROUP, ChangeSetting, Settings, SettingView
from app.ui import style, theme
from app.ui.page import PageView
from app.ui.settings.trial import TrialSteps
from app.ui.tab import Tab
from app.ui.widgets.button import Button
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.fields import LineField, NumberField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column

_APPEARANCE = ("theme", "ui_scale")


class OptionsTab(Tab):
    """is_pack: the readings of the programme's document instead of the office's own settings."""

    def __init__(self, page: PageView, *, is_pack: bool) -> None:
        super().__init__(page, _COLUMNS, "设置项", "没有设置项")
        self._is_pack = is_pack
        self.trial = TrialSteps(self)
        self.table.activated.connect(self._edit)
        if is_pack:
            self.table.hide_columns(["group"])

    def load(self) -> None:
        self.page.ask(Settings(), self._fill, slot=f"settings {self._is_pack}")

    def show_detail(self, row: SettingView) -> None:
        facts = [("现在", row.shown + _unit(row)), ("默认", row.default_shown + _unit(row))]
        if row.reason:
            facts.append(("变更理由", row.reason))
        pane = self.detail.begin(row.title).facts(*facts)
        if row.note:
            pane.note(row.note)
        if row.clause:
            pane.note(f"依据　{row.clause}" + (f"\n{row.clause_text}" if row.clause_text else ""))
        if not row.may_change:
            pane.end()
            return
        reset = Button("恢复默认", lambda: self._edit(row, row.default))
        reset.setEnabled(not row.is_default)
        trial = [Button("测算…", lambda: self.trial.begin(row, _field(row)))] if self._is_pack else []
        pane.end(Button("修改", lambda: self._edit(row)), reset, *trial)

    def _fill(self, found: tuple[SettingView, ...]) -> None:
        self.table.set_rows([one for one in found if (one.group == PACK_GROUP) == self._is_pack])

    def _edit(self, row: SettingView, value: str | None = None) -> None:
        if not row.may_change:
            return
        form = SideForm(row.title, "保存", note=row.note, keys="Ctrl Return")
        form.form.add("value", _field(row)).set_value(_typed(row, row.value if value is None else value))
        form.form.add("reason", LineField("理由或批准文号", is_required=self._is_pack, max_length=60))
        after = (lambda values: _apply(row.name, values["value"])) if row.name in _APPEARANCE else None
        self.open_form(
            form,
            lambda values: ChangeSetting(row.name, _stored(values["value"]), values["reason"] or ""),
            "已保存",
            after,
        )


def _field(row: SettingView) -> Field:
    if row.kind == "bool":
        return ChoiceField("取值", ("是", "否"), is_required=True)
    if row.kind == "choice":
        return ChoiceField("取值", row.choices, is_required=True)
    if row.kind == "int":
        return NumberField(f"取值（{row.unit}）", low=row.least, high=row.most or 999_999_999)
    return LineField("取值", hint="可以留空", max_length=row.most)


def _typed(row: SettingView, text: str) -> Any:
    return int(text) if row.kind == "int" and text else text


def _stored(value: Any) -> str:
    return "" if value is None else str(value)


def _apply(name: str, value: str) -> None:
    """Show a new look at once."""
    app = QApplication.instance()
    now = theme.current()
    assert isinstance(app, QApplication)
    scale = int(value) if name == "ui_scale" else now.scale
    is_high = value == "high_contrast" if name == "theme" else now.colours is theme.CONTRAST
    style.apply(app, scale=scale, is_high_contrast=is_high)


def _unit(row: SettingView) -> str:
    return f" {row.unit}" if row.kind == "int" and row.unit and not row.shown.endswith(row.unit) else ""


def _state(row: SettingView) -> tuple[str, str] | None:
    if not row.is_default:
        return "info", "已改"
    return None if row.is_verified else ("due", "待核实")


_COLUMNS = (
    Column("group", "类别", 72, "muted"),
    Column("title", "设置项"),
    Column("shown", "现在", 220, value=lambda row: row.shown + _unit(row)),
    Column("state", "", 84, "tag", tag=_state),
)
