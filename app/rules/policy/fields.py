"""Reads the fields of a pack's tables and says exactly where one is missing, wrong or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from app.errors import Refused

Value = TypeVar("Value")


class TomlTable:
    """A table of a pack file; every field taken is ticked off, and finish() refuses what is left over."""

    def __init__(self, data: Any, place: str):
        if not isinstance(data, dict):
            raise Refused("E953", f"方案文件 {place} 应是一个表", field=place)
        self._left: dict[str, Any] = dict(data)
        self.place = place

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def names(self) -> tuple[str, ...]:
        """The fields not yet taken."""
        return tuple(self._left)

    def text(self, name: str, default: str | None = None) -> str:
        """A text; refused (E953) when missing without a default."""
        return self._typed(name, str, "文字", default)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number; refused (E953) when missing without a default."""
        return self._typed(name, int, "整数", default)

    def whole_or_none(self, name: str) -> int | None:
        """A whole number, None when absent."""
        return self.whole(name) if name in self else None

    def flag(self, name: str, default: bool = False) -> bool:
        """true or false."""
        return self._typed(name, bool, "true 或 false", default)

    def day(self, name: str) -> date:
        """A date; refused (E953) when missing."""
        return self._typed(name, date, "日期", None)

    def day_or_none(self, name: str) -> date | None:
        """A date, None when absent."""
        return self.day(name) if name in self else None

    def row(self, name: str, default: list[Any] | None = None) -> list[Any]:
        """An array of anything."""
        return self._typed(name, list, "数组", default)

    def texts(self, name: str) -> tuple[str, ...]:
        """An array of texts, () when absent."""
        found = self.row(name, [])
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(name, "应是文字的数组")
        return tuple(found)

    def raw(self, name: str) -> Any:
        """A value of any type; refused (E953) when missing."""
        if name not in self._left:
            raise self.wrong(name, "缺少")
        return self._left.pop(name)

    def table(self, name: str) -> TomlTable:
        """A table below, an empty one when absent."""
        return TomlTable(self._left.pop(name, {}), f"{self.place} [{name}]")

    def tables(self, name: str) -> Iterator[TomlTable]:
        """The tables of an array of tables, in order."""
        for number, data in enumerate(self.row(name, []), start=1):
            yield TomlTable(data, f"{self.place} [[{name}]] 第 {number} 项")

    def each(self) -> Iterator[tuple[str, TomlTable]]:
        """Every entry as a named table; nothing is left over."""
        for name in list(self._left):
            place = f"{self.place[:-1]}.{name}]" if self.place.endswith("]") else f"{self.place} [{name}]"
            yield name, TomlTable(self._left.pop(name), place)

    def finish(self) -> None:
        """Refuse (E952) a field nobody knows: it is a slip, or of a newer program."""
        for name in self._left:
            raise self.fault("E952", name, "不认识，请核对拼写")

    def fault(self, code: str, name: str, what: str) -> Refused:
        """A refusal that names the file, the table and the field."""
        return Refused(code, f"方案文件 {self.place} 的“{name}”{what}", field=f"{self.place} {name}")

    def wrong(self, name: str, what: str) -> Refused:
        """E953: the field is missing or not what it should be."""
        return self.fault("E953", name, what)

    def _typed(self, name: str, kind: type[Value], word: str, default: Value | None) -> Value:
        if name not in self._left:
            if default is None:
                raise self.wrong(name, f"缺少，应是{word}")
            return default
        value = self._left.pop(name)
        is_other = isinstance(value, datetime) or (kind is int and isinstance(value, bool))
        if is_other or not isinstance(value, kind):
            raise self.wrong(name, f"应是{word}")
        return value
