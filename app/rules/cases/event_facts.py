"""Names what an event of a case may carry: the key, its Chinese title and the shape of its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.case_values import (
    CaseForm,
    CaseGround,
    CaseKind,
    CaseStage,
    Fund,
    Grade,
    HandlerKind,
    Procedure,
)
from app.rules.cases.facts import FactValue


class FactShape(StrEnum):
    """How a fact is written: dates and moments as ISO text, money as whole 分, a list as texts."""

    day = "日期"
    moment = "时刻"
    text = "文字"
    word = "选项"
    listing = "清单"
    money = "金额"
    number = "整数"
    yes = "是否"


@dataclass(frozen=True)
class FactRule:
    """One fact of an event. words: what a word may be, in the order forms offer them."""

    name: str
    title: str
    shape: FactShape = FactShape.text
    is_required: bool = True
    words: tuple[str, ...] = ()


MEANS = ("核查符合", "免核查", "告知承诺", "不受经济限制")
"""How the means test was passed at 给予 (LAL 32, 34, 41, 42)."""
REFUSAL_REASONS = ("不属事项范围", "不符经济困难", "其他")
FIRST_GROUNDS = ("时效或者期限不足七日", "申请财产保全、证据保全或者先予执行", "其他")
"""Why aid may be given before its formalities (LAL 44)."""
TERMINATION_GROUNDS = (
    "欺骗取得",
    "隐瞒重要事实或者提供虚假证据",
    "利用法律援助从事违法活动",
    "经济状况变化",
    "案件终止审理或者被撤销",
    "自行委托",
    "有正当理由要求终止",
    "其他",
)
"""LAL 48."""
CHOSEN_BY = ("点援", "轮派", "专长", "其他")
"""How a handler was chosen (J03 G15)."""


def day(name: str, title: str, *, needed: bool = True) -> FactRule:
    """A date."""
    return FactRule(name, title, FactShape.day, needed)


def text(name: str, title: str, *, needed: bool = True) -> FactRule:
    """A short text."""
    return FactRule(name, title, FactShape.text, needed)


def word(name: str, title: str, words: tuple[str, ...] | type[StrEnum], *, needed: bool = True) -> FactRule:
    """One of some words."""
    found = words if isinstance(words, tuple) else tuple(one.value for one in words)
    return FactRule(name, title, FactShape.word, needed, found)


def listing(name: str, title: str, *, needed: bool = True) -> FactRule:
    """Some texts."""
    return FactRule(name, title, FactShape.listing, needed)


def flag(name: str, title: str) -> FactRule:
    """Yes or no, no where nobody said."""
    return FactRule(name, title, FactShape.yes, False)


CASE_FACTS: tuple[FactRule, ...] = (
    day("received_on", "受理日期", needed=False),
    word("kind", "案件类型", CaseKind),
    word("form", "诉讼或非诉讼", CaseForm, needed=False),
    word("stage", "诉讼阶段", CaseStage, needed=False),
    word("procedure", "程序", Procedure, needed=False),
    word("ground", "法律依据", CaseGround, needed=False),
    text("matter", "案由"),
    listing("groups", "人群类别", needed=False),
    day("born_on", "出生日期", needed=False),
    word("fund", "资金来源", Fund, needed=False),
    text("origin", "案源地", needed=False),
    flag("is_agent", "代办"),
    text("continues", "接续案件", needed=False),
    text("group_case", "所属群体案件", needed=False),
    FactRule("recipients", "受援人数", FactShape.number, False),
    flag("is_sealed", "封存"),
    listing("opposing_firms", "对方的律所", needed=False),
    FactRule("organ_received_at", "办案机关收到申请的时刻", FactShape.moment, False),
    FactRule("forwarded_at", "转交的时刻", FactShape.moment, False),
)
"""What CaseFacts holds: said at the application, corrected by 补正."""

APPLICANT: tuple[FactRule, ...] = (
    text("applicant", "申请人"),
    flag("is_organisation", "申请人是组织"),
    text("representative", "代表人", needed=False),
    text("channel", "申请方式", needed=False),
    text("consultation", "来自哪次咨询", needed=False),
)

HANDLER: tuple[FactRule, ...] = (
    text("handler", "承办人"),
    text("firm", "承办单位"),
    word("handler_kind", "承办人类别", HandlerKind),
    text("person", "人员编号", needed=False),
    flag("is_public_servant", "公职人员"),
    word("how", "选择方式", CHOSEN_BY, needed=False),
)

RECORD_IDS = frozenset({"person", "consultation"})
"""Facts that name a record by its id: for the program, not for reading."""

LATE_FACTS: tuple[FactRule, ...] = (
    day("delivered_on", "不予决定送达日期", needed=False),
    day("sent_on", "终止决定送出日期", needed=False),
    day("unit_received_on", "承办单位收到终止决定日期", needed=False),
)
"""What becomes known after its event: 补正 may add it."""


EXTRAS: tuple[FactRule, ...] = (
    FactRule("travel_fen", "差旅费", FactShape.money, False),
    FactRule("translation_fen", "翻译费", FactShape.money, False),
    FactRule("cut_fen", "减发", FactShape.money, False),
    text("cut_reason", "减发理由", needed=False),
)
"""What business funds bear beside the subsidy, in columns of its own (domain.md §7)."""


def optional(rules: tuple[FactRule, ...]) -> tuple[FactRule, ...]:
    """The same facts, none of them required."""
    return tuple(FactRule(one.name, one.title, one.shape, False, one.words) for one in rules)


GRADE = word("grade", "质量等级", Grade)


def fault_of(rule: FactRule, value: FactValue) -> str:
    """What is wrong with a value's shape, as the rest of a sentence; "" for nothing."""
    if is_blank(value):
        return ""
    if rule.shape is FactShape.word and value not in rule.words:
        return f"没有“{value}”这一项，可选：{'、'.join(rule.words)}"
    return "" if _FITS[rule.shape](value) else f"应是{_WRITTEN[rule.shape]}"


def is_blank(value: FactValue) -> bool:
    """Whether nothing was said."""
    return value is None or value == "" or value == ()


def date_said(facts: Mapping[str, FactValue], name: str) -> date | None:
    """A date among facts; None where it is absent or unreadable."""
    value = facts.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def moment_said(facts: Mapping[str, FactValue], name: str) -> datetime | None:
    """A naive local moment among facts; None where it is absent or unreadable."""
    value = facts.get(name)
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
    return None if found is None or found.tzinfo else found


def text_said(facts: Mapping[str, FactValue], name: str) -> str:
    """A text among facts, "" where it is absent."""
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def texts_said(facts: Mapping[str, FactValue], name: str) -> tuple[str, ...]:
    """A list among facts, () where it is absent."""
    value = facts.get(name)
    return value if isinstance(value, tuple) else ()


def number_said(facts: Mapping[str, FactValue], name: str) -> int | None:
    """A whole number among facts, None where it is absent."""
    value = facts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_amount(value: FactValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_day(value: FactValue) -> bool:
    return date_said({"": value}, "") is not None


def _is_moment(value: FactValue) -> bool:
    return moment_said({"": value}, "") is not None


_FITS: dict[FactShape, Callable[[FactValue], bool]] = {
    FactShape.day: _is_day,
    FactShape.moment: _is_moment,
    FactShape.text: lambda value: isinstance(value, str),
    FactShape.word: lambda value: True,
    FactShape.listing: lambda value: isinstance(value, tuple),
    FactShape.money: _is_amount,
    FactShape.number: _is_amount,
    FactShape.yes: lambda value: isinstance(value, bool),
}
_WRITTEN = {
    FactShape.day: "日期，写成“2022-05-10”的样子",
    FactShape.moment: "时刻，写成“2022-05-10 09:05”的样子",
    FactShape.text: "文字",
    FactShape.word: "选项",
    FactShape.listing: "一项一项的清单",
    FactShape.money: "金额，不能小于零",
    FactShape.number: "整数，不能小于零",
    FactShape.yes: "是或否",
}
