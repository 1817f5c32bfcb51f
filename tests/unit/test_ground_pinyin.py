import pytest

from app.pinyin import filtered, full, initials, matches, order, score


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


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("", 4), ("劳", 4), ("报酬", 3), ("ldbc", 3), ("laodong", 3), ("l动b", 3), ("bc", 2), ("baoch", 2), ("lc", 1),
        ("dl", 0), ("zz", 0),
    ],
)  # fmt: skip
def test_how_well_a_query_fits_a_word(query: str, fit: int) -> None:
    assert score(query, "劳动报酬") == fit
    assert matches(query, "劳动报酬") == (fit > 1), "initials left out find words of a list, no names"


def test_the_best_word_comes_first() -> None:
    assert filtered(("土地承包", "承包土地", "交通事故"), "tdcb") == ["土地承包"]
    assert filtered(("承包土地", "土地承包", "交通事故"), "td") == ["土地承包", "承包土地"]
    assert filtered(["婚姻家庭", "劳动报酬"], "") == ["婚姻家庭", "劳动报酬"]


def test_names_stand_as_in_a_dictionary_syllable_by_syllable() -> None:
    assert sorted(["张三", "林安", "李伟", "单田", "李安", "王五"], key=order) == [
        "李安", "李伟", "林安", "单田", "王五", "张三",
    ]  # fmt: skip
    together = sorted(["黎明", "李明", "黎安", "李安"], key=order)
    assert together == ["李安", "李明", "黎安", "黎明"], "who share a surname stand together"
