"""Turns a pack's figures and open readings into what the money of legal-aid cases is reckoned with (Y19 Y20 Y25 A05 A12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.case_values import Fund, Grade
from app.rules.policy.pack import Pack
from app.rules.policy.parts import CalendarRule

READING = "本程序读法"
"""The clause of what no document says (see resources/policy/shared)."""

GRADE_SETTINGS = {
    Grade.excellent: "grade_percent_excellent",
    Grade.good: "grade_percent_good",
    Grade.passed: "grade_percent_passed",
}
_NUMBERS = ("terminated_percent", "series_percent", "project_base_fen")
_WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class CasePayRules:
    """What one document pays for a case, 分.

    base_fen: what the special fund bears of a case, and the floor of the standard; None: the document has no special
    fund. grade_percents: whole subsidy where the document does not grade; 不合格 is no entry, it pays nothing. clauses:
    rule → citation, for base, over_target, grade, failed and the settings' names.
    """

    pack: str
    valid_from: date
    valid_to: date
    base_fen: int | None = None
    grade_percents: Mapping[Grade, int] = field(default_factory=dict)
    terminated_percent: int = 0
    series_percent: int = 100
    project_base_fen: int = 100000
    clauses: Mapping[str, str] = field(default_factory=dict)

    def clause(self, rule: str) -> str:
        """The citation of a rule; what the document does not say is this program's reading."""
        return self.clauses.get(rule, READING)

    def grade_percent(self, grade: Grade) -> int:
        """How much of the standard a grade is paid, in percent."""
        return 0 if grade is Grade.failed else self.grade_percents.get(grade, _WHOLE)

    def with_numbers(self, numbers: Mapping[str, int]) -> CasePayRules:
        """The rules with the settings of an earlier settlement, by the settings' names; others stand."""
        grades = {grade: numbers[name] for grade, name in GRADE_SETTINGS.items() if name in numbers}
        return replace(
            self,
            grade_percents={**self.grade_percents, **grades},
            terminated_percent=numbers.get("terminated_percent", self.terminated_percent),
            series_percent=numbers.get("series_percent", self.series_percent),
            project_base_fen=numbers.get("project_base_fen", self.project_base_fen),
        )


@dataclass(frozen=True, kw_only=True)
class FundRules:
    """What the document asks of its funds; 分.

    uses: fund → what it may be spent on; a fund without an entry may be spent on anything. match_percent and
    match_fen: local money beside the centre's and the province's, and a closed case (A05); None: not asked.
    """

    uses: Mapping[Fund, tuple[str, ...]] = field(default_factory=dict)
    uses_clause: str = ""
    match_percent: int | None = None
    match_percent_clause: str = ""
    match_fen: int | None = None
    match_fen_clause: str = ""
    legs: tuple[CalendarRule, ...] = ()


def case_pay_rules(pack: Pack) -> CasePayRules:
    """What the pack pays for a case, under the readings in force."""
    numbers = {name: _setting(pack, name) for name in (*GRADE_SETTINGS.values(), *_NUMBERS)}
    base = pack.value("cases.base_fen")
    rules = CasePayRules(
        pack=pack.key,
        valid_from=pack.valid_from,
        valid_to=pack.valid_to,
        base_fen=base if isinstance(base, int) else None,
        clauses=_clauses(pack, numbers),
    )
    return rules.with_numbers({name: value for name, value in numbers.items() if value is not None})


def fund_rules(pack: Pack) -> FundRules:
    """What the pack asks of its funds."""
    uses = pack.lists.get("fund_uses")
    percent, fen = pack.figures.get("funds.local_match_percent"), pack.figures.get("funds.local_match_fen")
    return FundRules(
        uses={Fund.special: uses.words} if uses else {},
        uses_clause=uses.clause if uses else "",
        match_percent=percent.value if percent and isinstance(percent.value, int) else None,
        match_percent_clause=percent.clause if percent else "",
        match_fen=fen.value if fen and isinstance(fen.value, int) else None,
        match_fen_clause=fen.clause if fen else "",
        legs=tuple(one for one in pack.calendar if one.id == "Y20"),
    )


def _setting(pack: Pack, name: str) -> int | None:
    found = pack.settings.get(name)
    return found.value if found and isinstance(found.value, int) else None


def _clauses(pack: Pack, numbers: Mapping[str, int | None]) -> Mapping[str, str]:
    figures = {
        "base": "cases.base_fen",
        "over_target": "cases.over_target_fund",
        "grade": "cases.is_graded",
        "failed": "cases.failed_pay",
    }
    found = {rule: pack.figures[name].clause for rule, name in figures.items() if name in pack.figures}
    found.setdefault("failed", found.get("grade", found.get("base", READING)))
    return {**found, **{name: pack.settings[name].clause for name in numbers if name in pack.settings}}
