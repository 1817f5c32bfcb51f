import pytest

from app.errors import Problem
from app.settings import SETTINGS, Kind, groups, stored_text, validate


@pytest.mark.parametrize("key", SETTINGS)
def test_every_default_is_valid_and_reads_back(key: str) -> None:
    setting = SETTINGS[key]
    assert validate(key, stored_text(setting.default)) == setting.default
    assert setting.title and setting.note and setting.group in groups()
    assert (setting.kind is Kind.CHOICE) == bool(setting.choices)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("idle_lock_minutes", "１５", 15),
        ("theme", "高对比度", "high_contrast"),
        ("kiosk_rating", "否", False),
        ("service_phone", " 0359-2022123 ", "0359-2022123"),
    ],
)
def test_typed_texts(key: str, text: str, value: object) -> None:
    assert validate(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("idle_lock_minutes", "0", "E051"),
        ("idle_lock_minutes", "十", "E051"),
        ("idle_lock_minutes", "²", "E051"),
        ("ui_scale", "110", "E051"),
        ("kiosk_rating", "也许", "E051"),
        ("service_phone", "1" * 201, "E051"),
        ("nothing", "1", "E050"),
    ],
)
def test_e050_e051_refused(key: str, text: str, code: str) -> None:
    problem = validate(key, text)
    assert isinstance(problem, Problem) and problem.code == code
