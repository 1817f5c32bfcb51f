"""The first-run wizard of a bureau: pack, bureau, administrator, recovery code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.office.set_up import Made, NewOffice, bureau_from_pack, make_office
from app.ui.errors import Said
from app.ui.start.administrator import AdministratorPage
from app.ui.start.context import Start
from app.ui.start.finish import FinishPage
from app.ui.start.packs_page import BureauPage, PackPage
from app.ui.start.recovery_page import RecoveryPage
from app.ui.widgets.wizard import Step, Wizard

NEXT = (
    ("人员", "在“人员”里录入，或在“导入表格”里下载 Excel 模板，填好导入。"),
    ("排班", "在“排班”里编排本月值班，发布后打印公示表。"),
    ("登记下级", "在“收发”里为每个工作站生成登记文件，用 U 盘带去。"),
    ("备份", "在“设置”的“备份与检查”里备份；7 天没有备份，“今日”会提醒。"),
)


class NewBureauView(QWidget):
    """opened(office, actor): made and in use. left: back to the first question."""

    opened = Signal(object, object)
    left = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._made: Made | None = None
        self.pack, self.bureau, self.admin = PackPage(start), BureauPage(), AdministratorPage()
        self.recovery, self.finish = RecoveryPage(start), FinishPage(NEXT)
        self.wizard = Wizard("新建司法局办公点")
        for step in self._steps():
            self.wizard.add(step)
        for page in (self.pack.picked, self.bureau.picked, self.admin.entered):
            page.connect(self.wizard.go_on)
        self.wizard.cancelled.connect(self.left)
        self.wizard.finished.connect(self._open)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.wizard)

    def focus_first(self) -> None:
        """The packs."""
        self.pack.table.setFocus()

    def _steps(self) -> list[Step]:
        return [
            Step("选择方案", "本地执行哪份工作方案？补贴标准、扣减规则、任务和报送时间都从它来。", self.pack, self.pack.check,
                 enter=self.pack.table.setFocus),
            Step("选择单位", "本办公点是哪个司法局？下属的中心和工作站会一并建好。", self.bureau, self.bureau.check,
                 enter=self._enter_bureau),
            Step("设管理员", "管理员可以增设其他账号。密码请勿与他人共用。", self.admin, self._make,
                 enter=self.admin.name.setFocus, words="建立办公点"),
            Step("保管恢复码", "恢复码只显示这一次。", self.recovery, self.recovery.check, enter=self._enter_recovery,
                 has_back=False),
            Step("完成", "办公点已建好。", self.finish, words="开始使用", has_back=False),
        ]  # fmt: skip

    def _enter_bureau(self) -> None:
        pack = self.pack.value()
        self.bureau.show_bureaus(pack.bureaus if pack else ())

    def _enter_recovery(self) -> None:
        if self._made is not None:
            made = self._made
            self.recovery.show_code(made.office.identity.name, made.recovery, made.escrow_key)

    def _make(self) -> bool:
        """Make the office away from the GUI thread; the wizard goes on by itself when it is there."""
        if self._made is not None:
            return True
        pack, bureau = self.pack.value(), self.bureau.value()
        if self.admin.check() and pack and bureau:
            self._busy(True)
            values = (self.admin.name.value(), self.admin.password.value(), self.admin.title.value())
            self._start.work(lambda: self._build(pack.id, bureau.id, *values), self._done, self._fail, self)
        return False

    def _build(self, pack: str, code: str, admin: str, password: str, title: str) -> Made:
        name, level, parent = bureau_from_pack(pack, code)
        new = NewOffice(code, name, level, parent, pack, admin, password, title)
        return make_office(self._start.data, new, self._start.clock)

    def _done(self, made: Made) -> None:
        self._made = made
        self.admin.password.clear()
        self._busy(False)
        self.wizard.go_on()

    def _fail(self, said: Said) -> None:
        self._busy(False)
        self.wizard.banner.show_text(str(said), "fault")

    def _busy(self, is_busy: bool) -> None:
        self.wizard.next.setEnabled(not is_busy)
        self.wizard.back.setEnabled(not is_busy)
        self.wizard.next.set_text("正在建立…" if is_busy else "建立办公点")

    def _open(self) -> None:
        if self._made is not None:
            office: Any = self._made.office
            self.opened.emit(office, office.actor_of(self.admin.name.value()))
