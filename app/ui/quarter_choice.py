"""Quarters as pages offer and say them: the value is `2022-Q2`, the words are 2022年第2季度."""

from __future__ import annotations

from datetime import date

from app.quarters import Quarter


def quarter_choices(today: date, count: int) -> list[tuple[str, str]]:
    """(value, words) of today's quarter and those before it, the newest first."""
    return [(str(one), one.words) for one in Quarter.recent(today, count)]


def quarter_words(value: str) -> str:
    """The words of a quarter's value."""
    return Quarter.parse(value).words
