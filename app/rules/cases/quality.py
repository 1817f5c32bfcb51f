"""Draws the archived cases that are checked so that nobody can choose the seed later, and grades them by their score (G12 J09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.case_values import Grade
from app.rules.supervision.draw import drawing_order


@dataclass(frozen=True)
class CutOffs:
    """The least points of each grade that is earned, of 100 (J09)."""

    excellent: int
    good: int
    passed: int

    @property
    def are_in_order(self) -> bool:
        """Whether a better grade asks for more points."""
        return self.excellent > self.good > self.passed

    def grade_of(self, score: int) -> Grade:
        """The grade that a score earns."""
        if score >= self.excellent:
            return Grade.excellent
        if score >= self.good:
            return Grade.good
        return Grade.passed if score >= self.passed else Grade.failed


def drawn_cases(numbers: Iterable[str], seed: str, *, percent: int = 30) -> tuple[str, ...]:
    """The 案号 drawn from a period's archived cases: ⌈percent %⌉ of them, the first by SHA-256(seed ‖ 案号).

    The order in which the numbers are given, and a number given twice, change nothing.
    """
    order = drawing_order(numbers, seed)
    return order[: -(-len(order) * percent // 100)]
