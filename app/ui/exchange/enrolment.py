"""Brings an office below in, or joins the one above: files go out and back, and are compared by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from app.services.exchange.answer_file import AnswerFile, AnswerView
from app.services.exchange.enrol import AdmitSite, Enrolled, InviteSite
from app.services.exchange.invitable import Invitable, InvitableOffice
from app.services.exchange.invitation_file import InvitationFile, InvitationView
from app.services.exchange.join_parent import JoinParent
from app.ui.exchange.compared_file import FILES, ComparedFileForm, step_items
from app.ui.page import PageView
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.slot import Slot
from app.ui.widgets.text import label


class InviteForm(SideForm):
    """Choose an office below and where to write its invitation. done: it was written."""

    done = Signal()

    def __init__(self, page: PageView) -> None:
        super().__init__(
            "邀请下级单位",
            "写登记文件",
            note="登记文件交给该单位，在它的电脑上打开；重新邀请后，没有用过的旧文件作废。",
        )
        self._page = page
        self.site = self.form.add("site", ChoiceField("下级单位", is_required=True, hint="名称或拼音首字母"))
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
        self._page.ask(Invitable(), self._take, slot="invite")
        self.site.setFocus()

    def _take(self, offices: tuple[InvitableOffice, ...]) -> None:
        again = "（已登记，重新登记）"
        self.site.set_choices(
            [(one.code, f"{one.name}{again if one.is_admitted else ''}") for one in offices]
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
        self.result.show_items(
            *step_items(step, "已写好登记文件", "对方打开登记文件时，请在电话里逐组核对：")
        )
        self.done.emit()


class AdmitForm(ComparedFileForm):
    """Open an answer, compare its fingerprint, admit the office below."""

    name, file_title, stranger = "answer", "答复文件", "下级"

    def __init__(self, page: PageView) -> None:
        super().__init__(
            page,
            "登记下级单位",
            "登记",
            "下级把答复文件带回后，先打电话核对指纹，再登记；之后它的上报包才会被接收。",
        )

    def asked(self, path: Path) -> AnswerFile:
        return AnswerFile(path)

    def told(self, found: AnswerView) -> Sequence[tuple[str, str]]:
        return (("下级单位", f"{found.name}（{found.site}）"),)

    def carry_out(self, path: Path) -> None:
        self.page.do(AdmitSite(path), self._admitted, form=self.form)

    def _admitted(self, step: Enrolled) -> None:
        self.show_done(
            *step_items(step, "已登记，可以接收它的上报包", "指纹"),
            label("请接着导出回执包给它：里面有人员库和站点。", "note", wraps=True),
        )


class JoinForm(ComparedFileForm):
    """A county's bureau that works already joins its city: the invitation, its fingerprint, the answer."""

    name, file_title, stranger = "invitation", "上级给的登记文件", "上级"

    def __init__(self, page: PageView) -> None:
        super().__init__(
            page,
            "加入上级司法局",
            "写答复文件",
            "市局邀请后，在这里打开它给的登记文件；本单位已有的记录都保留，此后只有汇总数字上报，没有人员姓名。",
        )
        self.out = self.form.add(
            "out",
            FilePick(
                "答复文件写到", mode="save", filters=FILES, is_required=True, hint="一般就是同一个 U 盘"
            ),
        )

    def asked(self, path: Path) -> InvitationFile:
        return InvitationFile(path)

    def told(self, found: InvitationView) -> Sequence[tuple[str, str]]:
        return (
            ("上级", found.bureau),
            ("邀请的单位", f"{found.name}（{found.site}）"),
            ("工作方案", found.document),
        )

    def carry_out(self, path: Path) -> None:
        self.page.do(JoinParent(path, Path(self.out.value() or "")), self._joined, form=self.form)

    def begin(self) -> None:
        self.out.show()
        super().begin()

    def _joined(self, step: Enrolled) -> None:
        self.out.hide()
        self.show_done(
            *step_items(step, "已写好答复文件", "上级登记时会显示同样的 30 位数字，请在电话里核对："),
            label("把答复文件交给上级登记，登记后在这里导出，汇总数字就会报给上级。", "note", wraps=True),
        )
