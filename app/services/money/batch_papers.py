"""Writes a payment batch as the sheet that three hands sign and as the list that the bank takes (Y29)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.clock import local
from app.documents.check_code import sheet_check_code
from app.documents.forms.pay_batch import BatchLine, BatchPaper, bank_sheet, batch_sheet
from app.documents.render_file import WrittenFile, write_sheet
from app.documents.sheet_xlsx import write_sheet_xlsx
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import answers, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.batches import PayBatchItem
from app.services.money.batches import BatchState, PayBatchView, batch_views, need_batch


@dataclass(frozen=True)
class PrintBatch:
    """A batch as it prints, account numbers masked."""

    batch: str


@dataclass(frozen=True)
class ExportBatch:
    """A batch as an .xlsx or .pdf file, account numbers masked."""

    batch: str
    out: Path


@dataclass(frozen=True)
class ExportBankList:
    """The transfers of a checked batch as the .xlsx file that the bank takes, account numbers whole."""

    batch: str
    out: Path


@dataclass(frozen=True)
class BankListFile:
    """What was written: how many transfers, 分 in all, and the check code of the list."""

    path: Path
    transfers: int
    total_fen: int
    check_code: str


@answers(PrintBatch, title="打印发放批次表", permission=Permission.REPORT)
def print_batch(look: Look, query: PrintBatch) -> BatchPaper:
    """What is drawn, which is on record. Raises Refused E894."""
    return _paper(look, query.batch)


@performs(ExportBatch, title="导出发放批次表", permission=Permission.REPORT)
def export_batch(task: Task, request: ExportBatch) -> WrittenFile:
    """The file written, which is on record. Raises Refused E894, E501 … E508."""
    with task.look() as look:
        sheet = batch_sheet(_paper(look, request.batch))
    return write_sheet(sheet, request.out)


@performs(ExportBankList, title="导出银行代发清单", permission=Permission.PAY)
def export_bank_list(task: Task, request: ExportBankList) -> BankListFile:
    """The file written, which is on record. Raises Refused E894, E895 not checked yet, E896 nothing to transfer or no
    .xlsx, E501 … E504."""
    with task.look() as look:
        batch = need_batch(look, request.batch)
        if batch.state not in (BatchState.checked, BatchState.paid):
            raise Refused("E895", f"这个批次{batch.state.value}，复核以后才能导出代发清单。", field="batch")
        [view] = batch_views(look, [batch])
        whole = {row.id: row for row in batch.items}
        paper = _paper_of(look, view, whole)
        people = tuple(one.person_id for one in batch.items if not one.is_cash)
        look.disclose("银行代发清单（含完整账号）", period=batch.row.month, rows=len(people), subjects=people)
    sheet = bank_sheet(paper)
    if request.out.suffix.lower() != ".xlsx" or not sheet.rows:
        raise Refused("E896", "代发清单要写成 .xlsx 文件，并且批次里要有转账的人。", field="path")
    total = sum(line.fen for line in paper.lines if not line.is_cash)
    write_sheet_xlsx(sheet, request.out, is_plain=True)
    return BankListFile(request.out, len(sheet.rows), total, sheet_check_code(sheet))


def _paper(look: Look, batch_id: str) -> BatchPaper:
    [view] = batch_views(look, [need_batch(look, batch_id)])
    people = tuple(one.person_id for one in view.items)
    look.disclose("发放批次表", period=str(view.month), rows=len(people), subjects=people)
    return _paper_of(look, view, {})


def _paper_of(look: Look, view: PayBatchView, whole: dict[str, PayBatchItem]) -> BatchPaper:
    """whole: the rows by id where account numbers stand in full."""
    return BatchPaper(
        office=look.office.name,
        month=view.month,
        number=view.number,
        state=view.state.value,
        lines=tuple(
            BatchLine(
                name=one.name,
                bank=one.bank,
                account=(whole[one.id].bank_account or "") if whole else one.account,
                fen=one.fen,
                taken_fen=one.taken_fen,
                is_cash=one.is_cash,
                notes=one.notes,
            )
            for one in view.items
        ),
        hands=(view.maker, view.checker, view.payer),
        paid_on=view.paid_on,
        voucher=view.voucher,
        printed_at=local(look.now.at),
    )
