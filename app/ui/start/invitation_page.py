"""The step that opens the invitation and has its fingerprint compared by telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.bundle.enrolment import Invitation, read_invitation
from app.kernel.packs import load_pack
from app.services.exchange.enrol import read_file
from app.ui.errors import Said
from app.ui.exchange.fingerprint import Fingerprint
from app.ui.start.context import Start
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card, column
from app.ui.widgets.detail import fact_grid
from app.ui.widgets.fields import TickField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.text import label


class InvitationPage(QWidget):
    """The file, what it says, its fingerprint, and the tick that it was compared. entered: Enter in the file."""

    entered = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._found: Invitation | None = None
        self.banner = Banner()
        self.file = FilePick("登记文件", filters="登记文件 (*.hme);;所有文件 (*)", is_required=True)
        self.card = Card(spacing=12)
        self.fingerprint = Fingerprint()
        self.compared = TickField("已打电话给上级，30 位数字逐组相同")
        self._facts = column()
        self.card.add(
            self._facts, label("指纹（请打电话与上级逐组核对）", "label"), self.fingerprint, self.compared
        )
        self.card.hide()
        self.setLayout(column(self.file, self.banner, self.card, None, spacing=12))
        self.file.picked.connect(lambda _path: self.read())
        self.file.changed.connect(self._forget)
        self.file.entered.connect(self.read)

    def value(self) -> Invitation | None:
        """The invitation read."""
        return self._found

    def read(self) -> None:
        """Read the file away from the GUI thread."""
        path = self.file.value()
        if path is None:
            return
        self.banner.hide()
        self._start.work(lambda: (path, *_described(path)), self._show, self._fail, self)

    def check(self) -> bool:
        """Whether a good file was read and its fingerprint compared."""
        if self._found is None:
            if self.file.value() is None:
                self.file.show_fault("请选择登记文件")
            self.file.setFocus()
            self.read()
            return False
        self.compared.show_fault(
            "" if self.compared.value() else "请先电话核对指纹，再打勾：这一步防止有人冒充上级"
        )
        if not self.compared.value():
            self.compared.setFocus()
        return self.compared.value()

    def _show(self, found: tuple[Path, Invitation, str]) -> None:
        path, invitation, pack = found
        if path != self.file.value():
            return
        self._found = invitation
        self.file.show_fault("")
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        holder = QWidget()
        holder.setLayout(
            fact_grid(
                (
                    ("上级司法局", invitation.bureau.name),
                    ("本单位", f"{invitation.name}（{invitation.site}）"),
                    ("工作方案", pack),
                )
            )
        )
        self._facts.addWidget(holder)
        self.fingerprint.show_digits(invitation.fingerprint)
        self.card.show()
        self.compared.setFocus()

    def _fail(self, said: Said) -> None:
        self._forget()
        self.banner.show_text(str(said), "fault")
        self.file.setFocus()

    def _forget(self) -> None:
        self._found = None
        self.compared.set_value(False)
        self.card.hide()


def _described(file: Path) -> tuple[Invitation, str]:
    invitation = read_invitation(read_file(file))
    return invitation, load_pack(invitation.pack).title
