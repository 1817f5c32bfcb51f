"""Brings a station in: its invitation goes out, its answer comes back and is compared by telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from app.services.exchange.answer_file import AnswerFile, AnswerView
from app.services.exchange.enrol import AdmitSite, Enrolled, InviteSite
from app.services.sites.site_list import SiteList, SiteOffice, SiteView
from app.ui.exchange.fingerprint import Fingerprint
from app.ui.page import PageView
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.detail import fact_grid
from app.ui.widgets.fields import TickField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label
from app.values import SiteKind

FILES = "登记文件 (*.hme)"


class InviteForm(SideForm):
    """Choose a station and where to write its invitation. done: it was written."""

    done = Signal()

    def __init__(self, page: PageView) -> None:
        super().__init__(
            "邀请下级单位",
            "写登记文件",
            note="登记文件交给该站，在它的电脑上打开；重新邀请后，没有用过的旧文件作废。",
        )
        self._page = page
        self.site = self.form.add("site", ChoiceField("工作站", is_required=True, hint="名称或拼音首字母"))
        self.out = self.form.add(
            "out", FilePick("写到", mode="save", filters=FILES, is_required=True, hint="选择 U 盘上的位置")
        )
        self.result = Slot(8)
        self.form.put(self.result)
        self.site.changed.connect(self._suggest)
        self.saved.connect(self._write)

    def begin(self) -> None:
        """Ask which stations there are."""
        self.form.clear()
        self.result.show_items()
        self._page.ask(SiteList(), self._take, slot="invite")
        self.site.setFocus()

    def _take(self, sites: tuple[SiteView, ...]) -> None:
        stations = [site for site in sites if site.kind == SiteKind.station]
        waiting = [site for site in stations if site.office is not SiteOffice.admitted]
        again = [site for site in stations if site.office is SiteOffice.admitted]
        self.site.set_choices(
            [(site.code, site.name) for site in waiting]
            + [(site.code, f"{site.name}（已登记，重新登记）") for site in again]
        )

    def _suggest(self) -> None:
        if self.site.value():
            name = f"登记邀请-{self.site.value()}.hme"
            self.out.suggest(name)
            at = self.out.value()
            if at is not None:
                self.out.set_value(at.parent / name if at.suffix else at / name)

    def _write(self) -> None:
        self._page.do(
            InviteSite(self.site.value(), Path(self.out.value() or "")), self._written, form=self.form
        )

    def _written(self, step: Enrolled) -> None:
        self.result.show_items(*_shown(step, "已写好登记文件", "对方打开登记文件时，请在电话里逐组核对："))
        self.done.emit()


class AdmitForm(SideForm):
    """Open an answer, compare its fingerprint, admit the station. done: it is admitted."""

    done = Signal()

    def __init__(self, page: PageView) -> None:
        super().__init__(
            "登记下级单位",
            "登记",
            note="下级把答复文件带回后，先打电话核对指纹，再登记；之后它的上报包才会被接收。",
        )
        self._page = page
        self.answer = self.form.add("answer", FilePick("答复文件", filters=FILES, is_required=True))
        self.result = Slot(8)
        self.form.put(self.result)
        self.compared = self.form.add("compared", TickField("已电话核对，30 位数字逐组相同"))
        self.answer.picked.connect(lambda _path: self._read())
        self.answer.line.editingFinished.connect(self._read)
        self.saved.connect(self._admit)
        self._read_path: Path | None = None

    def begin(self) -> None:
        """An empty form."""
        self.form.clear()
        self._read_path = None
        self.result.show_items()
        self.compared.show()
        self.save_button.show()
        self.answer.setFocus()

    def _read(self) -> None:
        path = self.answer.value()
        if path is None or path == self._read_path:
            return
        self._read_path = path
        self._page.head.clear_banner()
        self._page.ask(AnswerFile(path), self._show, slot="answer")

    def _show(self, found: AnswerView) -> None:
        self.result.show_items(
            fact_grid((("下级单位", f"{found.name}（{found.site}）"),)),
            label("指纹（请打电话逐组核对）", "label"),
            Fingerprint(found.fingerprint),
        )

    def _admit(self) -> None:
        if not self.compared.value():
            self.compared.show_fault("请先电话核对指纹，再打勾：这一步防止有人冒充下级")
            self.compared.setFocus()
            return
        path: Any = self.answer.value()
        self._page.do(AdmitSite(path), self._admitted, form=self.form)

    def _admitted(self, step: Enrolled) -> None:
        self.compared.hide()
        self.save_button.hide()
        self.result.show_items(
            *_shown(step, "已登记，可以接收它的上报包", "指纹"),
            label("请接着导出回执包给它：里面有人员库和站点。", "note", wraps=True),
        )
        self.done.emit()


def _shown(step: Enrolled, words: str, about: str) -> tuple[Any, ...]:
    return (
        Tag(words, "done", 14),
        fact_grid((("单位", f"{step.name}（{step.site}）"), ("文件", Path(step.file).name))),
        label(about, "label", wraps=True),
        Fingerprint(step.fingerprint),
    )
