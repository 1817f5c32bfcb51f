"""Approves an office that was restored from a backup, by the fingerprint that it reads out by telephone."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.exchange.approve import Approved, ApproveEpoch
from app.services.exchange.desk import DeskView
from app.ui.exchange.importing import summed_up
from app.ui.page import PageView
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label


class ApproveForm(SideForm):
    """The digits are typed as they are heard, never copied from the file. done: it is approved."""

    done = Signal()

    def __init__(self, page: PageView) -> None:
        super().__init__(
            "认可换了密钥的单位",
            "认可",
            note="对方恢复过备份或换过密钥。请打电话让对方念指纹，照念的填写；对方说没有换过的，不要认可。",
        )
        self._page = page
        self.site = self.form.add("site", ChoiceField("单位", is_required=True))
        self.fingerprint = self.form.add(
            "fingerprint", LineField("电话里念的指纹", is_required=True, hint="30 位数字，空格可有可无")
        )
        self.result = Slot(8)
        self.form.put(self.result)
        self.saved.connect(self._approve)

    def begin(self, found: DeskView) -> None:
        """An empty form over the offices that wait."""
        self.form.clear()
        self.result.show_items()
        self.site.set_choices(list(dict.fromkeys((one.site, one.name) for one in found.announced)))
        if len(found.announced) == 1:
            self.site.set_value(found.announced[0].site)
        self.site.setFocus()

    def _approve(self) -> None:
        request = ApproveEpoch(self.site.value() or "", self.fingerprint.value())
        self._page.do(request, self._approved, form=self.form)

    def _approved(self, found: Approved) -> None:
        words = [f"已认可 {found.admitted.name}", *found.admitted.words]
        taken = [summed_up(found.outcomes)[0]] if found.outcomes else []
        self.result.show_items(
            Tag(words[0], "done", 14),
            *(label(one, "note", wraps=True) for one in [*words[1:], *taken]),
        )
        self.done.emit()
