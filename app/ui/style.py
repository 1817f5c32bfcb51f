"""Builds the one style sheet from the tokens."""

from __future__ import annotations

from string import Template

from app.paths import resources
from app.ui.theme import Theme


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
