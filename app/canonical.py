"""Canonical JSON: one value has exactly one byte form, so that hashes and signatures mean something."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import orjson

from app.errors import Refused

DEEPEST = 32
LEAST_INTEGER = -(2**63)
GREATEST_INTEGER = 2**63 - 1

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)
_SHORT = _OPTIONS | orjson.OPT_STRICT_INTEGER
"""Integers of 53 bits, as nearly all are."""
_NUL_SIGNS = re.compile(rb"\\u0000")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class BadData(Refused):
    """A value or a text outside canonical JSON; nothing of it was used (E709)."""

    def __init__(self, reason: str):
        super().__init__("E709", f"数据不是规范格式（{reason}），没有采用；请核对来源后重新导出")


def encode(value: Any) -> bytes:
    """The canonical bytes of a value made of text, integers, None, lists and dictionaries.

    Keys are sorted and the text is UTF-8. Booleans are written as 1 and 0, text and integer enumerations as
    their values, tuples as lists. Floats, bytes, integers beyond 64 bits, lone surrogates, U+0000 and more
    than `DEEPEST` levels raise `BadData`.
    """
    if not _is_plain(value, DEEPEST):
        value = _made_plain(value, DEEPEST)
    return _written(value)


def check_code(value: Any) -> str:
    """Eight digits by which two people make sure by telephone that they hold the same content: SHA-256 of its
    canonical JSON as an integer, modulo 10⁸, zeros in front."""
    return f"{int.from_bytes(hashlib.sha256(encode(value)).digest()) % 10**8:08d}"


def decode(data: bytes) -> Any:
    """The value of canonical bytes; any other spelling of it, or anything `encode` would refuse, is `BadData`.

    Duplicate keys, NaN, other key orders, blanks, booleans and floats therefore never come in.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise BadData("不是可读的 JSON") from fault
    if not _is_plain(value, DEEPEST):
        raise BadData("含小数、真假值、超大整数或层次过深")
    if _written(value) != data:
        raise BadData("键的顺序、空白或重复键不合规范")
    return value


def _written(value: Any) -> bytes:
    try:
        data = orjson.dumps(value, option=_SHORT)
    except orjson.JSONEncodeError:
        data = _written_long(value)
    if _NUL_SIGNS.search(data) and _NUL.search(data):
        raise BadData("含空字符 U+0000")
    return data


def _written_long(value: Any) -> bytes:
    """Of a value with an integer of more than 53 bits, or one that cannot be written."""
    try:
        return orjson.dumps(_made_plain(value, DEEPEST), option=_OPTIONS)
    except orjson.JSONEncodeError as fault:
        raise BadData("键不是文字，或含不成对的代理字符") from fault


def _is_plain(value: Any, levels: int) -> bool:
    """Whether a value needs no conversion and no refusal; the fast way for nearly every record.

    Too large an integer passes here: writing refuses it.
    """
    kind = type(value)
    if kind is dict:
        return levels > 0 and _are_plain(value.values(), levels - 1)
    if kind is list:
        return levels > 0 and _are_plain(value, levels - 1)
    return kind is str or kind is int or value is None


def _are_plain(values: Any, levels: int) -> bool:
    for value in values:
        kind = type(value)
        if kind is not str and kind is not int and value is not None and not _is_plain(value, levels):
            return False
    return True


def _made_plain(value: Any, levels: int) -> Any:
    if isinstance(value, (dict, list, tuple)):
        if levels == 0:
            raise BadData("层次过深")
        if isinstance(value, dict):
            return {_plain_key(key): _made_plain(inner, levels - 1) for key, inner in value.items()}
        return [_made_plain(inner, levels - 1) for inner in value]
    if isinstance(value, int):
        return _plain_integer(int(value))
    if isinstance(value, str):
        return _plain_text(value)
    if value is None:
        return None
    raise BadData(f"不接受 {type(value).__name__} 类型")


def _plain_integer(value: int) -> int:
    if not LEAST_INTEGER <= value <= GREATEST_INTEGER:
        raise BadData("整数超出 64 位")
    return value


def _plain_text(value: str) -> str:
    return str.__str__(value)


def _plain_key(key: Any) -> str:
    if not isinstance(key, str):
        raise BadData("键不是文字")
    return _plain_text(key)
