"""A bureau may choose another reading where the document is open, and nothing else."""

from __future__ import annotations

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack
from app.rules.policy.duty_rates import RuleSettings

YUNCHENG = load_pack("yuncheng-2022")


def test_y17_the_defaults_are_the_reading_of_settlement() -> None:
    for key in ("yuncheng-2022", "qinshui-2023", "ganyu-2021", "anqing-2023", "jian-2018"):
        assert load_pack(key).rule_settings == RuleSettings()


def test_another_reading_changes_the_rules_and_not_the_shipped_pack() -> None:
    changed = YUNCHENG.with_settings(
        {"grace_minutes": "5", "same_matter_once": "否", "month_ban_scope": "site"}
    )
    assert (changed.rule_settings.grace_minutes, changed.rule_settings.same_matter_once) == (5, False)
    assert changed.rule_settings.month_ban_scope == "site"
    assert changed.settings["grace_minutes"].default == 0
    assert YUNCHENG.setting("grace_minutes") == 0


def test_y17_another_reading_reaches_the_rates() -> None:
    changed = YUNCHENG.with_settings(
        {"d4_city_centre": "station", "outreach_pay_fen": 20000, "court_pay_fen": "15000"}
    )
    assert changed.rates.d4_fen["市中心"] == 15000
    assert (changed.rates.outreach_pay_fen, changed.rates.court_pay_fen) == (20000, 15000)
    assert changed.with_settings({"court_pay_fen": ""}).rates.court_pay_fen is None


def test_qinshui_may_leave_rates_open() -> None:
    assert load_pack("qinshui-2023").with_settings({"rates_from": "none"}).rates is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("record_unit", "page"), ("grace_minutes", 61), ("grace_minutes", "五"), ("grace_minutes", None),
     ("grace_minutes", True), ("same_matter_once", "maybe"), ("no_such", 1)],
)  # fmt: skip
def test_a_value_that_is_no_choice_is_refused(name: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        YUNCHENG.with_settings({name: value})
    assert refused.value.code == ("E985" if name == "no_such" else "E957")


def test_unverified_facts_are_settings_flagged_as_such() -> None:
    flagged = {name for name, setting in YUNCHENG.settings.items() if not setting.is_verified}
    assert {"objection_days", "closing_file_days", "file_review_days", "replacement_workdays"} <= flagged
