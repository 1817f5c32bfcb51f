"""Builds the one style sheet from the tokens and puts a theme on the program."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.ui.theme import CONTRAST, LIGHT, Colours, Theme, put


def apply(app: QApplication, *, scale: int = 100, is_high_contrast: bool = False) -> Theme:
    """Put a theme on the whole program at once; scale is limited to 100–175 percent."""
    chosen = Theme(CONTRAST if is_high_contrast else LIGHT, min(175, max(100, scale)))
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(chosen.colours))
    app.setFont(chosen.font())
    app.setStyleSheet(style_sheet(chosen))
    put(chosen)
    return chosen


def style_sheet(theme: Theme) -> str:
    """The program's style sheet: sheet.qss with `$name` colours and `${_n}` sizes put in."""
    text = (resources() / "style" / "sheet.qss").read_text(encoding="utf-8")
    return _Sheet(text).substitute(_Tokens(theme))


class _Sheet(Template):
    idpattern = "[a-z_][a-z0-9_]*"


class _Tokens(dict[str, str]):
    """Colours by name; `_14` is 14 pixels of the 100 % drawing at the theme's scale."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def __missing__(self, key: str) -> str:
        if key.startswith("_"):
            return f"{self.theme.px(int(key[1:]))}px"
        if key == "icons":
            return (resources() / "icons").as_posix()
        return str(getattr(self.theme.colours, key))


def _palette(c: Colours) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    pairs = {
        roles.Window: c.bg, roles.WindowText: c.ink, roles.Base: c.card, roles.AlternateBase: c.head,
        roles.Text: c.ink, roles.Button: c.card, roles.ButtonText: c.ink, roles.Highlight: c.accent,
        roles.HighlightedText: c.on_accent, roles.PlaceholderText: c.ink3, roles.Link: c.accent,
        roles.ToolTipBase: c.card, roles.ToolTipText: c.ink, roles.Mid: c.line, roles.Dark: c.edge,
    }  # fmt: skip
    for role, value in pairs.items():
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.faint))
    return made
