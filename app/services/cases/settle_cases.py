"""Settles a quarter of cases: the list computed at any time, and made final once, in order (Y19)."""

from __future__ import annotations

from dataclasses import dataclass

from app.case_values import CaseOutcome
from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.funds import CaseSettlement, StoredCaseAdjustment, StoredCaseLine
from app.rules.funds.case_lines import CasePay
from app.rules.funds.final_lines import CaseAdjustment
from app.rules.funds.quarter import QuarterSettlement, refuse_out_of_turn, settle_quarter
from app.rules.funds.quarters import Quarter
from app.services.cases.case_books import case_books
from app.services.reading.case_lines import told_of


@dataclass(frozen=True)
class CaseQuarter:
    """The list of a quarter, `2022-Q2`, as things stand."""

    quarter: str


@answers(CaseQuarter, permission=Permission.LOOK)
def case_quarter(look: Look, query: CaseQuarter) -> QuarterSettlement:
    """The list with every case archived in the quarter or 补列 on it. Raises Refused E331, E883."""
    agency_only(look)
    quarter = Quarter.parse(query.quarter)
    return settle_quarter(quarter, case_books(look, quarter))


@dataclass(frozen=True)
class SettleCases:
    """Make a quarter's list final: its lines stand from then on, later facts are added to a later quarter."""

    quarter: str


@handles(SettleCases, title="办案补贴定稿", permission=Permission.DECIDE_CASE)
def settle_cases(work: Work, command: SettleCases) -> QuarterSettlement:
    """The list as it became final. Raises Refused E331 at a station, E332 a quarter that is not over, E881, E882, E883."""
    agency_only(work)
    quarter = Quarter.parse(command.quarter)
    if quarter.period.end >= local_date(work.now.at):
        raise Refused("E332", f"{quarter} 还没有过完，不能定稿；现在可以先看清单。", field="quarter")
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
    return settle_quarter(quarter, case_books(work, quarter))


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
