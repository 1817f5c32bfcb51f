"""The one edge where the command line writes: no name can steer the terminal, and no byte of a file name stops a line."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

import orjson

from app.text import display_safe, readable

_STEERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys and JSON does not escape by itself: DEL, C1 controls, bidirectional marks, odd line ends."""


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's own encoding is, so that no Chinese word stops a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def terminal_text(text: str) -> str:
    """Text as a terminal may have it: no control but the line feed, no bidirectional or invisible mark."""
    return display_safe(readable(text))


def tell(text: str) -> None:
    """A sentence or a warning, on stderr."""
    sys.stderr.write(terminal_text(text).rstrip("\n") + "\n")


def answer(text: str) -> None:
    """The result in words, on stdout."""
    sys.stdout.write(terminal_text(text).rstrip("\n") + "\n")


def answer_json(document: Any) -> None:
    """The result as one JSON document on stdout; what would steer a terminal stands there as an escape."""
    text = orjson.dumps(document).decode()
    sys.stdout.write(_STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
