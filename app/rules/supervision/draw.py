"""Draws so that nobody can choose afterwards and everybody can recompute: the seed's hash first, the seed later (Q03)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def announced_seed(seed: str) -> str:
    """What is announced before anything is drawn: the SHA-256 of the seed in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def is_announced(seed: str, announced: str) -> bool:
    """Whether a seed is the one that was announced."""
    return announced_seed(seed) == announced.strip().lower()


def drawing_order(candidates: Iterable[str], seed: str) -> tuple[str, ...]:
    """The candidates in the order they are drawn: by SHA-256(seed ‖ candidate), then by themselves.

    The order in which they are given, and one given twice, change nothing.
    """
    return tuple(sorted(set(candidates), key=lambda one: (_lot(seed, one), one)))


def drawn_checks(
    candidates: Iterable[str], seed: str, count: int, *, gone: Iterable[str] = ()
) -> tuple[str, ...]:
    """The first `count` of the drawing order; one that is gone (取消, 换人) gives its place to the next."""
    left_out = set(gone)
    return tuple(one for one in drawing_order(candidates, seed) if one not in left_out)[:count]


def _lot(seed: str, candidate: str) -> bytes:
    return hashlib.sha256(f"{seed}{candidate}".encode()).digest()
