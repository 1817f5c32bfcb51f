"""The first-run wizard of a station: the invitation, its fingerprint, the administrator, the answer to carry back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services.exchange.enrol import Enrolled, enrol_office
from app.services.office.office import Office
from app.ui.exchange.fingerprint import Fingerprint
from app.ui.start.context import Start
from app.ui.start.invitation_page import InvitationPage
from app.ui.start.making import MakingView
from app.ui.widgets.card import Card, column
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.text import label
from app.ui.widgets.wizard import WizardStep

NEXT = (
    ("带回答复文件", "把答复文件用 U 盘交给上级司法局，请对方在“收发”里登记本站。"),
    ("核对指纹", "上级登记时会显示同样的 30 位数字，请电话核对。"),
    ("导入回执包", "登记后上级会给一个回执包，里面有人员库；在“收发”里导入。"),
    ("开始值班", "在“排班”里编排，在签到台签到；月末在“收发”里导出上报包。"),
)


@dataclass(frozen=True)
class Joined:
    """A station's new office with what is shown once."""

    office: Office
    recovery: str
    step: Enrolled


class JoinView(MakingView):
    """The station's way: the invitation, the administrator, the folder for the answer."""

    def __init__(self, start: Start) -> None:
        super().__init__(start, "用登记文件加入", NEXT)
        self.invitation = InvitationPage(start)
        self.folder = FilePick(
            "答复文件写到哪个文件夹", mode="folder", is_required=True, hint="一般就是放登记文件的 U 盘"
        )
        self._lay(self._steps())
        self.invitation.entered.connect(self.wizard.go_on)
        self.folder.entered.connect(self.wizard.go_on)

    def take_file(self, file: Path) -> None:
        """The invitation that was opened from the desktop."""
        self.invitation.file.take(file)

    def focus_first(self) -> None:
        """The invitation."""
        self.invitation.file.setFocus()

    def _steps(self) -> list[WizardStep]:
        answer = QWidget()
        answer.setLayout(
            column(
                self.folder,
                label("答复文件里只有本站的公钥，没有任何业务数据。写好后会读回核对。", "note", wraps=True),
                None,
                spacing=12,
            )
        )
        return [
            WizardStep(
                "登记文件",
                "打开上级司法局给的登记文件，电话核对指纹。",
                self.invitation,
                self.invitation.check,
                enter=self.invitation.file.setFocus,
            ),
            WizardStep(
                "设管理员",
                "本站的管理员可以增设其他账号。",
                self.admin,
                self.admin.check,
                enter=self.admin.name.setFocus,
            ),
            WizardStep(
                "答复文件",
                "建立办公点，并写一个答复文件带回上级。",
                answer,
                self._make,
                enter=self._enter_folder,
                words="建立办公点",
            ),
            WizardStep(
                "保管恢复码",
                "恢复码只显示这一次。",
                self.recovery,
                self.recovery.check,
                enter=self._enter_recovery,
                has_back=False,
            ),
            WizardStep(
                "完成",
                "办公点已建好，答复文件已写好并读回核对。",
                self.finish,
                enter=self._enter_finish,
                words="开始使用",
                has_back=False,
            ),
        ]

    def _enter_folder(self) -> None:
        file = self.invitation.file.value()
        if self.folder.value() is None and file is not None:
            self.folder.set_value(file.parent)
        self.folder.setFocus()

    def _enter_recovery(self) -> None:
        if self._made is not None:
            self.recovery.show_code(self._made.step.name, self._made.recovery)

    def _enter_finish(self) -> None:
        if self._made is None or self.finish.top.count():
            return
        step = self._made.step
        card = Card("答复文件的指纹", spacing=8)
        card.add(Fingerprint(step.fingerprint), label(f"答复文件　{step.file}", "muted", wraps=True))
        self.finish.top.addWidget(card)

    def _make(self) -> bool:
        if self._made is not None:
            return True
        folder, invitation = self.folder.value(), self.invitation.value()
        fault = (
            "请选择文件夹"
            if folder is None
            else ""
            if folder.is_dir()
            else "找不到这个文件夹，请检查 U 盘是否插好"
        )
        self.folder.show_fault(fault)
        if folder is not None and invitation is not None and not fault:
            self._busy(True)
            out = folder / f"登记答复-{invitation.site}.hme"
            values = (self.admin.name.value(), self.admin.password.value(), self.admin.title.value())
            file = self.invitation.file.value() or Path()
            self._start.work(lambda: self._build(file, out, *values), self._done, self._fail, self)
        return False

    def _build(self, file: Path, out: Path, name: str, password: str, title: str) -> Joined:
        return Joined(*enrol_office(self._start.data, file, out, name, password, self._start.clock, title))
