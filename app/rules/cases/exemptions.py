"""Finds who needs no means test, and which matters know none, by the lists that hold on a day (Y13 G02 J08)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.case_values import CaseGround
from app.rules.policy.pack import Pack
from app.rules.policy.parts import Item

NOTIFIED = (CaseGround.law_25_1, CaseGround.law_25_2, CaseGround.law_28)
"""Grounds on which an organ notifies: nobody's means are tested."""
_WAGES = ("劳动报酬", "工资", "欠薪", "讨薪")
_KNOWN_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "农民工讨薪": (("农民工",), _WAGES),
    "农民工工伤": (("农民工",), ("工伤",)),
    "追索劳动报酬": ((), _WAGES),
    "家庭暴力受害方": ((), ("家庭暴力", "家暴")),
    "虐待受害方": ((), ("虐待",)),
    "遗弃受害方": ((), ("遗弃",)),
    "安全生产事故被害人及近亲属": ((), ("安全生产事故",)),
    "环境污染事故被害人及近亲属": ((), ("环境污染",)),
    "食品药品安全事故被害人及近亲属": ((), ("食品药品",)),
    "见义勇为受损害": ((), ("见义勇为",)),
    "志愿服务受损害": ((), ("志愿服务",)),
    "司法救助对象": (("获得司法救助人员",), ()),
    "社会救助对象": (("低保户", "无保户"), ()),
    "优抚对象": (("伤残军人", "军烈属"), ()),
}
"""Exemption → (groups, words of the matter) that make it known without being claimed; both must hold where named."""
_LAW = re.compile(r"法律援助法(\d+)(.*)")
_BETWEEN_PARTS = re.compile(r"[、，及和]|或者|以及")


@dataclass(frozen=True)
class Exemption:
    """One reason why no means test is made: its word, clause, and what proves it."""

    word: str
    clause: str
    proof: str = ""


def exemptions_on(pack: Pack, on: date) -> tuple[Exemption, ...]:
    """What exempts from the means test on a day: the law's list where it holds, then the document's."""
    return tuple(
        Exemption(item.value, item.clause, item.note)
        for name in ("law_exemptions", "exemptions")
        for item in _items(pack, name, on)
    )


def known_exemptions(
    pack: Pack, on: date, *, groups: Iterable[str], matter: str, claims: Iterable[str] = ()
) -> tuple[Exemption, ...]:
    """Those that are known of an applicant: claimed by their word, told by his groups, or by groups and matter."""
    said, claimed = set(groups), set(claims)
    return tuple(
        one
        for one in exemptions_on(pack, on)
        if one.word in claimed or one.word in said or _is_told(one.word, said, matter)
    )


def _is_told(word: str, groups: set[str], matter: str) -> bool:
    wanted, words = _KNOWN_BY.get(word, ((), ()))
    if not wanted and not words:
        return False
    return (not wanted or bool(groups & set(wanted))) and (not words or any(part in matter for part in words))


def unlimited_matter(pack: Pack, on: date, matter: str, ground: CaseGround | None) -> Exemption | None:
    """Why means do not matter at all: an organ's notice, or a matter of article 32; None where they do."""
    if ground in NOTIFIED:
        return Exemption("通知辩护", f"法律援助法{ground.value.removeprefix('援').split('-')[0]}")
    item = matter_item(_items(pack, "no_means_matters", on), matter)
    if item is not None:
        return Exemption(item.value, item.clause)
    return Exemption("法律规定的情形", "法律援助法32") if ground is CaseGround.law_32 else None


def listed_matters(pack: Pack, on: date) -> tuple[Item, ...]:
    """The matters for which aid is given on a day: the law's where it holds, then the document's."""
    return tuple(
        item for name in ("law_matters", "no_means_matters", "matters") for item in _items(pack, name, on)
    )


def matter_item(items: Iterable[Item], matter: str) -> Item | None:
    """The item that a matter is, by its whole words or those of one of its parts (劳动报酬 of 劳动关系或者劳动报酬)."""
    wanted = matter.strip()
    return next((item for item in items if wanted and wanted in (item.value, *matter_parts(item))), None)


def matter_parts(item: Item) -> tuple[str, ...]:
    """The parts of an item that names several matters."""
    return tuple(part for part in _BETWEEN_PARTS.split(item.value) if len(part) > 1)


def _items(pack: Pack, name: str, on: date) -> Iterator[Item]:
    found = pack.lists.get(name)
    if found is not None and found.holds_on(on):
        yield from found.items


def short_clause(clause: str) -> str:
    """A clause for a strip: 第42条 of the Legal Aid Law, another document's as it is cited."""
    found = _LAW.fullmatch(clause)
    return f"第{found[1]}条{found[2]}" if found else clause
