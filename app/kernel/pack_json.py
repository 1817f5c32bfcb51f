"""A policy pack as one JSON document, for scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.kernel.pack_show import figure_value, rows
from app.rules.policy.pack import NO_RATES, Pack
from app.rules.policy.parts import CalendarRule, Figure
from app.rules.policy.totals import check_totals


def as_json(pack: Pack) -> dict[str, Any]:
    """The pack as one JSON document of texts, whole numbers, booleans and nulls; money in 分."""
    return {
        "key": pack.key,
        "short": pack.short,
        "title": pack.title,
        "document": pack.document,
        "issuer": pack.issuer,
        "issued_on": figure_value(pack.issued_on),
        "valid_from": figure_value(pack.valid_from),
        "valid_to": figure_value(pack.valid_to),
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
        "measures": [
            {**asdict(one), "by": one.by.isoformat() if one.by else None, "doers": list(one.doers)}
            for one in pack.measures
        ],
        "settings": [asdict(setting) for setting in pack.settings.values()],
        "sites": [asdict(site) for site in pack.sites],
        "rows": [asdict(row) for row in rows(pack)],
        "clauses": dict(pack.clauses),
    }


def _plain_fields(part: Figure | CalendarRule) -> dict[str, Any]:
    return {name: figure_value(value) for name, value in asdict(part).items()}
