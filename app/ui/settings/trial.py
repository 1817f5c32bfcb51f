"""Tries a reading, or another programme, on a year gone by before it is changed: who would gain and who would lose."""

from __future__ import annotations

from app.services.money.try_pack import Trial, TrialPacks, TryPack
from app.services.office.settings import PACK, SettingView
from app.ui.tab import Tab
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.fields import NumberField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.text import label
from app.values import yuan_text

MOST_SHOWN = 60
_NOTE = "按那一年已有的考勤和记录重算，什么也不改。已作的调整不计。"


class TrialSteps:
    """The form of the trial and its outcome, in the place of the pane."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    def begin(self, row: SettingView, field: Field) -> None:
        """Ask for the value to try, the year, and the programme."""
        form = SideForm(f"测算：{row.title}", "测算", note=_NOTE, keys="Ctrl Return")
        form.form.add("value", field)
        form.form.add("year", NumberField("年份", low=2000, high=2100)).set_value(
            self._tab.page.desk.today().year
        )
        packs = form.form.add("pack", ChoiceField("方案", hint="省略为本单位的方案"))
        self._tab.page.ask(TrialPacks(), lambda found: packs.set_choices(list(found)))
        self._tab.side.show_form(form, lambda: self._ask(row, form))

    def _ask(self, row: SettingView, form: SideForm) -> None:
        values = form.form.values()
        typed = values["value"]
        readings = ((row.name.removeprefix(PACK), str(typed)),) if typed not in (None, "") else ()
        query = TryPack(values["pack"] or "", int(values["year"]), readings)
        self._tab.page.ask(query, self._show)

    def _show(self, found: Trial) -> None:
        tab = self._tab
        tab.side.close_form()
        pane = tab.detail.begin(f"{found.year}年测算：{found.words}")
        more = found.after_fen - found.before_fen
        pane.facts(
            ("现在", f"{yuan_text(found.before_fen)} 元"),
            ("测算", f"{yuan_text(found.after_fen)} 元"),
            ("相差", _signed(more), "due" if more else "none"),
        )
        for line in [one for one in found.lines if one.pay.gain_fen][:MOST_SHOWN]:
            pay = line.pay
            parts = [
                f"{words} {yuan_text(abs(fen))} 元"
                for words, fen in (
                    ("标准增加" if pay.more_base_fen > 0 else "标准减少", pay.more_base_fen),
                    ("少扣" if pay.deducted_less_fen > 0 else "多扣", pay.deducted_less_fen),
                )
                if fen
            ]
            pane.add(
                label(f"{line.name}　{_signed(pay.gain_fen)}　（{'，'.join(parts)}）", "small2", wraps=True)
            )
        pane.end()


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{yuan_text(fen)} 元"
