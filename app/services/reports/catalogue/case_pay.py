"""The list by which case subsidies are paid, fund by fund, to be signed for (Y19 Y25 A12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.case_values import CaseOutcome
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_account
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.rules.funds.case_lines import CasePay
from app.rules.funds.final_lines import CaseAdjustment
from app.rules.funds.quarter import QuarterSettlement, settle_quarter
from app.rules.funds.shares import HandlerShare
from app.services.cases.case_books import case_books
from app.services.cases.masked import applicant_words
from app.services.cases.pay_cases import payee_of
from app.services.reading.accounts import PayAccount, pay_accounts
from app.services.reading.firm_accounts import FirmPayee, firm_payees
from app.services.reports.catalogue.fund_use import quarters_of
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("quarter", "季度", width=5.2, align="center"),
    SheetColumn("number", "案号", width=9),
    SheetColumn("applicant", "受援人", width=4),
    SheetColumn("matter", "案由", width=6),
    SheetColumn("firm", "承办机构", width=7),
    SheetColumn("handler", "承办人", width=4),
    SheetColumn("payee", "收款人", width=7, medium="file"),
    SheetColumn("account", "收款人开户行\n账号", width=8, align="center"),
    SheetColumn("grade", "等级", width=2.4, align="center"),
    SheetColumn("standard", "补贴\n标准", "money", 4),
    SheetColumn("special", "惠民专项", "money", 4, total=True),
    SheetColumn("project", "项目资金", "money", 4, total=True),
    SheetColumn("business", "业务经费", "money", 4, total=True),
    SheetColumn("travel", "差旅费", "money", 3.4, total=True),
    SheetColumn("translation", "翻译费", "money", 3.4, total=True),
    SheetColumn("cut", "减发", "money", 3.4, total=True),
    SheetColumn("amount", "实际额", "money", 4.4, total=True),
    SheetColumn("fund", "资金来源", width=4, medium="file"),
    SheetColumn("place", "任务名次", "number", 2.4, medium="file"),
    SheetColumn("state", "状态", width=3.4),
    SheetColumn("reasons", "理由", width=9, medium="file"),
    SheetColumn("signature", "签领", width=5, medium="paper"),
)
ADJUSTED = "调整"


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the rows of a quarter are named by; accounts by person and by firm."""

    cases: Mapping[str, tuple[LegalCase, CaseStandingRow]]
    accounts: Mapping[str, PayAccount]
    firms: Mapping[str, FirmPayee]


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By quarter, 归档日 and 案号, a line for each who shares the subsidy; then what is added to earlier lines."""
    for quarter in quarters_of(period) if look.office.is_bureau else ():
        found = settle_quarter(quarter, case_books(look, quarter))
        known = _known(look, found)
        for line in found.lines:
            if line.outcome is not CaseOutcome.waits:
                yield from _rows(quarter.words, line, known, found.is_final)
        yield from (_adjustment(one, known) for one in found.adjustments)


def _known(look: Look, found: QuarterSettlement) -> _Known:
    ids = {line.case for line in found.lines} | {one.case for one in found.adjustments}
    cases = {}
    for one in sorted(ids):
        case, kept = look.session.get(LegalCase, one), look.session.get(CaseStandingRow, one)
        if case is not None and kept is not None:
            cases[one] = (case, kept)
    people = {share.person for line in found.lines for share in line.shares if share.person}
    firms = {share.firm for line in found.lines for share in line.shares if share.firm}
    return _Known(cases=cases, accounts=pay_accounts(look, people), firms=firm_payees(look, firms))


def _rows(quarter: str, line: CasePay, known: _Known, is_final: bool) -> Iterator[Row]:
    """The columns of business funds stand with the last who shares, as they are paid."""
    shares = line.shares or (HandlerShare("", "", "", 0),)
    for share in shares:
        yield _row(quarter, line, share, known, is_last=share is shares[-1], is_final=is_final)


def _row(
    quarter: str, line: CasePay, share: HandlerShare, known: _Known, *, is_last: bool, is_final: bool
) -> Row:
    travel, translation, cut = (line.travel_fen, line.translation_fen, line.cut_fen) if is_last else (0, 0, 0)
    paid = share.special_fen + share.project_fen + share.business_fen
    return (
        quarter,
        line.number,
        *_named(line.case, known),
        share.firm,
        share.name,
        payee_of(share),
        _account(share, known),
        line.grade.value if line.grade else "",
        line.standard_fen,
        share.special_fen,
        share.project_fen,
        share.business_fen,
        travel or None,
        translation or None,
        cut or None,
        paid + travel + translation - cut,
        line.fund.value if line.fund else "",
        line.place,
        line.state.value if is_final else "试算",
        "；".join(str(reason) for reason in line.reasons),
        "",
    )


def _adjustment(one: CaseAdjustment, known: _Known) -> Row:
    """What later facts add to a final line, in the column of its fund."""
    columns = {"惠民专项": 0, "业务经费": 2}
    amounts: list[int | None] = [None, None, None]
    amounts[columns.get(one.fund.value, 1)] = one.fen
    head = (one.quarter.words, one.number, *_named(one.case, known), "", "", "", "", "", None)
    tail = (None, None, None, one.fen, one.fund.value, None, ADJUSTED)
    return (*head, *amounts, *tail, "；".join(str(reason) for reason in one.reasons), "")


def _named(case: str, known: _Known) -> tuple[str, str]:
    found = known.cases.get(case)
    if found is None:
        return "", ""
    row, kept = found
    name = applicant_words(row.applicant, is_organisation=row.is_organisation, is_sealed=kept.is_sealed)
    return name, kept.matter


def _account(share: HandlerShare, known: _Known) -> str:
    """The firm's account where the firm has one, else the handler's; an unconfirmed one of a firm says so."""
    firm = known.firms.get(share.firm)
    found = firm if firm and firm.number else known.accounts.get(share.person)
    if found is None or not found.number:
        return ""
    note = f"\n{firm.state}" if firm and firm.is_awaited else ""
    return f"{found.bank_name}\n{mask_account(found.number)}{note}".strip()


REPORT = Report(
    key="case-pay",
    title="办案补贴发放表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    signatures=("单位负责人", "审核人", "发放人", "制表人"),
    orientation="landscape",
    row_height=12,
    needs_approval=False,
    notes=(
        "实际额＝惠民专项＋项目资金＋业务经费＋差旅费＋翻译费－减发。还在等归档、等级、标准或录入的案件不在表内。",
        "没有定稿的季度为试算；“调整”是定稿以后的事实对以前清单的增减，负数为应收回。",
        "依照《中华人民共和国法律援助法》第五十二条，法律援助补贴免征增值税和个人所得税。",
    ),
)
