"""Says what a drafted month commits in duty pay, so that whoever drafts it sees the cost (排班即预算; Y16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.rules.duty.duty_view import DutyView
from app.rules.duty.facts import SiteFact
from app.rules.duty.gather import DutyEvidence
from app.rules.pay.units import base_fen, units_of
from app.rules.policy.duty_rates import DutyRates
from app.values import Month

_WHOLE = 10_000


@dataclass(frozen=True)
class Budget:
    """month_fen, year_end_fen: 分, None where the document sets no rates; pace: a sentence, "" when on time."""

    month_fen: int | None
    year_end_fen: int | None
    pace: str = ""


@dataclass(frozen=True)
class TargetPace:
    """A site's consultations: the year's target, those given so far, and the sittings they took."""

    target: int
    done: int
    sittings: int


def committed_fen(duties: Iterable[DutyView], site: SiteFact, rates: DutyRates) -> int:
    """Base pay of these duties of one site, 分: a person-day at a centre, a session at a station; public servants 0."""
    views = {duty.id: duty for duty in duties}
    units = units_of(DutyEvidence(duty.fact(), site) for duty in views.values())
    paid = (unit for unit in units if not views[unit.items[0].duty.id].is_public_servant)
    return sum(base_fen(unit, rates) or 0 for unit in paid)


def year_end_fen(before: int, month_fen: int, month: Month) -> int:
    """What the year comes to if the months left cost as much as this one, 分."""
    return before + month_fen * (13 - month.month)


def pace_words(pace: TargetPace, gone_by: Fraction, session_fen: int | None) -> str:
    """How far consultations lag behind the share of the year gone by, and the sittings that would catch up; "" when on time."""
    due = int(pace.target * _WHOLE * gone_by)
    behind = due - pace.done * _WHOLE
    points = behind * 100 // (pace.target * _WHOLE) if pace.target else 0
    if points < 1:
        return ""
    words = f"咨询进度落后 {points} 个百分点"
    if not pace.done or not pace.sittings:
        return words
    people = -(-behind // _WHOLE)
    more = -(-people * pace.sittings // pace.done)
    cost = f"，{more * session_fen // 100:,} 元" if session_fen else ""
    return f"{words}：加 {more} 次值班，约多 {more * pace.done // pace.sittings} 人次{cost}"
