"""Reads what somebody typed for the facts of an event: a date, a moment, one of some words, a list, yuan, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation

from app.case_values import CaseEventKind
from app.dates import parse_date, parse_moment
from app.errors import Problem, Refused
from app.rules.cases.event_facts import FactRule, FactShape
from app.rules.cases.events import fact_rules
from app.rules.cases.facts import FactValue
from app.services.consultations.words import split_words
from app.text import clean, clean_lines, half_width

_YES = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}


def typed_facts(kind: CaseEventKind, typed: Mapping[str, str]) -> dict[str, FactValue]:
    """Facts by English name from texts by English name or Chinese title; what is empty is left out.

    Raises Refused E328 for a name that the kind does not carry, E329 for a text that cannot be read as its shape.
    """
    return read_facts(kind, fact_rules(kind), typed)


def read_facts(kind: str, offered: Iterable[FactRule], typed: Mapping[str, str]) -> dict[str, FactValue]:
    """Facts of one of these rules each, as typed_facts() reads them; kind: what carries them, for the refusals."""
    known = tuple(offered)
    rules = {**{one.name: one for one in known}, **{one.title: one for one in known}}
    problems: list[Problem] = []
    found: dict[str, FactValue] = {}
    for name, text in typed.items():
        rule = rules.get(clean(name))
        if rule is None:
            problems.append(Problem(name, f"“{kind}”没有“{name}”这一项，可填：{_offered(known)}", "E328"))
        elif clean_lines(text):
            try:
                found[rule.name] = read_fact(rule, text)
            except Refused as refusal:
                problems += refusal.problems
    if problems:
        raise Refused.of(problems)
    return found


def read_fact(rule: FactRule, text: str) -> FactValue:
    """One fact from its text. Raises Refused E329, E921 … of dates, with the fact's name as field."""
    plain = clean_lines(text)
    try:
        return _READERS[rule.shape](plain)
    except Refused as refusal:
        raise Refused(refusal.code, f"“{rule.title}”：{refusal.message}", field=rule.name) from refusal
    except (ValueError, InvalidOperation) as fault:
        raise Refused(
            "E329", f"“{rule.title}”写成“{plain}”看不懂，请核对后重填。", field=rule.name
        ) from fault


def _offered(rules: Iterable[FactRule]) -> str:
    return "、".join(one.title for one in rules) or "无"


def _yuan(text: str) -> int:
    fen = Decimal(half_width(text).replace(",", "")) * 100
    if fen != int(fen):
        raise ValueError("finer than a fen")
    return int(fen)


_READERS: dict[FactShape, Callable[[str], FactValue]] = {
    FactShape.day: lambda text: parse_date(text).isoformat(),
    FactShape.moment: lambda text: parse_moment(text).isoformat(sep=" ", timespec="minutes"),
    FactShape.text: lambda text: text,
    FactShape.word: clean,
    FactShape.listing: lambda text: split_words(text, ()),
    FactShape.money: _yuan,
    FactShape.number: lambda text: int(half_width(text)),
    FactShape.yes: lambda text: _YES[text.lower()] if text.lower() in _YES else _no_flag(text),
}


def _no_flag(text: str) -> bool:
    raise ValueError(text)
