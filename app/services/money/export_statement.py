"""Writes one person's statement of a month to a file, to be signed or disputed (Y18, Y29)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.documents.forms.pay_statement import pay_statement
from app.documents.render_file import WrittenFile, write_sheet
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.services.money.statement import StatementOf, statement_of


@dataclass(frozen=True)
class ExportStatement:
    """One person's month (2022-05) as a .pdf or .xlsx file."""

    month: str
    person_id: str
    out: Path


@performs(ExportStatement, title="导出补贴明细单", permission=Permission.REPORT)
def export_statement(task: Task, request: ExportStatement) -> WrittenFile:
    """The file written, which is on record. Raises Refused E861, E921, E501 … E508."""
    with task.look() as look:
        found = statement_of(look, StatementOf(request.month, request.person_id))
    return write_sheet(pay_statement(found), request.out)
