"""What a settlement consists of: pay lines with their deductions, exceptions and drafts of circulated notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.values import DutyKind, Month

SettingsShown = tuple[tuple[str, str], ...]


class ExceptionKind(StrEnum):
    """What waits for somebody before or after a settlement."""

    no_sign_in = "no_sign_in"
    no_sign_out = "no_sign_out"
    unscheduled = "unscheduled"
    short_roster = "short_roster"
    same_name = "same_name"
    clock = "clock"
    implausible = "implausible"
    no_record_duty = "no_record_duty"
    pending = "pending"
    late_change = "late_change"
    payee = "payee"


@dataclass(frozen=True)
class Cause:
    """One cause of a deduction: what happened, what proves it ("" for nothing), the number of the record concerned."""

    what: str
    proof: str = ""
    number: str = ""

    def __str__(self) -> str:
        return f"{self.what}（{self.proof}）" if self.proof else self.what


@dataclass(frozen=True)
class Deduction:
    """One rule's deduction from a line, 分.

    rule: D1 D2 D3 D4 D4M D5. evidence: ids of the rows it rests on. brief: the causes for the one-line explanation.
    """

    rule: str
    clause: str
    count: int
    fen: int
    evidence: tuple[str, ...]
    causes: tuple[Cause, ...]
    brief: tuple[str, ...] = ()

    @property
    def detail(self) -> tuple[str, ...]:
        """A sentence a cause."""
        return tuple(map(str, self.causes))


@dataclass(frozen=True, kw_only=True)
class PayLine:
    """What one duty pays, 分: net = max(0, base − deductions).

    key: the duty's id. unit: the person-day or session the duty belongs to; one line of a unit carries base and
    deductions. reasons: why the line is zero or flagged. settings: (name, value) that made it.
    """

    key: str
    unit: str
    person_id: str
    on: date
    site: str
    kind: DutyKind
    base_fen: int
    deductions: tuple[Deduction, ...]
    net_fen: int
    reasons: tuple[str, ...]
    settings: SettingsShown = ()

    @property
    def deducted_fen(self) -> int:
        """All deductions; may exceed the base."""
        return sum(deduction.fen for deduction in self.deductions)


@dataclass(frozen=True, kw_only=True)
class PayException:
    """Something that waits for a person's decision; what: the sentence without person and site; subject: id of the
    duty, row or evidence."""

    kind: ExceptionKind
    on: date
    site: str
    site_name: str
    person_id: str
    name: str
    what: str
    subject: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.name}（{self.site_name}）{self.what}"


@dataclass(frozen=True)
class CircularCase:
    """A draft 通报批评 about one person and day (Y17 (5)); evidence: the verified checks."""

    person_id: str
    name: str
    on: date
    site: str
    text: str
    clause: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class MonthSettlement:
    """A month's duty pay, computed; nothing is stored by it."""

    month: Month
    lines: tuple[PayLine, ...]
    exceptions: tuple[PayException, ...]
    circulars: tuple[CircularCase, ...]

    @property
    def total_fen(self) -> int:
        """The sum of the lines, 分."""
        return sum(line.net_fen for line in self.lines)
