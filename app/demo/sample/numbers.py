"""Makes numbers of the right shape that belong to nobody, since samples must never name a real person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from app.values import Sex

REGION = "140800"
"""The city itself: no identity card carries it, cards carry a county's code."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Numbers:
    """Hands out numbers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def identity(self, sex: Sex, born_on: date) -> str:
        """An 18-digit identity number with its check digit (GB 11643); odd sequence for men."""
        odd = 1 if sex is Sex.male else 0
        return self._once(lambda: _identity(born_on, self._rng.randrange(0, 500) * 2 + odd))

    def phone(self) -> str:
        """An 11-digit number of a range no telephone has (140 is for machines, with 13 digits)."""
        return self._once(lambda: f"14008{self._rng.randrange(10**6):06d}")

    def lawyer_licence(self, year: int, sex: Sex, *, is_public: bool) -> str:
        """17 digits: 1, province, city, year, category (1 专职, 6 公职), sex, serial from 900000."""
        head = f"11408{year}{6 if is_public else 1}{0 if sex is Sex.male else 1}"
        return self._once(lambda: f"{head}{self._rng.randrange(900_000, 10**6)}")

    def worker_licence(self) -> str:
        """A 基层法律服务工作者 licence; its structure is not published, so free text."""
        return self._once(lambda: f"盐基证字第{self._rng.randrange(9000, 10_000)}号")

    def certificate(self, year: int) -> str:
        """A legal professional qualification number with serial from 9000."""
        return self._once(lambda: f"A{year}1408{self._rng.randrange(90_000, 100_000)}")

    def account(self) -> str:
        """A 19-digit card number of an unused range that passes the Luhn check."""
        return self._once(lambda: _luhn(f"62000099{self._rng.randrange(10**10):010d}"))

    def birthday(self, year: int) -> date:
        """Some day of a year."""
        return date(year, 1, 1) + timedelta(days=self._rng.randrange(365))

    def _once(self, make: Callable[[], str]) -> str:
        made = make()
        while made in self._given:
            made = make()
        self._given.add(made)
        return made


def identity_check_digit(head: str) -> str:
    """The 18th character for the first 17 digits (GB 11643)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True)) % 11]


def _identity(born_on: date, sequence: int) -> str:
    head = f"{REGION}{born_on:%Y%m%d}{sequence:03d}"
    return head + identity_check_digit(head)


def _luhn(head: str) -> str:
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(head))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return head + str(-total % 10)
