"""The first-run wizard of a bureau: pack, bureau, administrator, recovery code."""

from __future__ import annotations

from app.services.office.set_up import Made, NewOffice, bureau_from_pack, make_office
from app.ui.start.context import Start
from app.ui.start.making import MakingView
from app.ui.start.packs_page import BureauPage, PackPage
from app.ui.widgets.wizard import WizardStep

NEXT = (
    ("人员", "在“人员”里录入，或在“导入表格”里下载 Excel 模板，填好导入。"),
    ("排班", "在“排班”里编排本月值班，发布后打印公示表。"),
    ("登记下级", "在“收发”里为每个工作站生成登记文件，用 U 盘带去。"),
    ("备份", "在“设置”的“备份与检查”里备份；7 天没有备份，“今日”会提醒。"),
)


class NewBureauView(MakingView):
    """The bureau's way: the pack, the bureau, the administrator."""

    def __init__(self, start: Start) -> None:
        super().__init__(start, "新建司法局办公点", NEXT)
        self.pack, self.bureau = PackPage(start), BureauPage()
        self._lay(self._steps())
        self.pack.picked.connect(self.wizard.go_on)
        self.bureau.picked.connect(self.wizard.go_on)

    def focus_first(self) -> None:
        """The packs."""
        self.pack.table.setFocus()

    def _steps(self) -> list[WizardStep]:
        return [
            WizardStep(
                "选择方案",
                "本地执行哪份工作方案？补贴标准、扣减规则、任务和报送时间都从它来。",
                self.pack,
                self.pack.check,
                enter=self.pack.table.setFocus,
            ),
            WizardStep(
                "选择单位",
                "本办公点是哪个司法局？下属的中心和工作站会一并建好。",
                self.bureau,
                self.bureau.check,
                enter=self._enter_bureau,
            ),
            WizardStep(
                "设管理员",
                "管理员可以增设其他账号。密码请勿与他人共用。",
                self.admin,
                self._make,
                enter=self.admin.name.setFocus,
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
            WizardStep("完成", "办公点已建好。", self.finish, words="开始使用", has_back=False),
        ]

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
        new = NewOffice(
            code=code,
            name=name,
            level=level,
            parent=parent,
            pack=pack,
            admin=admin,
            password=password,
            admin_title=title,
        )
        return make_office(self._start.data, new, self._start.clock)
