"""Says in Chinese what is wrong with the words of a command, for the library says it in English."""

from __future__ import annotations

import re
from typing import Any

from typer import BadParameter, TyperException

_CHINESE = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile(r"'([^']*)'")
_KINDS = {"int": "请填整数", "float": "请填数", "bool": "请填 true 或 false", "path": "请核对路径"}
"""What the library's sentence about a wrong value names → what to type."""


def usage_words(wrong: TyperException) -> str:
    """One sentence: what is missing, unknown or too much, and how to see the right form."""
    path = getattr(getattr(wrong, "ctx", None), "command_path", "") or "huimin"
    return f"用法不对：{_what(wrong)}。用 {path} --help 查看写法。"


def _what(wrong: TyperException) -> str:
    kind, said = type(wrong).__name__, str(getattr(wrong, "message", wrong))
    if kind == "NoSuchOption":
        near = "、".join(getattr(wrong, "possibilities", None) or ())
        return f"没有“{_option(wrong)}”这个选项" + (f"，是不是 {near}" if near else "")
    if kind == "BadOptionUsage":
        return f"选项“{_option(wrong)}”后面的值不对：缺少，或不该有"
    if kind == "MissingParameter":
        param: Any = getattr(wrong, "param", None)
        word = "选项" if getattr(param, "param_type_name", "") == "option" else "参数"
        return f"缺少{word} {_named(wrong)}".rstrip()
    if isinstance(wrong, BadParameter):
        return said.rstrip("。") if _CHINESE.search(said) else _bad_value(wrong, said)
    if said.startswith("Missing command"):
        return f"还要写做什么：{_commands(wrong)}"
    return _other(said)


def _other(said: str) -> str:
    found = _QUOTED.search(said)
    if said.startswith("No such command") and found:
        return f"没有“{found[1]}”这个命令"
    if "extra argument" in said:
        return f"多写了 {said.rpartition('(')[2].rstrip(').')}"
    return said.rstrip("。") if _CHINESE.search(said) else "这样写不认识"


def _bad_value(wrong: BadParameter, said: str) -> str:
    advice = next((words for kind, words in _KINDS.items() if kind in said.lower()), "请核对")
    return f"{_named(wrong)} 的值不对，{advice}".lstrip()


def _option(wrong: TyperException) -> str:
    return str(getattr(wrong, "option_name", ""))


def _named(wrong: TyperException) -> str:
    """How the option or argument is written: --month, ID."""
    hint = getattr(wrong, "param_hint", None)
    param: Any = getattr(wrong, "param", None)
    if not hint and param is not None:
        hint = param.get_error_hint()
    words = hint if isinstance(hint, str) else "、".join(hint or ())
    return words.replace("'", "").replace('"', "")


def _commands(wrong: TyperException) -> str:
    command: Any = getattr(getattr(wrong, "ctx", None), "command", None)
    return "、".join(getattr(command, "commands", {}) or {}) or "见帮助"
