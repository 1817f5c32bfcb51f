"""How a person's word on a month's pay stands, by the rules alone (Y18, Y29)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.rules.pay.replies import ReplyFact, ReplyState, disputed_fen, reply_state

BY = date(2022, 6, 7)


def word(
    number: int,
    is_dispute: bool,
    *keys: str,
    site: str = "a",
    is_upheld: bool | None = None,
    is_current: bool = True,
) -> ReplyFact:
    at = datetime(2022, 6, 2, 8, number, tzinfo=UTC)
    return ReplyFact(str(number), site, at, is_dispute, keys, is_current, is_upheld)


@pytest.mark.parametrize(
    ("words", "today", "silence", "state"),
    [
        ((), BY, True, ReplyState.waiting),
        ((), date(2022, 6, 8), True, ReplyState.silent),
        ((), date(2022, 6, 8), False, ReplyState.overdue),
        ((word(1, False),), date(2022, 6, 8), True, ReplyState.confirmed),
        ((word(1, True),), date(2022, 6, 8), True, ReplyState.disputed),
        ((word(1, True, is_upheld=True),), BY, True, ReplyState.upheld),
        ((word(1, True, is_upheld=False),), BY, True, ReplyState.rejected),
        ((word(1, True), word(2, False)), BY, True, ReplyState.confirmed),
        ((word(1, True), word(2, False, site="b")), BY, True, ReplyState.disputed),
        ((word(1, True, is_current=False),), BY, True, ReplyState.disputed),
        ((word(1, False, is_current=False),), BY, True, ReplyState.waiting),
        ((word(1, True, is_upheld=True, is_current=False),), BY, True, ReplyState.waiting),
    ],
)
def test_y29_the_state_of_a_word(
    words: tuple[ReplyFact, ...], today: date, silence: bool, state: ReplyState
) -> None:
    assert reply_state(words, BY, today, silence_confirms=silence) is state


def test_y29_only_what_is_disputed_and_unanswered_waits() -> None:
    amounts = {"x": 30000, "y": 20000}
    assert disputed_fen([word(1, True, "x")], amounts) == 30000
    assert disputed_fen([word(1, True, "x"), word(2, True, "y", site="b")], amounts) == 50000
    assert disputed_fen([word(1, True)], amounts) == 50000
    assert disputed_fen([word(1, True, "of another month")], amounts) == 50000
    assert disputed_fen([word(1, True, "x", is_upheld=False)], amounts) == 0
    assert disputed_fen([word(1, True, "x"), word(2, False)], amounts) == 0
