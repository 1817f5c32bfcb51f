"""Commands of a payment batch: made, checked, written for the bank and for signing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import ask, do, show
from app.documents.render_file import check_target
from app.services.money.batch_papers import BankListFile, ExportBankList, ExportBatch
from app.services.money.batches import PayBatches, PayBatchView
from app.services.money.check_batch import CheckBatch
from app.services.money.make_batch import MakeBatch
from app.values import yuan_text

MonthOf = Annotated[str, typer.Argument(metavar="月份", help="已最终结算的月份，如 2022-05")]
Number = Annotated[str, typer.Argument(metavar="批次编号", help="见 batch list")]
APPROVE, RETURN = "approve", "return"


def add(cli: typer.Typer) -> None:
    """Add `batch make|list|check|bank|sheet`."""
    group = typer.Typer(help="发放批次：制单、复核、代发清单", no_args_is_help=True)
    group.command("make")(make)
    group.command("list")(list_batches)
    group.command("check")(check)
    group.command("bank")(bank)
    group.command("sheet")(sheet)
    cli.add_typer(group, name="batch")


def make(
    context: typer.Context,
    month: MonthOf,
    people: Annotated[
        list[str] | None, typer.Option("--person", help="只列入这些人（编号，可重复）；省略为全部待发的")
    ] = None,
    cash: Annotated[
        list[str] | None, typer.Option("--cash", help="有账户也发现金的人（编号，可重复）")
    ] = None,
    reason: Annotated[str, typer.Option("--cash-reason", help="有人发现金时的理由")] = "",
) -> None:
    """制作一个发放批次，收款账户按复核的写定；须另一人复核、再另一人付款。"""
    made = do(context, MakeBatch(month, tuple(people or ()), tuple(cash or ()), reason))
    show(context, {"id": made}, lambda: f"已制单，批次编号 {made}。请另一人复核。")


def list_batches(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份；省略为所有待办的批次")] = "",
) -> None:
    """列出发放批次和里面的人（账号只显示后四位）。"""
    found: tuple[PayBatchView, ...] = ask(context, PayBatches(month))
    show(context, [_document(one) for one in found], lambda: "\n".join(map(_line, found)) or "没有发放批次。")


def check(
    context: typer.Context,
    batch: Number,
    answer: Annotated[str, typer.Argument(help="approve 通过 或 return 退回")],
    reason: Annotated[str, typer.Option("--reason", help="退回时必填")] = "",
) -> None:
    """复核一个发放批次；须制单人以外的账号。"""
    if answer not in (APPROVE, RETURN):
        raise typer.BadParameter("请写 approve 或 return")
    made = do(context, CheckBatch(batch, answer == APPROVE, reason))
    words = "已复核，请另一人付款。" if answer == APPROVE else "已退回，里面的人重新列入下一批。"
    show(context, {"id": made}, lambda: words)


def bank(
    context: typer.Context,
    batch: Number,
    out: Annotated[Path, typer.Option("--out", help="要写的 .xlsx 文件")],
) -> None:
    """写出银行代发清单：户名、账号、开户行、金额、用途。"""
    made: BankListFile = do(context, ExportBankList(batch, out))
    document = {
        "file": str(made.path),
        "transfers": made.transfers,
        "total_fen": made.total_fen,
        "check_code": made.check_code,
    }
    show(
        context,
        document,
        lambda: (
            f"代发清单已写到 {out}：{made.transfers} 笔，{yuan_text(made.total_fen)} 元，校验码 {made.check_code}"
        ),
    )


def sheet(
    context: typer.Context,
    batch: Number,
    out: Annotated[Path, typer.Option("--out", help="要写的 .pdf 或 .xlsx 文件")],
) -> None:
    """写出发放批次表，供制单、复核、付款三人签字。"""
    check_target(out)
    written = do(context, ExportBatch(batch, out))
    show(context, {"file": str(out), "warning": written.warning}, lambda: f"批次表已写到 {out}")
    if written.warning:
        tell(written.warning)


def _document(one: PayBatchView) -> dict[str, object]:
    items = [
        {
            "person_id": item.person_id,
            "name": item.name,
            "fen": item.fen,
            "taken_fen": item.taken_fen,
            "cash": item.is_cash,
            "account": item.account,
            "notes": list(item.notes),
        }
        for item in one.items
    ]
    return {
        "id": one.id,
        "month": str(one.month),
        "number": one.number,
        "state": one.state.value,
        "total_fen": one.total_fen,
        "cash_fen": one.cash_fen,
        "maker": one.maker,
        "checker": one.checker,
        "payer": one.payer,
        "voucher": one.voucher,
        "reason": one.reason,
        "items": items,
    }


def _line(one: PayBatchView) -> str:
    head = f"{one.title}　{one.state.value}　{len(one.items)} 人 {yuan_text(one.total_fen)} 元　{one.id}"
    lines = [
        "　".join(filter(None, (item.name, item.account or "现金", f"{yuan_text(item.fen)} 元", *item.notes)))
        for item in one.items
    ]
    return "\n".join((head, *(f"　{line}" for line in lines)))
