"""Reverses a case's final line: nothing is deleted, the place in the target becomes free (Y19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.quarters import Quarter
from app.rules.funds.final_lines import reversal_of_case
from app.services.cases.examine_line import need_line
from app.services.cases.settle_cases import agency_only, store_adjustment
from app.services.reading.case_lines import final_book
from app.text import clean


@dataclass(frozen=True)
class ReverseCase:
    """Cancel what a case was given, by 案号."""

    number: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """Why."""
        if not clean(self.reason):
            yield Problem("reason", "请写明为什么冲销。", "E345")


@handles(ReverseCase, title="冲销办案补贴", permission=Permission.EXAMINE_CASE_PAY)
def reverse_case(work: Work, command: ReverseCase) -> tuple[str, ...]:
    """Ids of the reversing rows. Raises Refused E331, E334, E345, E346 reversed already."""
    agency_only(work)
    book = final_book(work)
    line = need_line(book, None, command.number)
    quarter = book.last.next() if book.last else line.quarter
    why = clean(command.reason)
    found = reversal_of_case(book, line, Quarter.parse(str(quarter)), why)
    if not found:
        raise Refused("E346", f"{command.number} 已经冲销过了，不用再冲。", field="number")
    work.why = why
    return tuple(store_adjustment(work, one, why).id for one in found)
