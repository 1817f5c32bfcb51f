"""Names the quarters in which cases are listed and paid, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from app.values import Period


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the calendar year: lists and fund reports go by it whatever the statistics' year is."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """`2022-Q2` → Quarter. Raises Refused E893 for anything else."""
        period = text.strip().upper()
        if "-Q" not in period:
            raise Refused("E893", f"季度“{text}”看不懂，请写成 2022-Q2 的样子", field="quarter")
        return cls.of(Period.parse(period).start)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a date lies in."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"

    def __contains__(self, day: date) -> bool:
        return Quarter.of(day) == self

    @property
    def period(self) -> Period:
        """Its first and last day."""
        return Period.parse(str(self))

    @property
    def words(self) -> str:
        """As people write it: `2022年第2季度`."""
        return f"{self.year}年第{self.number}季度"

    @classmethod
    def recent(cls, today: date, count: int) -> tuple[Quarter, ...]:
        """The quarter of today and those before it, the newest first."""
        newest = today.year * 4 + (today.month - 1) // 3
        return tuple(cls(at // 4, at % 4 + 1) for at in range(newest, newest - count, -1))

    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)
