"""The forms of the quarter's list: a line goes back, a paid one is cancelled, a payment is entered (Y19)."""

from __future__ import annotations

from app.case_values import Fund
from app.services.cases.examine_line import RETURN_CODES, ExamineLine
from app.services.cases.pay_cases import PayCases
from app.services.cases.reverse_case import ReverseCase
from app.services.cases.settle_cases import ListedLine
from app.ui.desk import Desk
from app.ui.quarter_choice import quarter_words
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, TextField
from app.ui.widgets.side_form import SideForm


class ReturnForm(SideForm):
    """Why a line goes back to the agency."""

    def __init__(self, quarter: str, line: ListedLine) -> None:
        super().__init__(f"退回 {line.number}", keys="Ctrl Return")
        self._quarter, self._number = quarter, line.number
        self.form.add("code", ChoiceField("原因", tuple(RETURN_CODES.items()), is_required=True))
        self.form.add("reason", TextField("说明", rows=3))

    def command(self) -> ExamineLine:
        """The word on the line."""
        values = self.form.values()
        return ExamineLine(self._quarter, self._number, False, values["code"] or "", values["reason"] or "")


class CaseReverseForm(SideForm):
    """Why a paid line is cancelled."""

    def __init__(self, line: ListedLine) -> None:
        super().__init__(
            f"冲销 {line.number}", note="原来的一行不动，另记一行相抵；任务名额让出来。", keys="Ctrl Return"
        )
        self._number = line.number
        self.form.add("reason", TextField("为什么", is_required=True, rows=3))

    def command(self) -> ReverseCase:
        """The reversal."""
        return ReverseCase(self._number, self.form.values()["reason"] or "")


class CasePayForm(SideForm):
    """A payment of the quarter from one fund."""

    def __init__(self, desk: Desk, quarter: str) -> None:
        super().__init__(
            f"登记发放　{quarter_words(quarter)}",
            note="一项资金登记一次；余额不够的，全部不付。",
            keys="Ctrl Return",
        )
        self._quarter = quarter
        self.form.add("fund", ChoiceField("资金", tuple(Fund), is_required=True)).set_value(
            Fund.special.value
        )
        self.form.add("paid_on", DateField("付款日期", today=desk.today, is_required=True)).set_value(
            desk.today()
        )
        self.form.add("voucher", LineField("凭证号", is_required=True))

    def command(self) -> PayCases:
        """The payment."""
        values = self.form.values()
        return PayCases(self._quarter, Fund(values["fund"]), values["paid_on"], values["voucher"])
