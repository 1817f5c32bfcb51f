"""Settles a quarter of cases: the list computed at any time, and made final once, in order (Y19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.case_values import CaseOutcome, CasePayState
from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.funds import CaseSettlement, StoredCaseAdjustment, StoredCaseLine
from app.quarters import Quarter
from app.rules.funds.case_lines import CasePay
from app.rules.funds.final_lines import CaseAdjustment
from app.rules.funds.quarter import QuarterSettlement, refuse_out_of_turn, settle_quarter
from app.rules.funds.settled_json import settlement_as_json
from app.services.cases.case_books import case_books
from app.services.reading.case_lines import told_of
from app.services.reading.incoming import incomplete_words, refuse_incomplete
from app.values import yuan_text


@dataclass(frozen=True)
class CaseQuarter:
    """The list of a quarter, `2022-Q2`, as things stand."""

    quarter: str


@dataclass(frozen=True, kw_only=True)
class ListedLine:
    """One line of the list as windows show it, 分."""

    case: str
    number: str
    state: CasePayState
    outcome: CaseOutcome
    is_counted: bool
    place: int | None
    grade: str
    fund: str
    special_fen: int
    business_fen: int
    project_fen: int
    payee: str
    is_late: bool
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """The line in one sentence for the command line."""
        fen = self.special_fen + self.business_fen + self.project_fen
        what = {CaseOutcome.waits: "待办", CaseOutcome.zero: "不发"}.get(self.outcome, f"{yuan_text(fen)} 元")
        return f"{self.number}　{self.state}　{what}　{'；'.join(self.reasons)}"


@dataclass(frozen=True)
class QuarterList:
    """A quarter's list. document: as `case settle --json` prints it. adjustments: what is added to earlier lines."""

    quarter: str
    is_final: bool
    lines: tuple[ListedLine, ...]
    totals: tuple[tuple[str, int], ...]
    adjustments: tuple[tuple[str, str, int, str], ...]
    document: dict[str, Any]
    incomplete: str = ""
    """A sentence while a bundle of an office waits, so that its cases may be missing; "" once the list is final."""


@answers(CaseQuarter, permission=Permission.LOOK)
def case_quarter(look: Look, query: CaseQuarter) -> QuarterList:
    """The list with every case archived in the quarter or 补列 on it. Raises Refused E331, E893."""
    agency_only(look)
    quarter = Quarter.parse(query.quarter)
    found = _listed(settle_quarter(quarter, case_books(look, quarter)))
    words = "" if found.is_final else incomplete_words(look)
    if not words:
        return found
    return replace(found, incomplete=words, document={**found.document, "incomplete": words})


@dataclass(frozen=True)
class SettleCases:
    """Make a quarter's list final: its lines stand from then on, later facts are added to a later quarter."""

    quarter: str


@handles(SettleCases, title="办案补贴定稿", permission=Permission.DECIDE_CASE)
def settle_cases(work: Work, command: SettleCases) -> QuarterList:
    """The list as it became final. Raises Refused E331 at a station, E332 a quarter that is not over, E740 while a part of
    somebody's records is still to come, E891, E892, E893."""
    agency_only(work)
    refuse_incomplete(work)
    quarter = Quarter.parse(command.quarter)
    if quarter.period.end >= local_date(work.now.at):
        raise Refused("E332", f"{quarter.words}还没有过完，不能定稿；现在可以先看清单。", field="quarter")
    books = case_books(work, quarter)
    refuse_out_of_turn(quarter, books)
    found = settle_quarter(quarter, books)
    settlement = work.add(
        CaseSettlement(
            quarter=str(quarter),
            final_at=work.now.at,
            final_by=work.actor.account,
            pack=work.pack.key,
            special_fen=sum(one.special_fen for one in found.settled),
            business_fen=sum(one.business_fen for one in found.settled),
            project_fen=sum(one.project_fen for one in found.settled),
        )
    )
    for line in found.settled:
        _store_line(work, settlement.id, quarter, line)
    for adjustment in found.adjustments:
        store_adjustment(work, adjustment)
    return _listed(settle_quarter(quarter, case_books(work, quarter)))


def _listed(found: QuarterSettlement) -> QuarterList:
    funds = (("惠民专项", "special_fen"), ("业务经费", "business_fen"), ("项目资金", "project_fen"))
    return QuarterList(
        str(found.quarter),
        found.is_final,
        tuple(_line(one) for one in found.lines),
        tuple((title, sum(getattr(one, name) for one in found.lines)) for title, name in funds),
        tuple((one.number, one.fund.value, one.fen, str(one.reasons[0])) for one in found.adjustments),
        settlement_as_json(found),
    )


def _line(pay: CasePay) -> ListedLine:
    return ListedLine(
        case=pay.case,
        number=pay.number,
        state=pay.state,
        outcome=pay.outcome,
        is_counted=pay.counted,
        place=pay.place,
        grade=pay.grade.value if pay.grade else "",
        fund=pay.fund.value if pay.fund else "",
        special_fen=pay.special_fen,
        business_fen=pay.business_fen,
        project_fen=pay.project_fen,
        payee="、".join(dict.fromkeys(share.firm or share.name for share in pay.shares)),
        is_late=pay.is_late,
        reasons=tuple(str(reason) for reason in pay.reasons),
    )


def agency_only(look: Look) -> None:
    """Raises Refused E331 at a station."""
    if not look.office.is_bureau:
        raise Refused("E331", "办案补贴由县（市、区）法律援助机构列报、司法局审核发放，本站只能看案件。")


def store_adjustment(work: Work, one: CaseAdjustment, why: str = "") -> StoredCaseAdjustment:
    """Store what is added to a final line, or its reversal."""
    row: StoredCaseAdjustment = work.add(
        StoredCaseAdjustment(
            adjusts=one.adjusts,
            quarter=str(one.quarter),
            case_id=one.case,
            number=one.number,
            fund=one.fund.value,
            fen=one.fen,
            origin=one.origin.value,
            reasons=[str(reason) for reason in one.reasons],
            reason=why or None,
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    return row


def _store_line(work: Work, settlement: str, quarter: Quarter, line: CasePay) -> None:
    work.add(
        StoredCaseLine(
            settlement_id=settlement,
            quarter=str(quarter),
            case_id=line.case,
            number=line.number,
            outcome=line.outcome.value,
            is_base=line.outcome is CaseOutcome.pays,
            grade=line.grade.value if line.grade else "",
            fund=line.fund.value if line.fund else "",
            place=line.place,
            special_fen=line.special_fen,
            business_fen=line.business_fen,
            project_fen=line.project_fen,
            told=told_of(line),
        )
    )
