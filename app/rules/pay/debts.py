"""Carries what somebody was paid too much against what is next to be paid, oldest first; nobody is ever paid a minus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.values import Month


@dataclass(frozen=True)
class Debt:
    """What is to be taken back, 分 (positive), and the month whose settlement it comes from."""

    month: Month
    fen: int


@dataclass(frozen=True)
class Carried:
    """A person's month beside what is owed, each list oldest first.

    brought: debts that meet this month's pay. taken: what this month's pay makes good of them. left: what is owed
    afterwards, the month's own minus included.
    """

    brought: tuple[Debt, ...] = ()
    taken: tuple[Debt, ...] = ()
    left: tuple[Debt, ...] = ()


def carried(open_fen: Mapping[Month, int], month: Month) -> Carried:
    """How debts meet a month.

    open_fen: month → what its settlement comes to less what was handed over, 分; below zero it is a debt. A debt meets
    the oldest pay that was not handed over yet, also that of an earlier month which came back unpaid.
    """
    met = _met(open_fen)
    brought, taken, left = [], [], []
    for origin, fen in sorted(open_fen.items()):
        if fen >= 0:
            continue
        by_now = sum(part for (debt, pay), part in met.items() if debt == origin and pay < month)
        here = met.get((origin, month), 0)
        waiting = here if origin > month else -fen - by_now
        if origin != month:
            brought.append(Debt(origin, waiting))
        taken.append(Debt(origin, here))
        left.append(Debt(origin, waiting - here))
    return Carried(_not_nil(brought), _not_nil(taken), _not_nil(left))


def sum_fen(debts: Iterable[Debt]) -> int:
    """What debts come to, 分."""
    return sum(one.fen for one in debts)


def _met(open_fen: Mapping[Month, int]) -> dict[tuple[Month, Month], int]:
    """(month of the debt, month whose pay makes it good) → how much, the oldest debt with the oldest pay."""
    owed = {month: -fen for month, fen in sorted(open_fen.items()) if fen < 0}
    found: dict[tuple[Month, Month], int] = {}
    for pay, fen in sorted(open_fen.items()):
        for debt, rest in owed.items():
            part = min(rest, fen)
            if part > 0:
                found[debt, pay] = part
                owed[debt], fen = rest - part, fen - part
    return found


def _not_nil(debts: Iterable[Debt]) -> tuple[Debt, ...]:
    return tuple(one for one in debts if one.fen)
