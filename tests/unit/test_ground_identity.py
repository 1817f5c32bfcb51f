from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity import (
    account_warnings,
    age_on,
    is_elderly,
    is_minor,
    judge_id,
    judge_organisation_code,
    licence_warnings,
    phone_warnings,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_sign(digits: str) -> str:
    """The check sign by the table of GB 11643, apart from the library."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "女"),
        ("440524188001010014", date(1880, 1, 1), "男"),
        ("140521199003070014", date(1990, 3, 7), "男"),
    ],
)
def test_identity_vectors(number: str, birth: date, sex: str) -> None:
    judged = judge_id(number)
    assert (judged.kind, judged.problems, judged.birth, judged.sex) == ("身份证", (), birth, sex)


def test_p39_bad_check_digit_is_e203() -> None:
    judged = judge_id("110105194912310021")
    assert [p.code for p in judged.problems] == ["E203"]
    assert judged.problems[0].message == "身份证校验码不符，请核对，或选“拒绝提供”"


def test_p39_impossible_birth_date_is_e204() -> None:
    digits = "14052119900230001"
    assert [p.code for p in judge_id(digits + check_sign(digits)).problems] == ["E204"]
    future = "14052120300101001"
    number = future + check_sign(future)
    assert [p.code for p in judge_id(number, today=date(2022, 5, 10)).problems] == ["E204"]


@pytest.mark.parametrize("text", ["E12345678", "140521900307001", "H0123456789", "14052119900307001Y"])
def test_p39_other_papers_warn(text: str) -> None:
    judged = judge_id(text)
    assert judged.kind == "其他证件" and judged.warnings and not judged.problems


@pytest.mark.parametrize("text", ["", "  ", "拒绝提供"])
def test_p39_declining_is_allowed(text: str) -> None:
    assert judge_id(text).kind == "" and not judge_id(text).problems


def test_typed_lower_case_full_width_and_blanks_are_read() -> None:
    assert judge_id(" １１０１０５ 19491231 002x ").number == "11010519491231002X"


def test_region_is_shown_never_checked() -> None:
    assert "沁水" in judge_id("140521199003070014").region_text
    digits = "99999919900307001"
    assert judge_id(digits + check_sign(digits)).problems == ()
    permit = "81000019900307001"
    assert "香港" in judge_id(permit + check_sign(permit)).region_text


@given(
    st.integers(100000, 999999),
    st.dates(date(1900, 1, 1), date(2022, 1, 1)),
    st.integers(0, 999),
    st.integers(0, 16),
)
def test_p39_one_changed_digit_is_always_found(region: int, birth: date, order: int, place: int) -> None:
    digits = f"{region}{birth:%Y%m%d}{order:03d}"
    number = digits + check_sign(digits)
    assert judge_id(number).birth == birth
    changed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert judge_id(changed).problems


def test_ages_turn_on_the_birthday() -> None:
    birth = date(1962, 5, 10)
    assert age_on(birth, date(2022, 5, 9)) == 59
    assert not is_elderly(birth, date(2022, 5, 9)) and is_elderly(birth, date(2022, 5, 10))
    assert is_minor(date(2004, 5, 11), date(2022, 5, 10)) and not is_minor(
        date(2004, 5, 10), date(2022, 5, 10)
    )
    assert age_on(date(2004, 2, 29), date(2022, 2, 28)) == 17


def test_organisation_code_vector() -> None:
    assert judge_organisation_code("91350100M000100Y43") == ()
    assert [p.code for p in judge_organisation_code("91350100M000100Y44")] == ["E205"]
    assert judge_organisation_code("") == ()


def test_shapes_only_warn() -> None:
    assert licence_warnings("11408201210123456") == () and licence_warnings("140812345678")
    for good in ("13812346021", "0359-2022123", "2022123", "12348", "+8613812346021", ""):
        assert phone_warnings(good) == ()
    assert phone_warnings("1381234602")
    assert account_warnings("6222020512345678905x") and account_warnings("12345")
    assert account_warnings("") == () and account_warnings("140801040012345") == ()
    assert account_warnings("6222021234567890123") != account_warnings("62220212345678901")
