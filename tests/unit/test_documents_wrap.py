"""Line breaking loses nothing and follows Chinese rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.documents.wrap import wrapped_lines


def measure(text: str) -> float:
    return sum(1.0 if ord(sign) > 0x2E7F else 0.5 for sign in text)


@given(st.text("法律援助，。（）“”A1 9.*-\n", max_size=200), st.floats(2, 20))
def test_p46_lines_joined_are_the_text(text: str, width: float) -> None:
    assert "".join(wrapped_lines(text, width, measure)) == text.replace("\n", "")


def test_no_line_begins_with_a_closing_sign() -> None:
    lines = wrapped_lines("当事人拖欠工资，未付。" * 5, 7, measure)
    assert all(line[0] not in "，。" for line in lines)


def test_a_number_is_not_broken_while_it_fits_a_line() -> None:
    lines = wrapped_lines("账号是6228480402564890123号", 12, measure)
    assert any("6228480402564890123" in line for line in lines)
