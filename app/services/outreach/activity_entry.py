"""What somebody types about one service beside a consultation, cleaned and judged before it is stored (Q04, G04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.desk_values import ActivityKind
from app.errors import Problem, Refused
from app.text import clean, clean_lines

LONGEST_LINE, LONGEST_TEXT = 200, 5_000
MOST_REACHED, MOST_PAGES = 100_000, 500
_LINES = {"village": "村（社区）", "place": "地点", "document": "文书"}
_TEXTS = {"matter": "事由", "outcome": "结果"}
GATHERINGS = (ActivityKind.lecture, ActivityKind.check_up)
"""What is held for people: how many came must be said."""


@dataclass(frozen=True, kw_only=True)
class ActivityEntry:
    """One service. kind: a word of ActivityKind. reached: people it reached. document, pages: of what was drafted."""

    kind: str = ""
    village: str = ""
    place: str = ""
    reached: int = 0
    matter: str = ""
    outcome: str = ""
    document: str = ""
    pages: int = 0


ACTIVITY_FIELDS = tuple(ActivityEntry.__dataclass_fields__)


def judged_activity(entry: ActivityEntry) -> ActivityEntry:
    """The entry as it is to be stored. Raises Refused E256 with every fault by its field."""
    lines: dict[str, Any] = {name: clean(getattr(entry, name)) for name in ("kind", *_LINES)}
    texts: dict[str, Any] = {name: clean_lines(getattr(entry, name)) for name in _TEXTS}
    plain = replace(entry, **lines, **texts)
    if problems := tuple(_problems(plain)):
        raise Refused.of(problems)
    return plain


def _problems(entry: ActivityEntry) -> Iterable[Problem]:
    if entry.kind not in set(ActivityKind):
        yield Problem("kind", f"服务内容请选择：{'、'.join(ActivityKind)}。", "E256")
    for names, most in ((_LINES, LONGEST_LINE), (_TEXTS, LONGEST_TEXT)):
        for name, title in names.items():
            if len(getattr(entry, name)) > most:
                yield Problem(name, f"{title}最多 {most} 个字，请精简后再保存。", "E256")
    for name, title, most in (("reached", "惠及人数", MOST_REACHED), ("pages", "页数", MOST_PAGES)):
        if not 0 <= getattr(entry, name) <= most:
            yield Problem(name, f"{title}请填 0 到 {most} 的整数。", "E256")
    if entry.kind in GATHERINGS and not entry.reached:
        yield Problem("reached", f"{entry.kind}请填写来了多少人。", "E256")
    if entry.kind == ActivityKind.drafting and not entry.document:
        yield Problem("document", "代书请写明写的是什么文书，如“起诉状”。", "E256")
    if entry.kind != ActivityKind.drafting and not (entry.village or entry.place):
        yield Problem("village", "请写明在哪个村（社区）或什么地点。", "E256")
