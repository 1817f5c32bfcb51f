"""The tab of health and backups: what is in order, what was backed up when, a new backup, a new recovery code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLayout

from app.kernel.permissions import Permission
from app.services.office.back_up import BackedUp, BackUp
from app.services.office.backups import BackupFolder, Backups
from app.services.office.health import Health
from app.services.office.health_item import HealthItem
from app.services.office.rehearse_restore import Rehearsed, RehearseRestore
from app.services.security.renew_recovery_code import RenewRecoveryCode
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, column, row
from app.ui.widgets.code_groups import CodeGroups
from app.ui.widgets.fields import LineField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label

_RESTORE = (
    "恢复　在新电脑上打开程序，选“从备份恢复”，选备份文件，用原来的登录名和密码登录。"
    "恢复后先与上级核对流水，再导出上报包；旧电脑不再使用同一份数据。"
)
_KEEP = "所有人都忘记密码、或电脑损坏时，只有恢复码能打开数据。用过一次，或怀疑被别人看到，就换新的；旧的当场销毁。"
_ONCE = (
    "只显示这一次，旧恢复码已经作废。请打印或抄下，装入信封，与印章一同保管；不要拍照，不要存入电脑或手机。"
)


class BackupTab(Tab):
    """Health above, backups below, the steps beside them."""

    def __init__(self, page: PageView) -> None:
        self.files = Table(_FILES, name="备份", empty="文件夹里还没有备份。")
        super().__init__(page, _HEALTH, "检查", "没有检查到什么")
        self._found: BackupFolder | None = None
        self._row: HealthItem | None = None
        self._has_checked = self._shows_code = False

    def left(self) -> QLayout:
        self.check_button = Button("重新检查", self.check, icon="refresh")
        self.table.setMinimumHeight(px(150))
        self.files.setMinimumHeight(px(108))
        head = row(label("检查", "section"), None, self.check_button)
        health = Card(pad=1).add(self.table, stretch=1)
        files = Card(pad=1).add(self.files, stretch=1)
        made = column(head, health, label("备份", "section"), files, spacing=8)
        made.setStretch(1, 8)
        made.setStretch(3, 5)
        return made

    def load(self) -> None:
        self.page.ask(Backups(), self._show_files)
        if not self._has_checked:
            self._has_checked = True
            self.check()

    # steps

    def check(self) -> None:
        """Check the database, the chains and the rest again."""
        self.check_button.setEnabled(False)
        if not self.table.rows():
            self.table.pending.wait()
        self.page.desk.runner.ask(Health(), self._show_health, self._check_failed, owner=self.page)

    def back_up(self, folder: Path | None = None) -> None:
        """Write a backup, into the office's folder unless another is named."""
        self.page.do(BackUp(folder), self._backed_up, title="正在备份", is_long=True)

    def back_up_to(self) -> None:
        """Ask for a folder first, such as a stick."""
        chosen = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if chosen:
            self.back_up(Path(chosen))

    def rehearse(self) -> None:
        """Try a restore of the chosen backup, of the newest unless one is."""
        chosen, found = self.files.current(), self._found
        file = Path(found.folder) / chosen.id if chosen is not None and found is not None else None
        self.page.do(RehearseRestore(file), self._rehearsed, title="正在演练恢复", is_long=True)

    def renew(self) -> None:
        """Ask for the present recovery code, then make a new one."""
        form = SideForm("更换恢复码", "更换", note=_KEEP, keys="Ctrl Return")
        form.form.add(
            "code", LineField("现在的恢复码", is_required=True, hint="照打印件逐组输入", max_length=60)
        )
        self.side.show_form(
            form,
            lambda: self.page.do(
                RenewRecoveryCode(form.form.values()["code"]), self._show_code, form=form.form
            ),
        )

    # what was asked for

    def show_detail(self, row: HealthItem) -> None:
        self._row = row
        self._show_pane()

    def _show_health(self, items: tuple[HealthItem, ...]) -> None:
        self.check_button.setEnabled(True)
        self.table.set_rows(items)
        bad = next((item for item in items if not item.is_good), None)
        if bad is not None:
            self.table.select(bad)

    def _check_failed(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        if not self.table.rows():
            self.table.pending.fail(self.check)
        self.page.fail(error)

    def _show_files(self, found: BackupFolder) -> None:
        self._found = found
        self.files.set_rows(found.files)
        self._show_pane()

    def _backed_up(self, made: BackedUp) -> None:
        self.page.done(f"已备份并读回核对（{_size(made.size)}）")
        self.page.head.show_banner(f"已备份到 {made.file}", "done")
        self.load()
        self.check()

    def _rehearsed(self, found: Rehearsed) -> None:
        self.page.done("演练通过，这份备份能恢复")
        self.page.head.show_banner(found.words, "done")
        self.check()

    def _show_pane(self) -> None:
        if self._shows_code or self._found is None:
            return
        found, last = self._found, self._found.last
        pane = self.detail.begin("备份")
        if self._row is not None and not self._row.is_good:
            pane.facts((self._row.title, "要处理", "fault")).note(self._row.text)
        when = f"{last.at:%Y-%m-%d %H:%M}" if last.at else "还没有备份"
        pane.facts(
            ("最近一份", when, "fault" if last.is_old else "done"),
            ("文件夹", found.folder),
            ("保留", f"最近 {found.keep} 份，更早的自动清除"),
        )
        if not found.is_there:
            pane.note("找不到备份文件夹，可能是 U 盘没有插。请插好，或在“本单位”里改。")
        elif not found.is_chosen:
            pane.note(
                "备份现在与数据在同一台电脑上。请在“本单位”里把备份文件夹定到另一个盘，或用“备份到…”写到 U 盘。"
            )
        pane.note(_RESTORE)
        steps = [Button("演练恢复", self.rehearse, icon="check")]
        if self.page.desk.may(Permission.MANAGE_ACCOUNTS):
            steps.append(Button("更换恢复码…", self.renew, icon="lock"))
        pane.add(row(*steps, None))
        pane.end(
            Button("立即备份", self.back_up, kind=PRIMARY, icon="backup"),
            Button("备份到…", self.back_up_to, icon="stick"),
        )

    # the new recovery code

    def _show_code(self, code: str) -> None:
        self.side.close_form()
        self._shows_code = True
        groups = CodeGroups(across=2)
        groups.show_code(code)
        made_at = self.page.desk.now()
        self.detail.begin("新的恢复码").add(groups).note(_ONCE).end(
            Button("打印保管单…", lambda: self._print(code, made_at), kind=PRIMARY, icon="print"),
            Button("已打印或抄下", self._code_kept),
        )
        self.page.done("已更换恢复码")

    def _code_kept(self) -> None:
        self._shows_code = False
        self._show_pane()

    def _print(self, code: str, made_at: datetime) -> None:
        from app.documents.forms.recovery_code import RecoveryCode
        from app.ui.files import show_pdf

        show_pdf(
            self.page,
            "recovery_code",
            RecoveryCode(self.page.desk.place.site_name, code, made_at),
            "恢复码保管单.pdf",
        )


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, count // 1024)} KB"


def _state(item: HealthItem) -> tuple[str, str]:
    return ("done", "完好") if item.is_good else ("fault", "要处理")


_HEALTH = (
    Column("title", "检查什么", 128, "strong"),
    Column("text", "结果"),
    Column("state", "", 92, "tag", tag=_state),
)
_FILES = (
    Column("at", "时间", 140, "datetime"),
    Column("age", "多久以前", 96),
    Column("id", "文件"),
    Column("size", "大小", 88, value=lambda file: _size(file.size)),
)
