"""The tab of updates: drop the file, see what it brings, install it after a backup, go back to the version before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from app.services.exchange.programs_below import ProgramBelow, ProgramsBelow
from app.services.update.hand_down import HandDownUpdate, HandedDown
from app.services.update.handed import UpdateFromAbove, WaitingUpdate
from app.services.update.install_here import GoBack, InstallUpdate, UpdatedProgram
from app.services.update.offer import ReadUpdate, UpdateOffer, UpdateState, VersionsHere
from app.services.update.roll_back import RolledBack
from app.ui.exchange.drives import drives, size_words
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, column
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.slot import Slot
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label

NOW, BEFORE = "现在用的", "上一版"
_HOW = (
    "更新文件由发布者签名，程序核对无误才装。装之前自动备份；装好后重新打开程序就是新版本。"
    "上一版留着，新版本不合用可以退回。"
)
_NOT_IN_REACH = "更新文件还没有找到。请插上县里带来的 U 盘，再点开这一页；也可以把 .hmu 文件拖到下面。"


@dataclass(frozen=True)
class VersionRow:
    """One version on this computer."""

    id: str
    state: str


class UpdateTab(Tab):
    """program: another program folder than the running one's."""

    def __init__(self, page: PageView, program: Path | None = None) -> None:
        self.file = FilePick(
            "更新文件", filters="程序更新 (*.hmu)", hint="选择，或把 U 盘上的 .hmu 文件拖到这里"
        )
        self.waiting = Slot(8)
        self.below = Table(_BELOW_COLUMNS, name="下级用的版本", empty="还没有已登记的下级单位")
        super().__init__(page, _COLUMNS, "版本", "没有版本")
        self._program = program
        self._here = VersionsHere("", "", "", None)
        self._told: Callable[[], None] | None = None
        """What was told of an update last; it stays when the list is read again."""
        self.confirm = ConfirmLine()
        self.file.picked.connect(self.read)

    def left(self) -> QLayout:
        """The file above, the versions of this computer under it; at a bureau, those of the units below too."""
        self.table.setMinimumHeight(px(120))
        ask = Card(pad=16, spacing=8).add(self.waiting, self.file, label(_HOW, "note", wraps=True))
        made = column(
            ask, label("这台电脑上的版本", "section"), Card(pad=1).add(self.table, stretch=1), spacing=12
        )
        made.setStretch(2, 1)
        if self.page.desk.is_bureau:
            self.below.setMinimumHeight(px(120))
            made.addWidget(label("下级用的版本", "section"))
            made.addWidget(Card(pad=1).add(self.below, stretch=1), 2)
        return made

    def load(self) -> None:
        self.page.ask(UpdateState(self._program), self._show_here)
        self.page.ask(UpdateFromAbove(tuple(one.path for one in drives())), self._show_waiting)
        if self.page.desk.is_bureau:
            self.page.ask(ProgramsBelow(), self.below.set_rows)

    def read(self, file: Path) -> None:
        """See what an update brings, without installing it."""
        self.file.set_value(file)
        self.page.head.clear_banner()
        self.page.ask(
            ReadUpdate(file, self._program), lambda offer: self._tell(partial(self._show_offer, offer))
        )

    def show_detail(self, row: VersionRow) -> None:
        pane = self._begin(row.id).facts(("状态", row.state))
        if row.state == BEFORE:
            pane.note("退回后，数据不动。新版本已经升级过数据的，不能这样退，程序会说怎么办。")
            pane.end(Button("退回这一版…", lambda: self._ask_back(row)))
            return
        if self._here.why_not:
            pane.note(self._here.why_not)
        pane.end()

    def _show_here(self, here: VersionsHere) -> None:
        self._here = here
        rows = [VersionRow(here.version, NOW)]
        if here.former:
            rows.append(VersionRow(here.former, BEFORE))
        self.table.set_rows(rows)
        if self._told is not None:
            self.table.select(None)
            self._told()
        else:
            self.show_detail(rows[0])
        self.file.setEnabled(not here.why_not)

    def _tell(self, words: Callable[[], None]) -> None:
        self._told = words
        words()

    def _show_offer(self, offer: UpdateOffer) -> None:
        pane = self._begin(f"更新到 {offer.version}").facts(
            ("现在用的", offer.now),
            ("签名", "发布者签发，核对无误", "done"),
            ("大小", size_words(offer.size)),
            ("给哪种电脑", offer.system),
            ("数据", "第一次打开时升级" if offer.changes_data else "不用升级"),
        )
        pane.note("改了什么\n" + "\n".join(offer.notes))
        steps = []
        if offer.why_not:
            pane.note(f"本机不装：{offer.why_not}")
        else:
            steps.append(Button("备份并安装", lambda: self._install(offer), kind=PRIMARY, icon="download"))
        if self.page.desk.is_bureau:
            steps.append(Button("下发给下级", lambda: self._hand_down(offer), icon="stick"))
        pane.end(*steps)

    def _hand_down(self, offer: UpdateOffer) -> None:
        self.page.do(HandDownUpdate(offer.file), self._handed_down, title="正在记下更新", is_long=True)

    def _handed_down(self, done: HandedDown) -> None:
        self.page.done(f"已下发 {done.version}（{done.system}）")
        self.page.head.show_banner(
            f"已下发 {done.version}（{done.system}）。导出回执包到 U 盘时，更新文件一并放上；站点核对发布者的签名后才装。",
            "done",
        )

    def _show_waiting(self, found: WaitingUpdate | None) -> None:
        """What the bureau handed down, and a step to read it where its file is in reach."""
        if found is None:
            self.waiting.show_items()
            return
        told = f"{found.on.month}月{found.on.day}日上级下发了 {found.version}（{size_words(found.size)}）"
        words = label(f"{told}：{'；'.join(found.notes)}", wraps=True)
        if found.file is None:
            way: QWidget = label(_NOT_IN_REACH, "muted", wraps=True)
        else:
            file = found.file
            way = Button("看看这个更新", lambda: self.read(file), icon="download")
        self.waiting.show_items(words, way)

    def _install(self, offer: UpdateOffer) -> None:
        command = InstallUpdate(offer.file, self._program)
        self.page.do(command, self._installed, title="正在安装更新", is_long=True)

    def _installed(self, done: UpdatedProgram) -> None:
        self.file.set_value(None)
        self.page.done(f"已装好 {done.version}")
        self._tell(partial(self._show_installed, done))
        self.load()

    def _show_installed(self, done: UpdatedProgram) -> None:
        pane = self._begin(f"已装好 {done.version}")
        pane.facts(("原来的版本", done.before), ("备份", done.backup))
        self._end_with_restart("重新打开程序，就是新版本。别的窗口和签到台也要关掉重开。")

    def _ask_back(self, row: VersionRow) -> None:
        self.confirm.ask(
            f"退回 {row.id}，重新打开程序后生效；数据不动。",
            "退回",
            lambda _reason: self.page.do(GoBack(self._program), self._gone_back),
        )

    def _gone_back(self, done: RolledBack) -> None:
        self.page.done(f"已退回 {done.version}")
        self._tell(partial(self._show_gone_back, done))
        self.load()

    def _show_gone_back(self, done: RolledBack) -> None:
        self._begin(f"已退回 {done.version}")
        self._end_with_restart("重新打开程序后生效。")

    def _end_with_restart(self, words: str) -> None:
        self.detail.note(words)
        self.detail.end(Button("现在重新打开", self._restart, kind=PRIMARY, icon="refresh"))

    def _begin(self, title: str) -> DetailPane:
        self.confirm = ConfirmLine()
        return self.detail.begin(title).add(self.confirm)

    def _restart(self) -> None:
        """Start what is named now, then end: the new program asks for the password again."""
        if self._here.base is not None:
            name = "huimin-office.exe" if sys.platform == "win32" else "huimin"
            data = self.page.desk.diagnostics.folder.parent if self.page.desk.diagnostics.folder else None
            QProcess.startDetached(str(self._here.base / name), ["--data-dir", str(data)] if data else [])
        QApplication.closeAllWindows()


def _below_tag(row: ProgramBelow) -> tuple[str, str]:
    if row.on is None:
        return "info", "还不知道"
    return ("due", f"等装 {row.waits_for}") if row.waits_for else ("done", "不用装")


_BELOW_COLUMNS = (
    Column("name", "单位", kind="strong"),
    Column("version", "版本", 90),
    Column("system", "电脑", 130),
    Column("on", "来包", 110, "date"),
    Column("waits_for", "下发的更新", 150, "tag", tag=_below_tag),
)
_COLUMNS = (Column("id", "版本", 160, "strong"), Column("state", "状态"))
