"""The one place for colours, sizes and type, and the switch between themes and text scales."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont

from app.ui import fonts


class State(StrEnum):
    """The states a thing can be in; each has a colour, an icon and a word, never a colour alone."""

    DONE = "done"
    DUE = "due"
    FAULT = "fault"
    INFO = "info"
    NONE = "none"
    OUTREACH = "outreach"


@dataclass(frozen=True)
class Colours:
    """Named colours; text pairs have a contrast of at least 4.5, control edges of at least 3."""

    accent: str
    accent_hover: str
    accent_weak: str
    on_accent: str
    ink: str
    ink2: str
    ink3: str
    faint: str
    line: str
    line_soft: str
    edge: str
    bg: str
    card: str
    head: str
    track: str
    done: str
    done_weak: str
    due: str
    due_weak: str
    fault: str
    fault_weak: str
    info: str
    info_weak: str
    none: str
    none_weak: str
    outreach: str
    outreach_weak: str

    def of(self, state: State | str) -> tuple[str, str]:
        """Text colour and ground colour of a state."""
        return getattr(self, str(state)), getattr(self, f"{state}_weak")


LIGHT = Colours(
    accent="#1F5F9E", accent_hover="#184C80", accent_weak="#E8F0F8", on_accent="#FFFFFF",
    ink="#1B2430", ink2="#4A5565", ink3="#5E6979", faint="#A3ADBA",
    line="#DDE3EA", line_soft="#EDF0F4", edge="#8491A2",
    bg="#F4F6F9", card="#FFFFFF", head="#FAFBFC", track="#E9EDF2",
    done="#1E7B45", done_weak="#E7F4EC", due="#8A5A00", due_weak="#FFF4DC",
    fault="#B3261E", fault_weak="#FCEBEA", info="#1F5F9E", info_weak="#E8F0F8",
    none="#5A6574", none_weak="#EEF1F5", outreach="#6B4C99", outreach_weak="#F2ECF9",
)  # fmt: skip

CONTRAST = Colours(
    accent="#003C7D", accent_hover="#00264F", accent_weak="#D6E6F7", on_accent="#FFFFFF",
    ink="#000000", ink2="#1A1A1A", ink3="#333333", faint="#6B6B6B",
    line="#5A5A5A", line_soft="#8C8C8C", edge="#1A1A1A",
    bg="#FFFFFF", card="#FFFFFF", head="#F0F0F0", track="#D0D0D0",
    done="#00521F", done_weak="#E3F6E9", due="#5C3A00", due_weak="#FFF0C7",
    fault="#8C0B05", fault_weak="#FFE5E3", info="#003C7D", info_weak="#DCEBFA",
    none="#333333", none_weak="#E6E6E6", outreach="#472478", outreach_weak="#EFE4FB",
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """A set of colours at a text scale in percent."""

    colours: Colours = LIGHT
    scale: int = 100

    def px(self, size: float) -> int:
        """A size of the 100 % drawing, in pixels at this scale."""
        return round(size * self.scale / 100)

    def font(self, size: float = 14, *, is_bold: bool = False) -> QFont:
        """The interface font; size is that of the 100 % drawing."""
        return fonts.font(self.px(size), is_bold=is_bold)


class CurrentTheme(QObject):
    """The theme in use; changed: scale or colours are others now."""

    changed = Signal()
    theme = Theme()


_current = CurrentTheme()


def current() -> Theme:
    """The theme in use."""
    return _current.theme


def px(size: float) -> int:
    """A size of the 100 % drawing at the scale in use."""
    return _current.theme.px(size)


def colours() -> Colours:
    """The colours in use."""
    return _current.theme.colours


def colour(name: str) -> QColor:
    """A named colour in use, as Qt wants it."""
    return QColor(getattr(_current.theme.colours, name))


def changes() -> CurrentTheme:
    """The object whose signal `changed` tells that scale or colours changed."""
    return _current


def put(chosen: Theme) -> None:
    """Make a theme the one in use and tell whoever draws by hand."""
    _current.theme = chosen
    _current.changed.emit()
