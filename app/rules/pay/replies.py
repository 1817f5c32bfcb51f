"""Tells how a person's word on a month's pay stands, and what of the pay waits for an answer (Y18, Y29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReplyState(StrEnum):
    """How a person's word on a month stands."""

    waiting = "待本人答复"
    confirmed = "本人已确认"
    silent = "未答复，视为确认"
    overdue = "到期未答复"
    disputed = "有异议，待答复"
    upheld = "异议成立"
    rejected = "异议不成立"

    @property
    def is_open(self) -> bool:
        """Whether somebody is still asked for a word: the person, or the bureau."""
        return self in (ReplyState.waiting, ReplyState.overdue, ReplyState.disputed)


@dataclass(frozen=True)
class ReplyFact:
    """One word of a person. site: where it was said. keys: the disputed duties, none for the whole month.

    is_current: it was said of the statement issued last. is_upheld: the bureau's answer to a dispute, None while there
    is none.
    """

    id: str
    site: str
    at: datetime
    is_dispute: bool
    keys: tuple[str, ...] = ()
    is_current: bool = True
    is_upheld: bool | None = None

    @property
    def is_unanswered(self) -> bool:
        """A dispute that waits for the bureau."""
        return self.is_dispute and self.is_upheld is None


def last_words(replies: Iterable[ReplyFact]) -> tuple[ReplyFact, ...]:
    """The last word said at each site: at one site a later word takes the place of an earlier, between sites none does,
    for no clock decides which came first."""
    found: dict[str, ReplyFact] = {}
    for one in sorted(replies, key=lambda one: (one.at, one.id)):
        found[one.site] = one
    return tuple(found.values())


def reply_state(
    replies: Iterable[ReplyFact], reply_by: date, today: date, *, silence_confirms: bool
) -> ReplyState:
    """How the word on the statement issued last stands; a dispute about an earlier one stays open until it is answered.

    Silence after the last day to reply counts as confirmed, or stays open (reading `silence_confirms`).
    """
    last = last_words(replies)
    if any(one.is_unanswered for one in last):
        return ReplyState.disputed
    said = [one for one in last if one.is_current]
    if said:
        newest = max(said, key=lambda one: (one.at, one.id))
        if not newest.is_dispute:
            return ReplyState.confirmed
        return ReplyState.upheld if newest.is_upheld else ReplyState.rejected
    if today <= reply_by:
        return ReplyState.waiting
    return ReplyState.silent if silence_confirms else ReplyState.overdue


def disputed_fen(replies: Iterable[ReplyFact], amounts: Mapping[str, int]) -> int:
    """What of a person's month is disputed and waits, 分. amounts: duty → what it pays now; a word without duties
    means them all, and so does one that names a duty of another month."""
    waiting = [one for one in last_words(replies) if one.is_unanswered]
    whole = sum(amounts.values())
    keys = {key for one in waiting for key in one.keys}
    if any(not one.keys or not amounts.keys() >= set(one.keys) for one in waiting):
        return whole
    return sum(amounts[key] for key in keys)
