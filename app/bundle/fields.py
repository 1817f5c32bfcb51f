"""Strict reading of decoded JSON: every field has its type, its range and its ceiling."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from app import canonical
from app.bundle.faults import BadContent
from app.bundle.limits import GREATEST_SEQ

T = TypeVar("T")

_HEX = re.compile(r"[0-9a-f]+")


def decoded(data: bytes, what: str) -> Fields:
    """The object in canonical bytes; raises `BadContent` naming `what`."""
    try:
        return Fields(canonical.decode(data), what)
    except canonical.BadData as fault:
        raise BadContent(f"{what}不是规范格式") from fault


class Fields:
    """A JSON object whose fields are fetched by type; whatever does not fit raises `BadContent`.

    what: the object's Chinese name for the sentence. Fields nobody fetches are ignored and stay in `raw`.
    """

    def __init__(self, raw: Any, what: str):
        if type(raw) is not dict:
            raise BadContent(f"{what}不是对象")
        self.raw: dict[str, Any] = raw
        self._what = what

    def text(self, name: str, longest: int = 200) -> str:
        """A text that is neither empty nor longer than `longest` characters."""
        value = self.raw.get(name)
        if type(value) is not str or not 0 < len(value) <= longest:
            raise self._wrong(name)
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(name)
        if value not in choices:
            raise self._wrong(name)
        return value

    def hexadecimal(self, name: str, size: int) -> str:
        """Lower-case hexadecimal of exactly `size` bytes."""
        value = self.text(name, size * 2)
        if len(value) != size * 2 or not _HEX.fullmatch(value):
            raise self._wrong(name)
        return value

    def binary(self, name: str, size: int) -> bytes:
        """`size` bytes that stand there in hexadecimal."""
        return bytes.fromhex(self.hexadecimal(name, size))

    def integer(self, name: str, least: int = 0, greatest: int = GREATEST_SEQ) -> int:
        """A whole number from `least` to `greatest`."""
        value = self.raw.get(name)
        if type(value) is not int or not least <= value <= greatest:
            raise self._wrong(name)
        return value

    def numbers(self, name: str, least: int | None = None) -> dict[str, int]:
        """Whole numbers by name; from `least` on, if given."""
        value = self.raw.get(name)
        if type(value) is not dict or any(type(number) is not int for number in value.values()):
            raise self._wrong(name)
        if least is not None and any(number < least for number in value.values()):
            raise self._wrong(name)
        return value

    def many(self, name: str, most: int, read: Callable[[Fields], T], what: str) -> tuple[T, ...]:
        """A list of objects, each read by `read`."""
        return tuple(read(Fields(item, what)) for item in self._list(name, most))

    def optional(self, name: str, most: int, read: Callable[[Fields], T], what: str) -> tuple[T, ...]:
        """Such a list where there is one; nothing where the field is left out."""
        return self.many(name, most, read, what) if name in self.raw else ()

    def digests(self, name: str, most: int) -> tuple[str, ...]:
        """A list of hexadecimal SHA-256 digests."""
        items = self._list(name, most)
        return tuple(Fields({name: item}, self._what).hexadecimal(name, 32) for item in items)

    def _list(self, name: str, most: int) -> list[Any]:
        value = self.raw.get(name)
        if type(value) is not list or len(value) > most:
            raise self._wrong(name)
        return value

    def _wrong(self, name: str) -> BadContent:
        return BadContent(f"{self._what}的 {name}")
