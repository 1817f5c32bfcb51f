"""What somebody types about an application for legal aid, cleaned and judged before it is stored (Y12 Y13 G17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from app.case_values import CaseEventKind
from app.errors import Problem, Refused
from app.identity import judge_id, judge_organisation_code, phone_warnings
from app.rules.cases.facts import FactValue
from app.text import clean, clean_lines, clean_number
from app.values import Sex

LONGEST_LINE, LONGEST_TEXT, MOST_PEOPLE = 200, 20_000, 500
_TEXTS = ("summary",)
_NUMBERS = ("id_number", "phone")


@dataclass(frozen=True)
class HouseholdEntry:
    """Somebody of the applicant's household and what they earn in a year by its three kinds, 分."""

    name: str
    relation: str = ""
    age: int | None = None
    wages_fen: int = 0
    business_fen: int = 0
    other_fen: int = 0


@dataclass(frozen=True)
class RecipientEntry:
    """One more person whom a joint claim helps."""

    name: str
    sex: str = ""
    id_number: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseEntry:
    """An application, or an organ's notice to defend. Empty text is an item that nobody said.

    began_as: 登记 or 通知辩护. kind, form, stage, procedure, ground, fund: words of case_values. number: 案号 of a notice.
    agent_zone: where a case comes from that is handled for another office (A08). others: people of a joint claim
    beside the applicant. organ_received_at, forwarded_at: naive local time, of a detainee's application (LAL 39).
    """

    began_as: CaseEventKind = CaseEventKind.registered
    channel: str = ""
    kind: str = ""
    form: str = ""
    stage: str = ""
    procedure: str = ""
    ground: str = ""
    matter: str = ""
    groups: tuple[str, ...] = ()
    fund: str = ""
    applicant: str = ""
    is_organisation: bool = False
    representative: str = ""
    sex: str = ""
    born_on: date | None = None
    id_number: str = ""
    phone: str = ""
    address: str = ""
    summary: str = ""
    opponent: str = ""
    household: tuple[HouseholdEntry, ...] = ()
    exemption: str = ""
    exemption_proof: str = ""
    is_undertaking: bool = False
    is_green: bool = False
    opposing_firms: tuple[str, ...] = ()
    organ_received_at: datetime | None = None
    forwarded_at: datetime | None = None
    number: str = ""
    organ: str = ""
    letter: str = ""
    agent_zone: str = ""
    group_case: str = ""
    continues: str = ""
    others: tuple[RecipientEntry, ...] = ()


@dataclass(frozen=True)
class JudgedCase:
    """A cleaned entry, what kind of paper its number is, and what is unusual."""

    entry: CaseEntry
    id_kind: str
    warnings: tuple[str, ...]


def judged_case(entry: CaseEntry, received_on: date) -> JudgedCase:
    """The entry as it is to be stored; an identity card decides sex and birthday.

    Raises Refused E203, E204, E205 (organisation's code), E242, E319, E321, E330.
    """
    plain = _cleaned(entry)
    problems = list(_problems(plain, received_on))
    warnings: tuple[str, ...] = ()
    if plain.is_organisation:
        problems += judge_organisation_code(plain.id_number, field="id_number") if plain.id_number else ()
        kind, judged = "统一社会信用代码" if plain.id_number else "", plain
    else:
        found = judge_id(plain.id_number, today=received_on)
        problems += found.problems
        kind, warnings = found.kind, found.warnings
        judged = replace(
            plain, id_number=found.number, sex=found.sex or plain.sex, born_on=found.birth or plain.born_on
        )
    if problems:
        raise Refused.of(problems)
    return JudgedCase(judged, kind, (*warnings, *phone_warnings(plain.phone)))


def stored_columns(found: JudgedCase) -> dict[str, Any]:
    """The columns of the row; personal text that is empty is not stored at all."""
    entry = found.entry
    values = {one.name: getattr(entry, one.name) for one in fields(entry) if one.name != "others"}
    personal = (
        "applicant", "representative", "sex", "id_number", "phone", "address", "summary", "opponent",
    )  # fmt: skip
    return (
        values
        | {name: values[name] or None for name in personal}
        | {
            "began_as": entry.began_as.value,
            "groups": list(entry.groups),
            "opposing_firms": list(entry.opposing_firms),
            "household": [vars(one) for one in entry.household] or None,
            "recipients": 1 + len(entry.others),
            "id_kind": found.id_kind,
        }
    )


def case_facts(entry: CaseEntry) -> Mapping[str, FactValue]:
    """The entry as the facts of the event that the case begins with, for the rules to judge."""
    said: dict[str, FactValue] = {
        name: getattr(entry, name)
        for name in (
            "channel", "kind", "form", "stage", "procedure", "ground", "matter", "groups", "fund", "applicant",
            "is_organisation", "representative", "opposing_firms", "group_case", "continues",
        )
    }  # fmt: skip
    said |= {
        "origin": entry.agent_zone,
        "is_agent": bool(entry.agent_zone),
        "recipients": 1 + len(entry.others),
        "born_on": entry.born_on.isoformat() if entry.born_on else "",
    }
    for name in ("organ_received_at", "forwarded_at"):
        moment = getattr(entry, name)
        said[name] = moment.isoformat(sep=" ", timespec="minutes") if moment else ""
    if entry.began_as is CaseEventKind.notified_defence:
        said |= {"organ": entry.organ, "letter_number": entry.letter, "number": entry.number}
    return {name: value for name, value in said.items() if value not in ("", None, (), False)}


def _cleaned(entry: CaseEntry) -> CaseEntry:
    changes: dict[str, Any] = {}
    for one in fields(entry):
        value = getattr(entry, one.name)
        if isinstance(value, str) and one.name != "began_as":
            tidy = clean_lines if one.name in _TEXTS else clean_number if one.name in _NUMBERS else clean
            changes[one.name] = tidy(value)
    return replace(
        entry,
        **changes,
        groups=_words(entry.groups),
        opposing_firms=_words(entry.opposing_firms),
        household=tuple(
            replace(one, name=clean(one.name), relation=clean(one.relation))
            for one in entry.household
            if clean(one.name)
        ),
        others=tuple(
            replace(
                one, name=clean(one.name), id_number=clean_number(one.id_number), groups=_words(one.groups)
            )
            for one in entry.others
            if clean(one.name)
        ),
    )


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in map(clean, words) if word))


def _problems(entry: CaseEntry, received_on: date) -> Iterator[Problem]:
    for one in fields(entry):
        value, most = getattr(entry, one.name), LONGEST_TEXT if one.name in _TEXTS else LONGEST_LINE
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and len(text) > most for text in texts):
            yield Problem(one.name, f"这一项最多 {most} 个字，请精简后再保存。", "E319")
    if entry.sex and entry.sex not in set(Sex):
        yield Problem("sex", "性别只能是“男”或“女”，不清楚的请留空。", "E242")
    if entry.born_on and entry.born_on > received_on:
        yield Problem("born_on", "出生日期不能晚于收到申请的日期，请核对。", "E330")
    if len(entry.others) >= MOST_PEOPLE or len(entry.household) > MOST_PEOPLE:
        yield Problem("others", f"一件案件最多登记 {MOST_PEOPLE} 人，请分成几件登记。", "E321")
    for member in entry.household:
        if min(member.wages_fen, member.business_fen, member.other_fen) < 0 or (
            member.age is not None and not 0 <= member.age <= 150
        ):
            yield Problem("household", f"{member.name}的年龄或收入有误，请核对。", "E330")
    for other in entry.others:
        yield from (
            replace(problem, message=f"{other.name}：{problem.message}")
            for problem in judge_id(other.id_number, today=received_on, field="others").problems
        )
