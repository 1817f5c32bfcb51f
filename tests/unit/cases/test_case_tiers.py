"""Cases that a document divides by instance: the first is the county's, the second the city's (A04)."""

from __future__ import annotations

import pytest

from app.kernel.packs import load_pack
from app.rules.cases.tiers import tier_of
from app.values import Level

ANQING = load_pack("anqing-2023")


@pytest.mark.parametrize(
    ("level", "stage", "is_ours"),
    [
        (Level.county, "一审", True),
        (Level.station, "一审", True),
        (Level.city, "一审", False),
        (Level.county, "二审", False),
        (Level.city, "二审", True),
        (Level.city, "再审", True),
    ],
)
def test_a04_the_first_instance_is_the_county_s_the_second_the_city_s(
    level: Level, stage: str, is_ours: bool
) -> None:
    found = tier_of(ANQING, level, "土地承包", stage)
    assert found is not None and found.is_ours is is_ours
    assert found.clause.endswith("三（三）2") and ("转办" in found.text) is not is_ours


@pytest.mark.parametrize("matter", ["征地拆迁补偿纠纷", "环境污染", "医疗", "国家赔偿", "行政补偿"])
def test_a04_the_kinds_are_known_by_their_words(matter: str) -> None:
    assert tier_of(ANQING, Level.county, matter, "二审") is not None


def test_a04_other_kinds_other_documents_and_an_unknown_instance_are_divided_by_nothing() -> None:
    assert tier_of(ANQING, Level.county, "劳动报酬", "二审") is None
    assert tier_of(ANQING, Level.county, "土地承包", "") is None
    assert tier_of(load_pack("yuncheng-2022"), Level.county, "土地承包", "二审") is None
    notice = tier_of(ANQING, Level.county, "盗窃", "二审", is_notice=True)
    assert notice is not None and "通知辩护" in notice.text


def test_a04_the_city_rebalances_where_the_document_says() -> None:
    assert ANQING.lists["rebalancing"].words == ("团伙刑事案件律师不足", "案源缺少低于序时进度")
