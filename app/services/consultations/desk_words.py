"""Hands the form of the consultation desk the words it offers, all of them from the policy pack."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.consultations.required import field_of
from app.values import Rating, Sex


@dataclass(frozen=True)
class DeskWords:
    """The words of this office's pack."""


@dataclass(frozen=True, kw_only=True)
class WordsOffered:
    """Choices by field. required: field → item of the pack. usual: what stands in the form before anything is typed."""

    groups: tuple[str, ...]
    channels: tuple[str, ...]
    topics: tuple[str, ...]
    handlings: tuple[str, ...]
    sexes: tuple[str, ...]
    ratings: tuple[str, ...]
    required: tuple[tuple[str, str], ...]
    usual_group: str = ""
    usual_channel: str = ""
    usual_handling: str = ""


@answers(DeskWords, permission=Permission.LOOK)
def desk_words(look: Look, query: DeskWords) -> WordsOffered:
    """Everybody's group, the first channel and the first handling are usual, so that five fields are enough."""
    pack = look.pack
    return WordsOffered(
        groups=pack.consultation_groups,
        channels=pack.channels,
        topics=pack.topics,
        handlings=pack.handlings,
        sexes=tuple(Sex),
        ratings=tuple(Rating),
        required=tuple((field_of(item), item) for item in pack.required_items),
        usual_group=next(iter(pack.names("other_groups")), ""),
        usual_channel=next(iter(pack.channels), ""),
        usual_handling=next(iter(pack.handlings), ""),
    )
