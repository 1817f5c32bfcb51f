"""The bureau examines the agency's list line by line: passed, or returned with a coded reason (Y19 Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.case_values import CasePayState
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.funds import CaseExamination, CaseSettlement, StoredCaseLine
from app.quarters import Quarter
from app.rules.funds.final_lines import FinalBook, FinalLine
from app.services.cases.settle_cases import agency_only
from app.services.reading.case_lines import final_book
from app.services.reading.incoming import refuse_incomplete
from app.text import clean

RETURN_CODES = {
    "C1": "材料不全",
    "C2": "金额有误",
    "C3": "不符合列支范围",
    "C4": "质量核验不实",
    "C9": "其他",
}
"""Why a line is returned; C9 needs its own words."""


@dataclass(frozen=True)
class ExamineLine:
    """The word on one line of a final list. number: 案号. code: one of RETURN_CODES for a line that is returned."""

    quarter: str
    number: str
    is_passed: bool
    code: str = ""
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """A returned line has its coded reason."""
        codes = "、".join(f"{code} {words}" for code, words in RETURN_CODES.items())
        if not self.is_passed and self.code not in RETURN_CODES:
            yield Problem("code", f"退回须写明原因代码，可选：{codes}。", "E333")
        if not self.is_passed and self.code == "C9" and not clean(self.reason):
            yield Problem("reason", "退回原因选“其他”时请写明是什么。", "E333")


@handles(ExamineLine, title="审核办案补贴", permission=Permission.EXAMINE_CASE_PAY)
def examine_line(work: Work, command: ExamineLine) -> str:
    """Id of the line. Raises Refused E331, E333, E334 no such line, E335 paid or reversed, E336 the one who made it final,
    E740 to pass one while a part of somebody's records is still to come."""
    agency_only(work)
    if command.is_passed:
        refuse_incomplete(work)
    quarter = Quarter.parse(command.quarter)
    line = need_line(final_book(work), quarter, command.number)
    if line.pay.state in (CasePayState.paid, CasePayState.reversed):
        raise Refused(
            "E335", f"{command.number} 已{line.pay.state.value[1:]}，不能再审核；有错请冲销。", field="number"
        )
    refuse_same_hand(work, quarter)
    work.add(
        CaseExamination(
            line_id=line.id,
            is_passed=command.is_passed,
            code=command.code if not command.is_passed else "",
            reason=clean(command.reason) or None,
            examined_by=work.actor.account,
            examined_at=work.now.at,
        )
    )
    return line.id


def need_line(book: FinalBook, quarter: Quarter | None, number: str) -> FinalLine:
    """The final line of a 案号, of any quarter where none is given. Raises Refused E334."""
    wanted = clean(number)
    found = [
        one
        for one in book.lines
        if wanted in (one.pay.number, one.pay.case) and quarter in (None, one.quarter)
    ]
    if not found:
        where = f"{quarter.words}的定稿清单" if quarter else "定稿的清单"
        raise Refused("E334", f"{where}里没有案号“{wanted}”，请核对季度和案号。", field="number")
    return max(found, key=lambda one: (one.is_base, str(one.quarter)))


def refuse_same_hand(look: Look, quarter: Quarter) -> None:
    """Raises Refused E336 where whoever made the list final also examines it."""
    by = look.session.scalar(select(CaseSettlement.final_by).where(CaseSettlement.quarter == str(quarter)))
    if by == look.actor.account:
        raise Refused(
            "E336", "这份清单是您定稿的，须由另一人审核（五（二）2）。请由司法局审核人员用自己的账号办理。"
        )


def examiners_of(look: Look, quarter: Quarter) -> set[str]:
    """Who examined lines of the quarter."""
    query = (
        select(CaseExamination.examined_by)
        .join(StoredCaseLine, StoredCaseLine.id == CaseExamination.line_id)
        .where(StoredCaseLine.quarter == str(quarter))
    )
    return set(look.session.scalars(query))
