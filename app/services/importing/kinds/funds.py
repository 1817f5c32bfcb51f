"""Imports what was ordered, arrived and spent of the funds."""

from __future__ import annotations

from app.case_values import Fund, FundFlow, FundSource
from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.funds.enter_fund_row import EnterFundRow, is_fund_row_held, store_fund_row
from app.services.importing.cells import read_amount, read_day, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.text import clean
from app.values import known

_FIELDS = {
    "on": "日期", "fund": "资金", "flow": "收支", "source": "来源", "fen": "金额", "use": "用途", "voucher": "凭证号",
}  # fmt: skip


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one row. Raises Refused E210, E236, E239, E347 … E351."""
    wanted = EnterFundRow(
        on=read_day(cells, "日期"),
        fund=Fund(read_word(cells, "资金", Fund)),
        flow=FundFlow(read_word(cells, "收支", FundFlow)),
        source=known(FundSource, read_word(cells, "来源", ("", *FundSource))),
        fen=read_amount(cells, "金额"),
        use=clean(cells["用途"]),
        voucher=clean(cells["凭证号"]),
    )
    if is_fund_row_held(work, wanted):
        return UNCHANGED
    problems = tuple(wanted.problems())
    try:
        if problems:
            raise Refused.of(problems)
        made = store_fund_row(work, wanted).id
    except Refused as refusal:
        raise Refused.of(
            Problem(_FIELDS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal
    return (("fund_entry", made),)


KIND = ImportKind(
    key="funds",
    title="资金收支",
    permission=Permission.KEEP_FUNDS,
    columns=(
        KindColumn("日期", True, "年-月-日", "2022-03-20"),
        KindColumn("资金", True, " ".join(Fund), "惠民专项"),
        KindColumn("收支", True, " ".join(FundFlow), "到位"),
        KindColumn("来源", False, " ".join(FundSource), "省"),
        KindColumn("金额", True, "多少元", "300000"),
        KindColumn("用途", False, "支出的用途", ""),
        KindColumn("凭证号", False, "记账凭证号", ""),
    ),
    take=take,
    purpose="专项资金的下达、到位和支出",
)
