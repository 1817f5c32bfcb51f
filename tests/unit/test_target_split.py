"""A target's parts sum to the whole, whatever the weights (Y26)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.rules.policy.split import by_months, months_of_parts, parts_by_month, shared_out


@given(st.integers(0, 100_000), st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_y26_parts_sum_to_the_whole_and_follow_the_weights(total: int, weights: list[int]) -> None:
    parts = shared_out(total, weights)
    assert sum(parts) == total and min(parts) >= 0
    whole = sum(weights) or len(weights)
    exact = [total * (weight if any(weights) else 1) / whole for weight in weights]
    assert all(abs(part - wanted) < 1 for part, wanted in zip(parts, exact, strict=True))


@given(st.integers(0, 100_000))
def test_y26_months_are_even_and_sum_to_the_year(amount: int) -> None:
    months = by_months(amount)
    assert len(months) == 12 and sum(months) == amount and max(months) - min(months) <= 1


@given(st.dictionaries(st.text("0123456789-", min_size=1, max_size=9), st.integers(0, 999), max_size=5))
def test_y26_a_split_is_read_as_it_was_written(amounts: dict[str, int]) -> None:
    parts = {unit: by_months(amount) for unit, amount in amounts.items()}
    assert months_of_parts(parts_by_month(parts)) == parts


def test_what_names_no_month_is_left_out() -> None:
    assert months_of_parts({"a/13": 1, "a/x": 2, "b": 3, "c/02": 4}) == {"c": (0, 4, *[0] * 10)}
