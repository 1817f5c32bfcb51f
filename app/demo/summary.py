"""The demonstration in figures, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.demo.month import Play
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.exchange.desk import ExchangeDesk
from app.services.money.month_pay import ComputeSettlement


def summarise(play: Play, seed: int, pack: str) -> dict[str, Any]:
    """Numbers of everything, each person's pay by licence or order, outcomes of the bundles, states on both sides."""
    month = play.month
    settled = play.county.ask(ComputeSettlement(str(month.month)))
    return {
        "pack": pack,
        "month": str(month.month),
        "seed": seed,
        "sites": len(month.sites),
        "offices": 1 + len(play.stations),
        "people": len(month.people),
        "duties": len(month.duties),
        "attendance": len(month.attendance),
        "consultations": len(month.consultations),
        "spot_checks": len(month.spot_checks),
        "complaints": len(month.complaints),
        "total_fen": settled.total_fen,
        "deductions": _deductions(settled),
        "net_fen": sorted(person.net_fen for person in settled.people),
        "exceptions": dict(Counter(str(item.kind) for item in play.county.ask(ExceptionsList(month.month)))),
        "bundles": dict(Counter(str(outcome.outcome) for outcome in play.outcomes)),
        "came_back_to_restored_station": play.came_back,
        "refusals": play.refusals,
        "waiting_at_stations": sum(station.ask(ExchangeDesk()).waiting for station in play.stations.values()),
    }


def _deductions(settled: Any) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for person in settled.people:
        for line in person.lines:
            counts.update({part.rule: part.count for part in line.deductions})
    return dict(sorted(counts.items()))
