"""Shows the recovery code once: to be printed or copied by hand before anything goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import local
from app.safe_write import write_safely
from app.ui.errors import Said
from app.ui.start.context import Start
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.code_groups import CodeGroups
from app.ui.widgets.fields import TickField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.text import label


class RecoveryPage(QWidget):
    """The code in groups, printing, a bureau's escrow key, and the tick without which nothing goes on."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._office = self._code = self._escrow = ""
        self.banner = Banner()
        self._groups = CodeGroups()
        self.print_button = Button("打印保管单…", self.print_code, icon="print")
        self.ticked = TickField("我已打印或抄下恢复码，并交专人封存")
        self.escrow_card = Card("托管密钥")
        self.escrow_file = FilePick(
            "存到 U 盘",
            mode="save",
            filters="文本文件 (*.txt)",
            suggested="托管密钥.txt",
            hint="选择 U 盘上的位置",
        )
        self.escrow_button = Button("写入", self.save_escrow, icon="download")
        self._build()

    def show_code(self, office: str, code: str, escrow: str = "") -> None:
        """The office's name, its code, and a bureau's escrow key."""
        self._office, self._code, self._escrow = office, code, escrow
        self._groups.show_code(code)
        self.escrow_card.setVisible(bool(escrow))
        self.ticked.setFocus()

    def check(self) -> bool:
        """Whether the code is kept; says so if not."""
        if not self.ticked.value():
            self.ticked.show_fault("恢复码只显示这一次，请先打印或抄下，再打勾")
            self.ticked.setFocus()
            return False
        return True

    def print_code(self) -> None:
        """The keeping sheet, drawn away from the GUI thread, in the preview."""
        office, code, at = self._office, self._code, local(self._start.clock.now().at)

        def draw() -> bytes:
            from app.documents.form import form
            from app.documents.forms.recovery_code import RecoveryCode

            return form("recovery_code").render(RecoveryCode(office, code, at))

        self._start.work(draw, self._preview, self._fail, self)

    def save_escrow(self) -> None:
        """Write the escrow key where the person chose."""
        path, key = self.escrow_file.value(), self._escrow
        if path is None:
            self.escrow_file.show_fault("请先选择写到哪里")
            self.escrow_file.setFocus()
            return
        self._start.work(
            lambda: write_safely(path, f"{key}\n".encode()),
            lambda _p: self.banner.show_text(
                f"托管密钥已写到“{path.name}”并读回核对，请拔出后与印章一同封存。", "done"
            ),
            self._fail,
            self,
        )

    def _preview(self, pdf: bytes) -> None:
        from app.ui.widgets.preview import Preview

        self.preview = Preview(pdf, "恢复码保管单", "恢复码保管单.pdf", self)
        self.preview.open()

    def _fail(self, said: Said) -> None:
        self.banner.show_text(str(said), "fault")

    def _build(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(10))
        stack.addWidget(self.banner)
        stack.addWidget(self._groups)
        stack.addWidget(
            label(
                "所有人都忘记密码、或电脑损坏需要恢复备份时，只有恢复码能打开数据；程序和上级都不能代为找回。"
                "请打印或抄下，装入信封与印章一同保管；不要拍照，不要存入电脑或手机。",
                "note",
                wraps=True,
            )
        )
        stack.addLayout(row(self.print_button, None))
        self.escrow_card.add(
            label(
                "本局电脑损坏且没有备份时，托管密钥可打开下级发来的上报包。可存到一个 U 盘离机封存；"
                "它也受恢复码保护，保存在本机。",
                "muted",
                wraps=True,
            )
        )
        line = row(self.escrow_file, self.escrow_button)
        line.setAlignment(self.escrow_button, Qt.AlignmentFlag.AlignBottom)
        line.setStretch(0, 1)
        self.escrow_card.add(line)
        stack.addWidget(self.escrow_card)
        stack.addWidget(self.ticked)
        stack.addStretch(1)
