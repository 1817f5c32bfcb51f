"""Finds a person by name, pinyin initials, last four digits or telephone, as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer

from app.pinyin import score
from app.ui.widgets.choice import DropList, ListKeys
from app.ui.widgets.field import Field
from app.ui.widgets.fields import line_edit

WAIT_MS = 150


@dataclass(frozen=True)
class PersonHit:
    """A person offered: id, name, and a second line such as `律师 · 尾号 6021`; also what else finds them."""

    id: str
    name: str
    hint: str = ""
    keys: tuple[str, ...] = ()


Provider = Callable[[str, Callable[[Sequence[PersonHit]], None]], None]


def among(people: Sequence[PersonHit]) -> Provider:
    """A provider over people already here: by name, initials, or an end of one of their `keys`."""

    def find(typed: str, then: Callable[[Sequence[PersonHit]], None]) -> None:
        scored = [(_fit(person, typed.strip()), person) for person in people]
        then([person for score, person in sorted(scored, key=lambda pair: -pair[0]) if score])

    return find


def _fit(person: PersonHit, typed: str) -> int:
    if typed.isdecimal() or typed[:-1].isdecimal():
        return max(
            (3 for key in person.keys if key.endswith(typed.upper()) or key.startswith(typed)), default=0
        )
    return score(typed, person.name)


class PersonField(Field):
    """A person. value() is the id chosen, or None; text() is what stands in the line.

    Whoever types faster than the list comes up, and goes on, gets the only person that was meant.
    """

    def __init__(
        self,
        title: str,
        provider: Provider | None = None,
        *,
        is_required: bool = False,
        hint: str = "姓名、首字母或电话",
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self._provider = provider
        self.line = line_edit()
        self.hold(self.line)
        self.list = DropList(self.line)
        self.hit: PersonHit | None = None
        self._hits: list[PersonHit] = []
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._search)
        self._keys = ListKeys(self.line, self.list, self._open, self._take, self._leave)
        self.line.textEdited.connect(self._typed)
        self.list.picked.connect(lambda at: self._take(at))

    def set_provider(self, provider: Provider) -> None:
        """Where people are found."""
        self._provider = provider

    def text(self) -> str:
        """The name in the line."""
        return self.line.text().strip()

    def value(self) -> str | None:
        return self.hit.id if self.hit is not None else None

    def set_value(self, value: Any) -> None:
        """Show a PersonHit, a bare name, or nothing."""
        self.hit = value if isinstance(value, PersonHit) else None
        self.line.setText(self.hit.name if self.hit else str(value or ""))

    def is_empty(self) -> bool:
        return not self.text()

    def own_fault(self) -> str:
        return "" if self.hit or not self.text() else "没有找到这个人，请从列表里选择"

    def draft(self) -> Any:
        return self.text()

    def set_draft(self, kept: Any) -> None:
        self.line.setText(str(kept or ""))

    def _typed(self, _text: str) -> None:
        self.hit = None
        self._touched()
        self._timer.start()

    def _open(self) -> None:
        self._search(shows_all=self.hit is not None)

    def _search(self, shows_all: bool = False) -> None:
        typed = "" if shows_all else self.text()
        if self._provider is not None:
            self._provider(typed, lambda hits: self._offer(typed, hits, shows_all))

    def _offer(self, typed: str, hits: Sequence[PersonHit], shows_all: bool) -> None:
        if not shows_all and typed != self.text():
            return
        self._hits = list(hits)
        self.list.show_words([f"{hit.name}　{hit.hint}".rstrip("　") for hit in self._hits])

    def _take(self, at: int) -> bool:
        self.list.hide()
        if not 0 <= at < len(self._hits):
            return False
        self.hit = self._hits[at]
        self.line.setText(self.hit.name)
        self._touched()
        return True

    def _leave(self) -> None:
        self.list.hide()
        self._timer.stop()
        typed = self.text()
        if self.hit is None and typed and self._provider is not None:
            self._provider(typed, lambda hits: self._settle(typed, hits))
        self.show_fault(self.own_fault())

    def _settle(self, typed: str, hits: Sequence[PersonHit]) -> None:
        """Take the only person that what was typed can mean."""
        if self.hit is None and typed == self.text():
            self._hits = [hit for hit in hits if hit.name == typed] or list(hits)
            self._take(0 if len(self._hits) == 1 else -1)
            self.show_fault(self.own_fault())
