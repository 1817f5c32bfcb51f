"""Shows one masked personal value in clear, and leaves on record who saw which field of which row and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work, shared_row
from app.models.schema import shared_classes, table
from app.models.travelling import personal_columns
from app.text import clean

PAYEE_FIELDS = frozenset(
    (table, field)
    for table in ("person_private", "payee_confirmation", "firm_account", "pay_batch_item")
    for field in ("bank_name", "bank_account")
)
REASONS = (
    "核对身份",
    "联系本人",
    "本人要求查询",
    "更正登记",
    "回访",
    "发放补贴",
    "核实投诉或抽查",
    "录入上级系统",
)
"""The usual reasons, offered for choosing."""
LONGEST_REASON = 30
_NUMBER = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Reveal:
    """One personal field of one row of a shareable table, and why it must be seen."""

    table: str
    row_id: str
    field: str
    why: str

    def problems(self) -> Iterable[Problem]:
        """A short reason without numbers (the journal takes up nothing personal), and a field that is personal at all."""
        why = clean(self.why)
        if not why or len(why) > LONGEST_REASON or _NUMBER.search(why):
            yield Problem(
                "why", f"请写明查看理由（如“核对身份”，最多 {LONGEST_REASON} 字，不要写号码）。", "E020"
            )
        if not is_personal(self.table, self.field):
            yield Problem("field", "这一项不是受保护的个人信息，不能这样查看。", "E021")


def is_personal(table_name: str, field: str) -> bool:
    """Whether a column is one that is shown masked and revealed on record."""
    return table_name in shared_classes() and field in personal_columns(table(table_name))


def right_to_see(table_name: str, field: str) -> Permission:
    """The right that a field needs: accounts are for those who pay."""
    return Permission.SEE_PAYEE if (table_name, field) in PAYEE_FIELDS else Permission.REVEAL


@handles(Reveal, title="查看完整个人信息", permission=Permission.LOOK)
def reveal(work: Work, command: Reveal) -> Any:
    """The value in clear, None where there is none. Raises Refused E001, E022; the journal names table, row and field."""
    work.actor.need(right_to_see(command.table, command.field))
    row = shared_row(work, command.table, command.row_id)
    if row is None:
        raise Refused("E022", "没有找到这条记录，请刷新后再试。")
    work.subjects.append(f"{command.table}/{command.row_id}/{command.field}")
    work.why = clean(command.why)
    return getattr(row, command.field)
