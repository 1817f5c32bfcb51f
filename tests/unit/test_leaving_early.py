"""What the kiosk says before an early sign-out: minutes, yuan, clause, or why nothing is taken (Y17 (2))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.rules.duty.facts import DutyFact
from app.rules.pay.leaving_early import EarlyLeaving, leaving_early
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import DutyKind

RATES = DutyRates(clauses={"D2": ("五（二）1(2)", "迟到早退扣 50 元")})
ONCE = replace(RuleSettings(), late_and_early="once")


def on(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2022, 5, 10, hour, minute, second)


def duty(*ranges: tuple[datetime, datetime]) -> DutyFact:
    return DutyFact(
        id="d",
        site="140802-01",
        person_id="p",
        on=date(2022, 5, 10),
        ranges=ranges or ((on(9), on(13)),),
        kind=DutyKind.centre,
    )


def told(
    at: datetime,
    rates: DutyRates | None = RATES,
    settings: RuleSettings | None = None,
    *,
    one: DutyFact | None = None,
    in_at: datetime = on(8, 57),
    is_public: bool = False,
) -> EarlyLeaving | None:
    return leaving_early(one or duty(), in_at, at, rates, settings or RuleSettings(), is_public=is_public)


def test_y17_minutes_yuan_and_clause() -> None:
    found = told(on(8, 58))
    assert found is not None
    assert (found.cost_fen, found.clause) == (5000, "五（二）1(2)")
    assert found.text == "现在签退，早退 4 小时 2 分，按规定扣 50 元"


def test_p08_the_seconds_are_not_rounded() -> None:
    found = told(on(12, 58, 30))
    assert found is not None and found.text.startswith("现在签退，早退 1 分 30 秒，")


def test_nothing_is_asked_at_the_end_or_within_the_grace() -> None:
    assert told(on(13)) is None
    assert told(on(12, 55), settings=replace(RuleSettings(), grace_minutes=5)) is None


@pytest.mark.parametrize(
    ("rates", "settings", "in_at", "is_public", "words"),
    [
        (None, None, on(8, 57), False, "本方案没有定扣款标准"),
        (RATES, None, on(8, 57), True, "您不领值班补贴，不扣款"),
        (RATES, ONCE, on(9, 12), False, "本班迟到已扣过，不再加扣"),
    ],
)
def test_y17_where_nothing_is_taken_it_says_why(
    rates: DutyRates | None, settings: RuleSettings | None, in_at: datetime, is_public: bool, words: str
) -> None:
    found = told(on(12), rates, settings, in_at=in_at, is_public=is_public)
    assert found is not None and found.cost_fen == 0
    assert found.text == f"现在签退，早退 1 小时，{words}，但会记录在案"


def test_y17_late_and_early_once_still_takes_the_first() -> None:
    found = told(on(12), settings=ONCE)
    assert found is not None and found.cost_fen == 5000


def test_a_noon_break_says_how_to_come_back() -> None:
    parted = duty((on(8, 30), on(12)), (on(14, 30), on(18)))
    noon, at_work = told(on(12, 5), one=parted), told(on(11, 55), one=parted)
    assert noon is not None and at_work is not None
    assert noon.note == "现在是中间休息。休息后回来再签到，18:00 后签退的，不算早退"
    assert at_work.note == ""
