"""Reminds the lawyer what to ask and what to tell, topic by topic (Q07 一次性告知)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.paths import resources


@dataclass(frozen=True)
class Guidance:
    """The topic that was chosen."""

    topic: str


@dataclass(frozen=True)
class TopicGuidance:
    """A short checklist; topics: the words it is found by; bring: papers for the next visit."""

    title: str
    topics: tuple[str, ...]
    ask: tuple[str, ...]
    tell: tuple[str, ...]
    bring: tuple[str, ...] = ()


@answers(Guidance, permission=Permission.LOOK)
def guidance(look: Look, query: Guidance) -> TopicGuidance | None:
    """The checklist of a topic; None where there is none."""
    return guidance_for(query.topic)


def guidance_for(topic: str) -> TopicGuidance | None:
    """The checklist whose words name the topic, exact words before parts."""
    every = all_guidance()
    exact = (one for one in every if topic in one.topics)
    near = (one for one in every if any(word in topic for word in one.topics))
    return next(exact, None) or next(near, None) if topic else None


@cache
def all_guidance() -> tuple[TopicGuidance, ...]:
    """Every checklist, in the order of the file."""
    read = tomllib.loads((resources() / "guidance.toml").read_text(encoding="utf-8"))
    return tuple(
        TopicGuidance(
            one["title"],
            tuple(one["topics"]),
            tuple(one["ask"]),
            tuple(one["tell"]),
            tuple(one.get("bring", ())),
        )
        for one in read["guidance"]
    )
