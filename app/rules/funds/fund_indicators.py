"""Measures a year's money against what the documents ask (A05 A09 J07)."""

from __future__ import annotations

from collections.abc import Iterable

from app.rules.funds.indicator import Indicator, YearFigures, asked_for, clause_of
from app.rules.pay.wording import yuan


def money_indicators(figures: YearFigures) -> Iterable[Indicator]:
    """经费投入, 支出, spent of arrived, subsidies of spent (A05 A09), and money a head (J07)."""
    arrived, spent = figures.arrived_fen, figures.spent_fen
    within_year = 100 if figures.pack.value("funds.spent_within_year") is True else None
    yield Indicator(
        key="arrived", id="A09", title="经费投入额", formula="本年到位资金", numerator=arrived, unit="元"
    )
    yield Indicator(
        key="spent", id="A09", title="经费支出额", formula="本年支出与发放", numerator=spent, unit="元"
    )
    yield Indicator(
        key="spent_ratio", id="A05", title="支出率", formula="本年支出 ÷ 本年到位", numerator=spent, denominator=arrived,
        target=within_year, clause=clause_of(figures, "funds.spent_within_year"),
    )  # fmt: skip
    yield Indicator(
        key="subsidy_share", id="A09", title="补贴占比", formula="办案补贴 ÷ 本年支出", numerator=figures.subsidies_fen,
        denominator=spent,
    )  # fmt: skip
    name = "funds.city_per_head_fen" if figures.is_city else "funds.county_per_head_fen"
    head = asked_for(figures, name)
    if head is not None:
        asked = head * figures.residents if figures.residents else None
        yield Indicator(
            key="per_head", id="J07", title="人均经费", formula=f"本年到位资金，应不少于常住人口 × {yuan(head)} 元", numerator=arrived,
            unit="元", target=asked, clause=clause_of(figures, name),
        )  # fmt: skip


def matching_indicators(figures: YearFigures) -> Iterable[Indicator]:
    """Local money beside the centre's and province's, and a closed case (A05)."""
    found = figures.matching
    if found is None:
        return
    asked = (
        (
            "match_share",
            "funds.local_match_percent",
            "地方配套比例",
            "市县到位 ÷ 中央和省到位",
            found.upper_fen,
        ),
        ("match_case", "funds.local_match_fen", "地方配套每件", "市县到位 ÷ 办结数", found.closed),
    )
    for key, name, title, formula, denominator in asked:
        target = asked_for(figures, name)
        if target is not None:
            yield Indicator(
                key=key, id="A05", title=title, formula=formula, numerator=found.local_fen, denominator=denominator,
                unit="%" if key == "match_share" else "元", target=target, clause=clause_of(figures, name), warning=found.text,
            )  # fmt: skip
