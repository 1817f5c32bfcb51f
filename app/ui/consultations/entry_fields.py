"""The fields that only the consultation form has: paper number with refusal, sex with age, a moment of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.reading import read_date, read_time
from app.ui.theme import px
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.fields import LineField, ReadField, TickField
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label


class PaperField(LineField):
    """The paper's number, with 拒绝提供 beside its title; typing a number takes the tick away."""

    def __init__(self) -> None:
        super().__init__("身份证号", hint="没带可留空")
        self.refused = TickField("拒绝提供", hint="本人不愿提供证件号")
        self.refused.setParent(self)
        self.refused.hide()
        self.refused.tick.setProperty("role", "beside")
        self.refused.tick.setFixedHeight(self._label.sizeHint().height())
        self._stack.removeWidget(self._label)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._label)
        line.addStretch(1)
        line.addWidget(self.refused.tick)
        self._stack.insertLayout(0, line)
        self.changed.connect(self._follow)
        self.refused.changed.connect(self._refused)

    def _follow(self) -> None:
        if self.value():
            self.refused.set_value(False)

    def _refused(self) -> None:
        if self.refused.value():
            self.set_value("")
            self.show_fault("")


class SexField(ChoiceField):
    """男 or 女, with the age and the group that an identity card tells."""

    def __init__(self) -> None:
        super().__init__("性别 / 年龄", hint="")
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        self.age, self.tag = label(""), Tag("", "info")
        self._stack.removeWidget(self.line)
        line.addWidget(self.line, 1)
        line.addWidget(self.age)
        line.addWidget(self.tag)
        self._stack.insertWidget(1, holder)
        self.show_age(None, "")

    def show_age(self, age: int | None, group: str) -> None:
        """61 岁, 老年人; nothing where no card tells."""
        self.age.setText("" if age is None else f"{age} 岁")
        self.age.setVisible(age is not None)
        self.tag.show_state(group, "info")
        self.tag.setVisible(bool(group))


class MomentField(ReadField):
    """A time of today, 0912, or of an earlier day, 0510 0912; empty is now."""

    complaint = "看不懂这个时间，请写成 0912 或 0510 0912"

    def __init__(self, title: str, now: Callable[[], datetime]) -> None:
        super().__init__(title, is_required=False, hint="现在")
        self._now = now
        self._moment: datetime | None = None

    def value(self) -> Any:
        """Naive local time; None for now, and for what cannot be read."""
        if self._moment is not None and self.line.text().strip() == self.write(self._moment):
            return self._moment
        return super().value()

    def set_value(self, value: Any) -> None:
        self._moment = value
        super().set_value(value)

    def set_draft(self, kept: Any) -> None:
        self._moment = None
        super().set_draft(kept)

    def read(self, text: str) -> datetime | None:
        day, _, rest = text.rpartition(" ") if " " in text else ("", "", text)
        on = read_date(day, self._now().date()) if day else self._now().date()
        at: time | None = read_time(rest, self._now().time())
        return datetime.combine(on, at) if on and at else None

    def write(self, value: datetime) -> str:
        clock = f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
        return clock if value.date() == self._now().date() else f"{value:%Y-%m-%d} {clock}"


class AdoptedField(Field):
    """Not shown: the earlier record of the same person, and its masked telephone and paper number as put in the form."""

    def __init__(self) -> None:
        super().__init__("")
        self._parts: tuple[str, ...] = ()
        self.hide()

    def value(self) -> tuple[str, ...]:
        """(record, masked telephone, masked number), () for nobody."""
        return self._parts

    def set_value(self, value: Sequence[str] | None) -> None:
        self._parts = tuple(value or ())

    def draft(self) -> Any:
        return list(self._parts)
