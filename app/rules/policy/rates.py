"""Turns a pack's figures and open readings into what settlement and rosters compute with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Protocol

from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.rules.policy.parts import Figure, FigureValue
from app.rules.policy.settings import PackSetting
from app.values import SiteKind

NO_RATES = "本方案未定标准"
"""What a duty line says under a pack without rates (G, A, J)."""

_CLAUSED = {
    "public": "rates.public_servant_pay",
    "base": "rates.base_centre",
    "base_station": "rates.base_station",
    "base_city_centre": "rates.base_city_centre",
    "D1": "rates.d1",
    "D2": "rates.d2",
    "D3": "rates.d3",
    "D4": "rates.d4_station",
    "D4M": "rates.d4_month_count",
    "D5": "rates.d5",
    "minimum": "roster.centre_min_hours",
}


@dataclass(frozen=True)
class RosterRules:
    """What the document asks of rosters; None: it is silent. Hours are rostered hours of one duty (Y09)."""

    centre_every_workday: bool = False
    centre_min_hours: int | None = None
    station_min_hours: int | None = None
    station_per_week: int | None = None
    station_min_per_month: int | None = None
    is_published_ahead: bool = False
    clause: str = ""


class Figures(Protocol):
    """What rates and roster rules are read from: a pack's figures and open readings."""

    @property
    def figures(self) -> Mapping[str, Figure]: ...

    @property
    def settings(self) -> Mapping[str, PackSetting]: ...

    @property
    def roster(self) -> RosterRules: ...

    def value(self, name: str) -> FigureValue | None: ...

    def clause_text(self, clause: str) -> str: ...


def duty_rates(pack: Figures) -> DutyRates | None:
    """The pack's duty rates in 分 (Y16, Y17); None where it has none or a setting takes none."""
    if "rates.base_centre" not in pack.figures or _choice(pack, "rates_from") == "none":
        return None
    centre, station = _fen(pack, "d4_centre"), _fen(pack, "d4_station")
    city = station if _choice(pack, "d4_city_centre") == "station" else centre
    return DutyRates(
        base_fen=_by_kind(
            _fen(pack, "base_city_centre"), _fen(pack, "base_centre"), _fen(pack, "base_station")
        ),
        outreach_pay_fen=_outreach(pack),
        court_pay_fen=_fen_setting(pack, "court_pay_fen"),
        d1_fen=_fen(pack, "d1"),
        d2_fen=_fen(pack, "d2"),
        d3_fen=_fen(pack, "d3"),
        d4_fen=_by_kind(city, centre, station),
        ban_count=_fen(pack, "d4_month_count"),
        minimum_seconds=_minimum_seconds(pack),
        clauses=_rate_clauses(pack),
    )


def rule_settings(pack: Figures) -> RuleSettings:
    """The open readings of rules.md that the pack names; the others keep their default."""
    names = {field.name for field in fields_of(RuleSettings)}
    return RuleSettings(**{name: setting.value for name, setting in pack.settings.items() if name in names})  # type: ignore[arg-type]


def roster_rules(pack: Figures) -> RosterRules:
    """The pack's roster rules; their clause is that of the centre's hours."""
    hours = pack.figures.get("roster.centre_min_hours")
    return RosterRules(
        pack.value("roster.centre_every_workday") is True,
        _number(pack.value("roster.centre_min_hours")),
        _number(pack.value("roster.station_min_hours")),
        _number(pack.value("roster.station_per_week")),
        _number(pack.value("roster.station_min_per_month")),
        pack.value("roster.published_ahead") is True,
        hours.clause if hours else "",
    )


def _by_kind(city: int, centre: int, station: int) -> Mapping[SiteKind, int]:
    return {SiteKind.city_centre: city, SiteKind.county_centre: centre, SiteKind.station: station}


def _fen(pack: Figures, name: str) -> int:
    return int(pack.figures[f"rates.{name}"].value)  # type: ignore[arg-type]


def _number(value: FigureValue | None) -> int | None:
    return value if isinstance(value, int) else None


def _choice(pack: Figures, name: str) -> object:
    found = pack.settings.get(name)
    return found.value if found else None


def _fen_setting(pack: Figures, name: str) -> int | None:
    value = _choice(pack, name)
    return value if isinstance(value, int) else None


def _outreach(pack: Figures) -> int:
    own = _fen_setting(pack, "outreach_pay_fen")
    return _fen(pack, "base_station") if own is None else own


def _minimum_seconds(pack: Figures) -> Mapping[SiteKind, int]:
    rules = pack.roster
    centre, station = (rules.centre_min_hours or 0) * 3600, (rules.station_min_hours or 0) * 3600
    return _by_kind(centre, centre, station)


def _rate_clauses(pack: Figures) -> Mapping[str, tuple[str, str]]:
    ids = {rule: pack.figures[name].clause for rule, name in _CLAUSED.items() if name in pack.figures}
    for rule, name in (("court", "court_pay_fen"), ("outreach", "outreach_pay_fen")):
        if name in pack.settings:
            ids[rule] = pack.settings[name].clause
    return {rule: (clause, pack.clause_text(clause)) for rule, clause in ids.items()}
