"""What somebody types about one visit or call, cleaned and judged before it is stored (Y10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.errors import Problem, Refused
from app.identity import IdJudgement, judge_id
from app.text import clean, clean_lines, clean_number
from app.values import Sex

LONGEST_LINE, LONGEST_TEXT, MOST_WORDS = 200, 20_000, 30
_LINES = {
    "client_name": "咨询人",
    "phone": "联系电话",
    "id_number": "证件号",
    "village": "村（社区）",
    "channel": "咨询方式",
    "handling": "处理方式",
}
_TEXTS = {"content": "咨询内容", "answer": "答复意见"}
_LISTS = {"groups": "人群类别", "topics": "事项类别"}


@dataclass(frozen=True, kw_only=True)
class ConsultationEntry:
    """One visit or call (人次) with its topics (件). Empty text is an item that was left out.

    is_id_refused: 拒绝提供证件. is_green: goes first, for one of its groups (四优先). handling: several ways are joined by 、.
    """

    client_name: str = ""
    sex: str = ""
    id_number: str = ""
    is_id_refused: bool = False
    phone: str = ""
    village: str = ""
    groups: tuple[str, ...] = ()
    channel: str = ""
    topics: tuple[str, ...] = ()
    content: str = ""
    answer: str = ""
    handling: str = ""
    is_aid_mentioned: bool = False
    is_told_once: bool = False
    is_home_visit_needed: bool = False
    is_green: bool = False


ENTRY_FIELDS = tuple(ConsultationEntry.__dataclass_fields__)


@dataclass(frozen=True)
class Judged:
    """A cleaned entry and what its identity number says."""

    entry: ConsultationEntry
    identity: IdJudgement


def judged(entry: ConsultationEntry, on: date) -> Judged:
    """The entry as it is to be stored on a local date. Raises Refused E203, E204, E213, E241 … E243, E273.

    A valid identity card decides the sex; a number given outweighs 拒绝提供.
    """
    plain = _cleaned(entry)
    identity = judge_id(plain.id_number, today=on)
    problems = (*identity.problems, *_problems(plain))
    if problems:
        raise Refused.of(problems)
    return Judged(
        replace(
            plain,
            id_number=identity.number,
            sex=identity.sex or plain.sex,
            is_id_refused=(plain.is_id_refused or bool(plain.id_number)) and not identity.number,
        ),
        identity,
    )


def refusals(entry: ConsultationEntry, on: date) -> tuple[Problem, ...]:
    """What would be refused of an entry, () for nothing."""
    try:
        judged(entry, on)
    except Refused as refusal:
        return refusal.problems
    return ()


def _cleaned(entry: ConsultationEntry) -> ConsultationEntry:
    return replace(
        entry,
        client_name=clean(entry.client_name),
        sex=clean(entry.sex),
        id_number=clean_number(entry.id_number),
        phone=clean_number(entry.phone),
        village=clean(entry.village),
        groups=_words(entry.groups),
        channel=clean(entry.channel),
        topics=_words(entry.topics),
        content=clean_lines(entry.content),
        answer=clean_lines(entry.answer),
        handling=clean(entry.handling),
    )


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in map(clean, words) if word))


def _problems(entry: ConsultationEntry) -> Iterable[Problem]:
    for name, most in (
        *((name, LONGEST_LINE) for name in _LINES),
        *((name, LONGEST_TEXT) for name in _TEXTS),
    ):
        if len(getattr(entry, name)) > most:
            title = (_LINES | _TEXTS)[name]
            yield Problem(name, f"{title}最多 {most} 个字，请精简后再保存。", "E241")
    for name, title in _LISTS.items():
        words = getattr(entry, name)
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_LINE for word in words):
            yield Problem(
                name, f"{title}最多 {MOST_WORDS} 项，每项不超过 {LONGEST_LINE} 个字，请精简后再保存。", "E241"
            )
    if entry.is_green and not entry.groups:
        yield Problem("groups", "走绿色通道的，请选择属于哪类人群。", "E273")
    if entry.sex and entry.sex not in set(Sex):
        yield Problem("sex", "性别只能是“男”或“女”，不清楚的请留空。", "E242")
