import pytest

from app.pinyin import full, initials, matches


@pytest.mark.parametrize(
    "query",
    ["", "李", "小明", "lxm", "LXM", "lix", "lixiaoming", "l x m", "xm", "lxiaom", "lixm", "li小m", "ming"],
)
def test_a_name_is_found(query: str) -> None:
    assert matches(query, "李小明")


@pytest.mark.parametrize("query", ["lm", "wang", "王", "lixmx", "mx", "y李"])
def test_a_name_is_not_found(query: str) -> None:
    assert not matches(query, "李小明")


def test_surnames_with_a_reading_of_their_own() -> None:
    assert full("单小乐") == "shanxiaole" and initials("解小乐") == "xxl"
    assert full("曾小乐").startswith("zeng") and initials("仇小乐") == "qxl"
    assert matches("dxl", "单小乐") and matches("sxl", "单小乐"), "either reading is taken"


def test_letters_and_empty_names() -> None:
    assert full("") == "" and initials("") == "" and not matches("a", "")
    assert matches("a", "阿A") and full("A小") == "axiao"
