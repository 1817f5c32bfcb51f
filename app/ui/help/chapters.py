"""Finds and searches the chapters of the manual; their order is that of the links in its index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.paths import resources

INDEX, CODES = "index", "codes"
CODE = re.compile(r"[Ee]\d{3}")
LINK = re.compile(r"\[[^\]]+\]\(([a-z_]+)\.md(?:#[^)]*)?\)")

PARAGRAPH_LINE = re.compile(r"(?<=[。！？：；）”*])\n(?=[^\n|#\-\d\s])")


@dataclass(frozen=True)
class Chapter:
    """One chapter. key: its file's name without ending, the page's key. text: Markdown."""

    key: str
    title: str
    text: str

    def count(self, words: str) -> int:
        """How often the words occur, whatever their case."""
        return self.text.casefold().count(words.casefold()) if words else 0


def folder() -> Path:
    """Where the chapters lie."""
    return resources() / "help"


@cache
def chapters() -> tuple[Chapter, ...]:
    """The index, then every chapter it links to, each once."""
    index = _read(INDEX)
    return (index, *map(_read, dict.fromkeys(linked_chapters(index.text))))


def chapter(key: str) -> Chapter:
    """The chapter of a page, or the index for one that has none."""
    return next((one for one in chapters() if one.key == key), chapters()[0])


def linked_chapters(text: str) -> list[str]:
    """Keys of the chapters a text links to, in order."""
    return LINK.findall(text)


def search(words: str) -> tuple[Chapter, ...]:
    """Chapters with these words, most hits first, all of them for no words; the table of codes leads for a code only."""
    plain = words.strip()
    is_code = bool(CODE.fullmatch(plain))
    found = [one for one in chapters() if one.count(plain) or not plain]
    return tuple(sorted(found, key=lambda one: ((one.key == CODES) != is_code, -one.count(plain))))


def as_lines(text: str) -> str:
    """The text with every line of a paragraph kept a line of its own, as Markdown has it."""
    return PARAGRAPH_LINE.sub("  \n", text)


def _read(key: str) -> Chapter:
    text = (folder() / f"{key}.md").read_text("utf-8")
    return Chapter(key, text.partition("\n")[0].lstrip("# ").strip(), text)
