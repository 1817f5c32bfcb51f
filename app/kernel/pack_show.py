"""Lays a pack out as rows, so that the command line and the settings page show all of it with its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.packs import load_pack, pack_keys
from app.rules.policy.pack import Pack
from app.rules.policy.parts import CALENDAR_KINDS, SECTIONS, CalendarRule, Figure, FigureValue
from app.values import yuan_text


@dataclass(frozen=True, kw_only=True)
class PackRow:
    """One line of a shown pack; value is for reading (money in 元)."""

    section: str
    name: str
    title: str
    value: str
    unit: str
    clause: str
    clause_text: str
    id: str = ""
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""


@dataclass(frozen=True)
class PackSummary:
    """One line of the list of packs."""

    key: str
    title: str
    document: str
    valid_from: date
    valid_to: date
    inherits: str
    sites: int


def summaries() -> tuple[PackSummary, ...]:
    """Every pack there is."""
    packs = (load_pack(key) for key in pack_keys())
    return tuple(
        PackSummary(
            pack.key,
            pack.title,
            pack.document,
            pack.valid_from,
            pack.valid_to,
            pack.inherits,
            len(pack.sites),
        )
        for pack in packs
    )


def rows(pack: Pack) -> tuple[PackRow, ...]:
    """All of a pack in sections: figures, targets, lists, personnel, calendar, agents, measures, settings."""
    return tuple(
        row
        for part in (_figures, _targets, _lists, _personnel, _calendar, _agents, _measures, _settings)
        for row in part(pack)
    )


def value_text(value: FigureValue | None, unit: str) -> tuple[str, str]:
    """A figure's value and unit for reading: 分 become 元, true and false 是 and 否."""
    if isinstance(value, bool):
        return ("是" if value else "否"), unit
    if unit == "分" and isinstance(value, int):
        return yuan_text(value), "元"
    return ("" if value is None else str(value)), unit


def _figures(pack: Pack) -> Iterator[PackRow]:
    order = {section: place for place, section in enumerate(SECTIONS)}
    for figure in sorted(pack.figures.values(), key=lambda one: order[one.section]):
        value, unit = value_text(figure.value, figure.unit)
        valid_from, valid_to = _validity(pack, figure)
        yield PackRow(
            section=SECTIONS[figure.section],
            name=figure.name,
            title=figure.title,
            value=value,
            unit=unit,
            clause=figure.clause,
            clause_text=pack.clause_text(figure.clause),
            id=figure.id,
            valid_from=valid_from,
            valid_to=valid_to,
            note=figure.note,
        )


def _validity(pack: Pack, figure: Figure) -> tuple[str, str]:
    if figure.valid_from or figure.valid_to:
        return figure_value(figure.valid_from) or "", figure_value(figure.valid_to) or ""
    return pack.valid_from.isoformat(), pack.valid_to.isoformat()


def _targets(pack: Pack) -> Iterator[PackRow]:
    for table in pack.tables:
        section, text = f"{table.year}年{table.title}任务", pack.clause_text(table.clause)
        for part in table.parts:
            yield PackRow(
                section=section,
                name=part.site,
                title=part.name,
                value=str(part.amount),
                unit=table.unit,
                clause=table.clause,
                clause_text=text,
                id=table.id,
            )
        for subtotal in table.subtotals:
            yield PackRow(
                section=section,
                name="",
                title=subtotal.title,
                value=str(subtotal.total),
                unit=table.unit,
                clause=table.clause,
                clause_text=text,
                id=table.id,
            )
        yield PackRow(
            section=section,
            name="",
            title="合计",
            value=str(table.total),
            unit=table.unit,
            clause=table.clause,
            clause_text=text,
            id=table.id,
            note=table.discrepancy,
        )


def _lists(pack: Pack) -> Iterator[PackRow]:
    for found in pack.lists.values():
        if not found.items:
            yield PackRow(
                section=found.title,
                name=found.name,
                title="",
                value="",
                unit="",
                clause=found.clause,
                clause_text=pack.clause_text(found.clause),
                id=found.id,
                note=found.note,
            )
        for item in found.items:
            note = "本程序补充" if item.is_extra else item.note
            yield PackRow(
                section=found.title,
                name=found.name,
                title=item.value,
                value="",
                unit="",
                clause=item.clause,
                clause_text=pack.clause_text(item.clause),
                id=found.id,
                note=note,
            )


def _personnel(pack: Pack) -> Iterator[PackRow]:
    for rule in pack.personnel:
        yield PackRow(
            section="人员类别",
            name="personnel",
            title=rule.kind,
            value=rule.condition,
            unit="",
            clause=rule.clause,
            clause_text=pack.clause_text(rule.clause),
            id="Y08",
        )


def _calendar(pack: Pack) -> Iterator[PackRow]:
    for rule in pack.calendar:
        yield PackRow(
            section="日程",
            name=rule.name,
            title=rule.title,
            value=when_text(rule),
            unit="",
            clause=rule.clause,
            clause_text=pack.clause_text(rule.clause),
            id=rule.id,
            note=rule.note,
        )


def when_text(rule: CalendarRule) -> str:
    """A calendar rule in Chinese: 每月10日16时, 季度结束后15日内, 2018-12-19前."""
    hour = f"{rule.hour}时" if rule.hour is not None else ""
    words = {
        "month": f"{rule.month}月",
        "monthly": f"每月{rule.day}日{hour}" if rule.day else "每月",
        "after_quarter": f"季度结束后{rule.days}日内",
        "after_event": f"{rule.event}后{rule.days}日内",
        "by_date": f"{rule.on}前",
        "span": f"{rule.on}至{rule.ends_on}",
        "festival": rule.festival,
    }
    return words.get(rule.kind, CALENDAR_KINDS[rule.kind])


def _agents(pack: Pack) -> Iterator[PackRow]:
    for rule in pack.agents:
        yield PackRow(
            section="代办关系",
            name=rule.place_code,
            title=f"{rule.zone}{rule.place}",
            value=f"{rule.agent_name}司法局",
            unit="",
            clause=rule.clause,
            clause_text=pack.clause_text(rule.clause),
            id=rule.id,
        )


def _measures(pack: Pack) -> Iterator[PackRow]:
    for measure in pack.measures:
        yield PackRow(
            section="行动计划",
            name=measure.number,
            title=measure.title,
            value=measure.due,
            unit="",
            clause=measure.clause,
            clause_text=pack.clause_text(measure.clause),
            id="Q15",
            note=f"{measure.owner}。{measure.standard}。证据：{measure.evidence}",
        )


def _settings(pack: Pack) -> Iterator[PackRow]:
    for one in pack.settings.values():
        note = one.note if one.is_verified else f"{one.note}（未经核实）"
        note += f"（待“{one.waits_for}”功能启用）" if one.waits_for else ""
        money = one.unit == "分" and one.value is not None
        value, unit = (
            value_text(one.value, one.unit) if money and isinstance(one.value, int) else (one.words, "")
        )
        yield PackRow(
            section="文件未明确的读法",
            name=one.name,
            title=one.title,
            value=value,
            unit=unit,
            clause=one.clause,
            clause_text=pack.clause_text(one.clause),
            note=note,
        )


def figure_value(value: FigureValue | None) -> Any:
    """A figure's value as text and JSON have it: dates as ISO."""
    return value.isoformat() if isinstance(value, date) else value
