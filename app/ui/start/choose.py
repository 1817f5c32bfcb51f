"""The first question of an empty data directory: a new bureau, a station by its invitation, or a backup."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import colours, px
from app.ui.widgets.button import PLAIN, PRIMARY, Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.text import label

BUREAU, JOIN, RESTORE = "bureau", "join", "restore"
_WAYS = (
    (
        BUREAU,
        "sites",
        "新建司法局办公点",
        "县（市、区）或市司法局第一次使用：选工作方案和单位，设管理员，保管好恢复码。",
        "新建办公点",
    ),
    (
        JOIN,
        "link",
        "用登记文件加入",
        "乡镇（街道）工作站第一次使用：打开上级司法局给的登记文件，核对指纹，写答复文件带回。",
        "打开登记文件",
    ),
    (
        RESTORE,
        "backup",
        "从备份恢复",
        "电脑更换或损坏后：选一份 .hmbak 备份，恢复后用原来的登录名和密码登录。",
        "选择备份",
    ),
)


class ChooseView(QWidget):
    """chosen(way): bureau, join or restore."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, Button] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(80), px(40), px(80), px(40))
        outer.setSpacing(px(24))
        outer.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        outer.addWidget(label("惠民法律服务台", "brand"), 0, centre)
        outer.addWidget(label("这台电脑上还没有办公点", "title"), 0, centre)
        outer.addWidget(label("数据加密保存在本机，不连网也能用。请选一种开始方式。", "muted"), 0, centre)
        outer.addLayout(columns(*((self._card(*way), 1) for way in _WAYS)))
        outer.addStretch(3)

    def focus_first(self) -> None:
        """The first way."""
        self.buttons[BUREAU].setFocus()

    def _card(self, way: str, icon: str, title: str, text: str, words: str) -> Card:
        card = Card(pad=24, spacing=12)
        mark = QLabel()
        mark.setPixmap(icons.picture(icon, colours().accent, px(40)))
        self.buttons[way] = Button(
            words, lambda: self.chosen.emit(way), kind=PRIMARY if way != RESTORE else PLAIN
        )
        card.add(mark, label(title, "large"), label(text, "muted", wraps=True))
        card.inner.addStretch(1)
        card.inner.addWidget(self.buttons[way], 0, Qt.AlignmentFlag.AlignLeft)
        return card
