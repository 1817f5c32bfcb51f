"""Draws the archived cases that are checked so that nobody can choose the seed later, and grades them by their score (G12 J09)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.case_values import Grade


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


def announced_seed(seed: str) -> str:
    """What is announced before the period's cases are known: the SHA-256 of the seed in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def is_announced(seed: str, announced: str) -> bool:
    """Whether a seed is the one that was announced."""
    return announced_seed(seed) == announced.strip().lower()


def drawn_cases(numbers: Iterable[str], seed: str, *, percent: int = 30) -> tuple[str, ...]:
    """The 案号 drawn from a period's archived cases: ⌈percent %⌉ of them, the first by SHA-256(seed ‖ 案号).

    The order in which the numbers are given, and a number given twice, change nothing.
    """
    known = set(numbers)
    count = -(-len(known) * percent // 100)
    return tuple(sorted(known, key=lambda number: (_lot(seed, number), number))[:count])


def _lot(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}{number}".encode()).digest()
