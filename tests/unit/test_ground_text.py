import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.masking import mask_account, mask_id, mask_name, mask_phone
from app.text import (
    clean,
    clean_lines,
    clean_number,
    display_safe,
    is_formula_like,
    named_few,
    safe_file_name,
)


def test_clean_drops_marks_nobody_sees() -> None:
    assert clean("  李\u200b小\u202e明\ufeff  ") == "李小明"
    assert clean("e\u0301") == "é"
    assert clean("一\t 二\n三") == "一 二 三"
    assert clean("\x07响") == "响"
    assert clean("葛\U000e0100") == "葛\U000e0100"


def test_clean_lines_keeps_breaks() -> None:
    assert clean_lines("第一行  \r\n第二行\r\n\r\n") == "第一行\n第二行"


@pytest.mark.parametrize("text", ["李\x00明", "李\ud800明"])
@pytest.mark.parametrize("entry", [clean, clean_lines, clean_number])
def test_e213_refuses_what_cannot_be_kept(text: str, entry) -> None:
    with pytest.raises(Refused) as refused:
        entry(text)
    assert refused.value.code == "E213"


def test_clean_number_takes_full_width() -> None:
    assert clean_number(" １３８ ００００—１２３４ｘ ") == "1380000-1234X"


def test_display_safe_never_raises() -> None:
    assert display_safe("a\x00b\u202ec\ud800") == "a bc\ufffd"
    assert display_safe("一\n二") == "一\n二"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "＝1", "\t=1"])
def test_p44_formula_like(text: str) -> None:
    assert is_formula_like(text)


def test_p44_plain_text_is_not() -> None:
    assert not is_formula_like("王=1") and not is_formula_like("")


def test_case_35_unsafe_file_names() -> None:
    assert safe_file_name("..\\..\\x") == "_._x"
    assert safe_file_name("CON.pdf") == "_CON.pdf"
    assert safe_file_name("com1") == "_com1"
    assert safe_file_name("a.pdf:ads") == "a.pdf_ads"
    assert safe_file_name("x\u202efdp.exe") == "xfdp.exe"
    assert safe_file_name("../") == "_"
    assert safe_file_name(" .. ") == "未命名"
    long = safe_file_name("卷" * 300 + ".pdf")
    assert long.endswith("卷.pdf") and len(long.encode()) <= 200
    assert safe_file_name("2022年5月 值班表.pdf") == "2022年5月 值班表.pdf"


@given(st.text())
def test_case_35_any_text_becomes_a_harmless_name(text: str) -> None:
    name = safe_file_name(text)
    assert name and name not in (".", "..") and len(name.encode()) <= 255
    assert not set(name) & set('\\/:*?"<>|\x00\u202e')
    assert name == name.strip(" ")


def test_masks_show_the_least() -> None:
    assert mask_phone("13812346021") == "138****6021"
    assert mask_phone("0359-2022123") == "********2123"
    assert mask_phone("12348") == "*****"
    assert mask_id("14052119900307204X") == "1405**********204X"
    assert mask_id("E12345678") == "E******78"
    assert mask_id("A12") == "***"
    assert mask_name("李小明") == "李**"
    assert mask_name("") == ""
    assert mask_account("6222020512345678901") == "****8901"
    assert mask_account("123") == "***"


def test_many_names_are_told_by_the_first_few_and_their_number() -> None:
    assert named_few(("甲", "乙"), "人") == "甲、乙"
    assert named_few(tuple("甲乙丙丁戊"), "人") == "甲、乙、丙、丁、戊"
    assert named_few(tuple("甲乙丙丁戊己"), "人") == "甲、乙、丙、丁、戊 等 6 人"
