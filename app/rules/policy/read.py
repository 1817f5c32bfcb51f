"""Reads the tables of one pack file into the pieces of a pack, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from app.rules.policy.clauses import ClauseBook
from app.rules.policy.fields import TomlTable
from app.rules.policy.parts import (
    CALENDAR_KINDS,
    MEASURE_TURNS,
    SECTIONS,
    AgentRule,
    CalendarRule,
    Figure,
    Item,
    Measure,
    NamedList,
    PersonnelRule,
)
from app.rules.policy.settings import PackSetting, is_allowed
from app.values import Level, PersonKind

Part = TypeVar("Part")


def read_figures(table: TomlTable, book: ClauseBook) -> dict[str, Figure]:
    """`section.name` → figure. Raises Refused E952 for an unknown section, E953, E954, E959."""
    found: dict[str, Figure] = {}
    for section, figures in table.each():
        if section not in SECTIONS:
            raise table.fault("E952", section, "不认识，请核对拼写")
        for name, one in figures.each():
            found[f"{section}.{name}"] = _figure(section, name, one, book)
    return found


def _figure(section: str, name: str, table: TomlTable, book: ClauseBook) -> Figure:
    value = table.raw("value")
    if not isinstance(value, (int, str, date)):
        raise table.wrong("value", "应是整数、文字、日期或 true、false；金额以分为单位")
    figure = Figure(
        value=value,
        unit=table.text("unit"),
        clause=book.of(table),
        name=f"{section}.{name}",
        title=table.text("title"),
        section=section,
        id=table.text("id", ""),
        note=table.text("note", ""),
        valid_from=table.day_or_none("valid_from"),
        valid_to=table.day_or_none("valid_to"),
    )
    if figure.valid_from and figure.valid_to and figure.valid_from > figure.valid_to:
        raise table.fault("E959", "valid_from", "晚于 valid_to")
    table.finish()
    return figure


def read_lists(table: TomlTable, book: ClauseBook) -> dict[str, NamedList]:
    """Name → list. Raises Refused E952, E953, E954."""
    return {name: _list(name, one, book) for name, one in table.each()}


def _list(name: str, table: TomlTable, book: ClauseBook) -> NamedList:
    clause = book.of(table)
    items = tuple(_item(one, table, book, clause) for one in table.row("items", []))
    extra = tuple(Item(word, clause, is_extra=True) for word in table.texts("extra"))
    words = [item.value for item in items + extra]
    if len(words) != len(set(words)):
        raise table.wrong("items", "有重复的一项")
    found = NamedList(
        name=name,
        title=table.text("title"),
        clause=clause,
        id=table.text("id", ""),
        items=items + extra,
        note=table.text("note", ""),
        valid_from=table.day_or_none("valid_from"),
        valid_to=table.day_or_none("valid_to"),
    )
    if found.valid_from and found.valid_to and found.valid_from > found.valid_to:
        raise table.fault("E959", "valid_from", "晚于 valid_to")
    table.finish()
    return found


def _item(data: Any, table: TomlTable, book: ClauseBook, clause: str) -> Item:
    if isinstance(data, str):
        return Item(data, clause)
    one = TomlTable(data, f"{table.place} items")
    item = Item(one.text("value"), book.of(one, clause), one.text("note", ""))
    one.finish()
    return item


def read_personnel(table: TomlTable, book: ClauseBook) -> tuple[PersonnelRule, ...]:
    """The personnel kinds of the document (Y08). Raises Refused E952, E953, E954."""
    return tuple(_personnel(one, book) for one in table.tables("personnel"))


def _personnel(table: TomlTable, book: ClauseBook) -> PersonnelRule:
    word = table.text("kind")
    if word not in set(PersonKind):
        raise table.wrong("kind", f"写的是“{word}”，不是人员类别")
    rule = PersonnelRule(
        kind=PersonKind(word),
        condition=table.text("condition"),
        clause=book.of(table),
        min_years=table.whole("min_years", 0),
        needs_licence=table.flag("needs_licence"),
        needs_qualification=table.flag("needs_qualification"),
        needs_approval=table.flag("needs_approval"),
        must_be_lay=table.flag("must_be_lay"),
    )
    table.finish()
    return rule


def read_calendar(table: TomlTable, book: ClauseBook) -> tuple[CalendarRule, ...]:
    """The dates of the document. Raises Refused E952, E953, E954."""
    return tuple(_calendar(one, book) for one in table.tables("calendar"))


def _calendar(table: TomlTable, book: ClauseBook) -> CalendarRule:
    kind = table.text("kind")
    if kind not in CALENDAR_KINDS:
        raise table.wrong("kind", f"写的是“{kind}”，应为 {'、'.join(CALENDAR_KINDS)} 之一")
    rule = CalendarRule(
        name=table.text("name"),
        title=table.text("title"),
        kind=kind,
        clause=book.of(table),
        id=table.text("id", ""),
        month=table.whole_or_none("month"),
        day=table.whole_or_none("day"),
        hour=table.whole_or_none("hour"),
        days=table.whole_or_none("days"),
        event=table.text("event", ""),
        on=table.day_or_none("on"),
        ends_on=table.day_or_none("ends_on"),
        festival=table.text("festival", ""),
        covers=table.text("covers", ""),
        note=table.text("note", ""),
    )
    table.finish()
    return rule


def read_measures(table: TomlTable, book: ClauseBook) -> tuple[Measure, ...]:
    """The action plan (Q15, J's phases). Raises Refused E952, E953, E954."""
    return tuple(_finished(one, _measure(one, book)) for one in table.tables("measures"))


def _measure(table: TomlTable, book: ClauseBook) -> Measure:
    doers, every = table.row("doers"), table.text("every", "")
    if not doers or any(one not in tuple(Level) for one in doers):
        raise table.wrong("doers", "应是“市”“县”“站”中的一个或几个")
    if every not in MEASURE_TURNS:
        raise table.wrong("every", "应是 monthly 或 quarterly")
    return Measure(
        number=table.text("number"),
        title=table.text("title"),
        owner=table.text("owner"),
        due=table.text("due"),
        clause=book.of(table),
        doers=tuple(map(Level, doers)),
        standard=table.text("standard"),
        evidence=table.text("evidence"),
        by=table.day_or_none("by"),
        every=every,
    )


def read_agents(table: TomlTable, book: ClauseBook) -> tuple[AgentRule, ...]:
    """Who does whose legal aid (A08). Raises Refused E952, E953, E954."""
    return tuple(
        _finished(
            one,
            AgentRule(
                one.text("zone"),
                one.text("place"),
                one.text("place_code"),
                one.text("agent"),
                one.text("agent_name"),
                book.of(one),
                one.text("id", ""),
            ),
        )
        for one in table.tables("agents")
    )


def read_settings(table: TomlTable, book: ClauseBook) -> dict[str, PackSetting]:
    """Name → open reading. Raises Refused E952, E953, E954, E957 for a default that is not allowed."""
    return {name: _setting(name, one, book) for name, one in table.each()}


def _setting(name: str, table: TomlTable, book: ClauseBook) -> PackSetting:
    value = table.raw("value") if "value" in table else None
    choices = tuple(_choices(table))
    kind = table.text("type", _type_of(value, choices))
    setting = PackSetting(
        name=name,
        value=value,
        title=table.text("title"),
        clause=book.of(table),
        choices=choices,
        note=table.text("note"),
        type=kind,
        unit=table.text("unit", ""),
        low=table.whole_or_none("low"),
        high=table.whole_or_none("high"),
        may_be_null=table.flag("may_be_null"),
        is_verified=table.flag("is_verified", True),
        default=value,
        waits_for=table.text("waits_for", ""),
    )
    if kind not in ("bool", "int", "choice") or not is_allowed(setting, value):
        raise table.fault("E983", "value", "不在可选的范围之内")
    table.finish()
    return setting


def _choices(table: TomlTable) -> Iterator[tuple[str, str]]:
    for pair in table.row("choices", []):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)):
            raise table.wrong("choices", "应是一对一对的文字：值、说明")
        yield pair[0], pair[1]


def _type_of(value: Any, choices: tuple[tuple[str, str], ...]) -> str:
    if choices:
        return "choice"
    return "bool" if isinstance(value, bool) else "int"


def _finished(table: TomlTable, made: Part) -> Part:
    table.finish()
    return made
