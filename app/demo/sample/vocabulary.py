"""Fits the sample's words to a policy pack's lists, so that the register of any pack uses its own terms."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.sample.words import word_list
from app.values import PersonKind

_OTHER = "其他"


@dataclass(frozen=True)
class Vocabulary:
    """A pack's lists of topics, groups, handlings and personnel kinds; an empty list takes every word as it is."""

    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    handlings: tuple[str, ...] = ()
    kinds: tuple[PersonKind, ...] = ()

    def fit_topics(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The pack's words for topics, each once."""
        return _fit(words, "topics", self.topics)

    def fit_groups(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The pack's words for groups, each once."""
        return _fit(words, "groups", self.groups)

    def fit_handling(self, word: str) -> str:
        """The pack's word for a handling."""
        return _fit((word,), "handlings", self.handlings)[0]


def _fit(words: tuple[str, ...], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if not known:
        return words
    broader = word_list("broader")[name]
    found = (next((near for near in (word, *broader.get(word, ())) if near in known), "") for word in words)
    fitting = tuple(dict.fromkeys(word for word in found if word))
    return fitting or (_OTHER,)
