"""Lays a pack out as rows, so that the command line and the settings page show all of it with its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.kernel.packs import load_pack, pack_keys
from app.rules.policy.pack import NO_RATES, Pack
from app.rules.policy.parts import CALENDAR_KINDS, SECTIONS, CalendarRule, Figure, FigureValue
from app.rules.policy.totals import check_totals
from app.values import yuan_text


@dataclass(frozen=True)
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


def as_json(pack: Pack) -> dict[str, Any]:
    """The pack as one JSON document of texts, whole numbers, booleans and nulls; money in 分."""
    return {
        "key": pack.key,
        "short": pack.short,
        "title": pack.title,
        "document": pack.document,
        "issuer": pack.issuer,
        "issued_on": _plain(pack.issued_on),
        "valid_from": _plain(pack.valid_from),
        "valid_to": _plain(pack.valid_to),
        "root": pack.root,
        "inherits": pack.inherits,
        "notes": list(pack.notes),
        "has_rates": pack.rates is not None,
        "rates_note": "" if pack.rates else NO_RATES,
        "figures": [_plain_fields(figure) for figure in pack.figures.values()],
        "targets": [asdict(target) for target in pack.targets],
        "totals": [asdict(check) for check in check_totals(pack)],
        "lists": {name: [asdict(item) for item in found.items] for name, found in pack.lists.items()},
        "personnel": [asdict(rule) for rule in pack.personnel],
        "calendar": [_plain_fields(rule) for rule in pack.calendar],
        "agents": [asdict(rule) for rule in pack.agents],
        "measures": [asdict(measure) for measure in pack.measures],
        "settings": [asdict(setting) for setting in pack.settings.values()],
        "sites": [asdict(site) for site in pack.sites],
        "rows": [asdict(row) for row in rows(pack)],
        "clauses": dict(pack.clauses),
    }


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
        yield PackRow(
            SECTIONS[figure.section],
            figure.name,
            figure.title,
            value,
            unit,
            figure.clause,
            pack.clause_text(figure.clause),
            figure.id,
            *_validity(pack, figure),
            figure.note,
        )


def _validity(pack: Pack, figure: Figure) -> tuple[str, str]:
    if figure.valid_from or figure.valid_to:
        return _plain(figure.valid_from) or "", _plain(figure.valid_to) or ""
    return pack.valid_from.isoformat(), pack.valid_to.isoformat()


def _targets(pack: Pack) -> Iterator[PackRow]:
    for table in pack.tables:
        section, text = f"{table.year}年{table.title}任务", pack.clause_text(table.clause)
        for part in table.parts:
            yield PackRow(
                section, part.site, part.name, str(part.amount), table.unit, table.clause, text, table.id
            )
        for subtotal in table.subtotals:
            yield PackRow(
                section, "", subtotal.title, str(subtotal.total), table.unit, table.clause, text, table.id
            )
        yield PackRow(
            section,
            "",
            "合计",
            str(table.total),
            table.unit,
            table.clause,
            text,
            table.id,
            note=table.discrepancy,
        )


def _lists(pack: Pack) -> Iterator[PackRow]:
    for found in pack.lists.values():
        if not found.items:
            yield PackRow(
                found.title,
                found.name,
                "",
                "",
                "",
                found.clause,
                pack.clause_text(found.clause),
                found.id,
                note=found.note,
            )
        for item in found.items:
            note = "本程序补充" if item.is_extra else item.note
            yield PackRow(
                found.title,
                found.name,
                item.value,
                "",
                "",
                item.clause,
                pack.clause_text(item.clause),
                found.id,
                note=note,
            )


def _personnel(pack: Pack) -> Iterator[PackRow]:
    for rule in pack.personnel:
        yield PackRow(
            "人员类别",
            "personnel",
            rule.kind,
            rule.condition,
            "",
            rule.clause,
            pack.clause_text(rule.clause),
            "Y08",
        )


def _calendar(pack: Pack) -> Iterator[PackRow]:
    for rule in pack.calendar:
        yield PackRow(
            "日程",
            rule.name,
            rule.title,
            when_text(rule),
            "",
            rule.clause,
            pack.clause_text(rule.clause),
            rule.id,
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
            "代办关系",
            rule.place_code,
            f"{rule.zone}{rule.place}",
            f"{rule.agent_name}司法局",
            "",
            rule.clause,
            pack.clause_text(rule.clause),
            rule.id,
        )


def _measures(pack: Pack) -> Iterator[PackRow]:
    for measure in pack.measures:
        yield PackRow(
            "行动计划",
            measure.number,
            measure.title,
            measure.due,
            "",
            measure.clause,
            pack.clause_text(measure.clause),
            "Q15",
            note=measure.owner,
        )


def _settings(pack: Pack) -> Iterator[PackRow]:
    for one in pack.settings.values():
        note = one.note if one.is_verified else f"{one.note}（未经核实）"
        money = one.unit == "分" and one.value is not None
        value, unit = (
            value_text(one.value, one.unit) if money and isinstance(one.value, int) else (one.words, "")
        )
        yield PackRow(
            "文件未明确的读法",
            one.name,
            one.title,
            value,
            unit,
            one.clause,
            pack.clause_text(one.clause),
            note=note,
        )


def _plain(value: FigureValue | None) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _plain_fields(part: Figure | CalendarRule) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(part).items()}
