"""Says how many spot checks, meetings and inspections the document asks of an office in a period (Q03 Y22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rules.policy.pack import Pack
from app.values import Level

MEETINGS = "supervision.meetings_per_month"
INSPECTIONS = "supervision.inspections_per_quarter"
CITY_INSPECTIONS = "supervision.city_inspections_per_year"
SPOT_CHECKS = "spot_checks_per_month"


@dataclass(frozen=True)
class Quota:
    """How often something is done and asked for by a day. asked 0: the document names no number."""

    title: str
    done: int
    asked: int
    by: date
    clause: str

    @property
    def missing(self) -> int:
        """How many are still to be done."""
        return max(self.asked - self.done, 0)

    @property
    def words(self) -> str:
        """本月抽查 2/4, or 本月抽查 2 where nothing is asked."""
        return f"{self.title} {self.done}/{self.asked}" if self.asked else f"{self.title} {self.done}"


def asked_of(pack: Pack, figure: str) -> tuple[int, str]:
    """The number that a figure of the document fixes, with its clause; 0 where it is silent."""
    found = pack.figures.get(figure)
    if found is None or not isinstance(found.value, int):
        return 0, ""
    return found.value, f"{pack.document} {found.clause}"


def spot_checks_asked(pack: Pack) -> tuple[int, str]:
    """How many spot checks a month, by the document or the bureau's reading, and the clause."""
    setting = pack.settings[SPOT_CHECKS]
    return int(setting.value or 0), setting.clause


def inspection_figure(level: Level) -> str:
    """Which figure says how often an office of this level inspects on site: a city yearly, a county quarterly."""
    return CITY_INSPECTIONS if level is Level.city else INSPECTIONS
