"""Rows that somebody changed outside the program: shows what was found, and decides on those that no log knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, select, text

from app.clock import local
from app.errors import Problem, Refused
from app.kernel.found_changes import KIND_WORDS
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.after_images import Values, column_names, stored_row
from app.models.base import is_stored_as_number
from app.models.found import ADDED, ALTERED, DELETED, SAME, UNSURE, FoundRow
from app.models.records import Account
from app.models.schema import table, table_title
from app.models.travelling import declared_columns, read_stored, shape_of, travelling
from app.services.attendance.freeze import refuse_if_frozen
from app.text import clean, display_safe
from app.values import Month

PAGE_ROWS = 100
NEVER_KEPT = frozenset(
    {
        *("submission", "review", "settlement", "pay_line", "adjustment", "payment", "returned_entry"),
        *("person_statement", "pay_reply", "pay_answer", "pay_batch", "pay_batch_item", "pay_batch_step"),
        *("sent_back", "pair_decision"),
    }
)
"""Tables whose rows the program itself computes or decides: what somebody typed there can never count."""
_SET_RIGHT = {ALTERED: "已复原", DELETED: "已复原", SAME: "无须处理", UNSURE: "未能复原"}


@dataclass(frozen=True)
class FoundRows:
    """The rows of one alarm; without one (0) the newest of all, at most PAGE_ROWS."""

    event_id: int = 0


@dataclass(frozen=True, kw_only=True)
class FoundRowView:
    """One row as it was found. at: local time of the alarm. facts: its columns as found, personal ones hidden."""

    id: int
    title: str
    row_id: str
    words: str
    facts: tuple[str, ...]
    state: str
    is_waiting: bool
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True)
class DecideFound:
    """Rows added outside the program become this office's own records, or stay out for good; both with a reason."""

    found_ids: tuple[int, ...]
    is_kept: bool
    reason: str

    def problems(self) -> Iterable[Problem]:
        """What was found."""
        if not clean(self.reason):
            yield Problem("reason", "请写明核查情况。", "E054")


@answers(FoundRows, title="库外改动", permission=Permission.DISMISS_ALARM)
def found_rows(look: Look, query: FoundRows) -> tuple[FoundRowView, ...]:
    """Newest first."""
    statement = select(FoundRow).order_by(FoundRow.id.desc()).limit(PAGE_ROWS)
    if query.event_id:
        statement = statement.where(FoundRow.event_id == query.event_id)
    names = {account.id: account.display_name for account in look.session.scalars(select(Account))}
    return tuple(_view(look, row, names) for row in look.session.scalars(statement))


@handles(DecideFound, title="决定库外添加的记录", permission=Permission.DISMISS_ALARM)
def decide_found(work: Work, command: DecideFound) -> int:
    """How many. A kept row enters the log under the name of whoever keeps it.

    Raises Refused E056 for one that does not wait, E057 for one that can be no record, E110, E111 in a frozen month.
    """
    work.why = clean(command.reason)
    for found_id in command.found_ids:
        row = work.session.get(FoundRow, found_id)
        if row is None or not _is_waiting(row):
            raise Refused("E056", f"第 {found_id} 条不是待决定的库外记录，请刷新后再看。")
        if command.is_kept:
            _keep(work, row.table, row.found or {})
        row.is_kept, row.decided_at, row.decided_by = command.is_kept, work.now.at, work.actor.account
        work.subjects.append(row.row_id)
    return len(command.found_ids)


def waiting_of(look: Look, event_id: int) -> int:
    """How many rows of an alarm wait to be decided on."""
    rows = look.session.scalars(select(FoundRow).where(FoundRow.event_id == event_id))
    return sum(_is_waiting(row) for row in rows)


def _is_waiting(row: FoundRow) -> bool:
    return row.kind == ADDED and row.found is not None and row.decided_at is None


def _keep(work: Work, name: str, found: Values) -> None:
    """Store the row as it was found; its own triggers note it for the log."""
    title = table_title(name)
    if name in NEVER_KEPT:
        raise Refused("E057", f"{title}只能由程序算出或登记，不能采纳库外添加的。请选“不采纳”。")
    wrong = [column for column in table(name).columns if not _is_right(column, found.get(column.name))]
    if wrong or found["writer"] != work.office.code:
        columns = "、".join(f"“{travelling(column).title}”" for column in wrong) or "“登记单位”"
        raise Refused("E057", f"这条{title}的{columns}不合格式，不能采纳。请选“不采纳”，再照规矩登记。")
    if stored_row(work.session.connection(), name, found["id"]) is not None:
        raise Refused("E057", f"这条{title}的编号已另有记录，不能采纳。请选“不采纳”。")
    _refuse_if_frozen(work, found)
    columns = ", ".join(f'"{column}"' for column in column_names(name))
    places = ", ".join(f":{column}" for column in column_names(name))
    work.session.execute(text(f'INSERT INTO "{name}" ({columns}) VALUES ({places})'), found)


def _is_right(column: Column[Any], value: Any) -> bool:
    """Whether the value is one that this program itself could have stored there."""
    if value is None:
        return bool(column.nullable)
    is_number = is_stored_as_number(column)
    try:
        read = read_stored(column, value)
    except (ValueError, TypeError, OverflowError):
        return False
    is_known = travelling(column).knows(value)
    return type(value) is (int if is_number else str) and shape_of(column).holds(read) and is_known


def _refuse_if_frozen(work: Work, found: Values) -> None:
    """What belongs to a reported or settled month cannot be added by this door either."""
    if not found.get("site"):
        return
    if found.get("on"):
        refuse_if_frozen(work, found["site"], date.fromisoformat(found["on"]))
    elif found.get("month"):
        refuse_if_frozen(work, found["site"], Month.parse(found["month"]).first_day)


def _view(look: Look, row: FoundRow, names: dict[str, str]) -> FoundRowView:
    state = _SET_RIGHT.get(row.kind, "待决定" if _is_waiting(row) else "已采纳" if row.is_kept else "不采纳")
    return FoundRowView(
        id=row.id,
        title=table_title(row.table),
        row_id=row.row_id,
        words=KIND_WORDS[row.kind],
        facts=tuple(_facts(look, row)),
        state="没有内容" if row.kind == ADDED and row.found is None else state,
        is_waiting=_is_waiting(row),
        decided_at=local(row.decided_at) if row.decided_at else None,
        decided_by=names.get(row.decided_by, row.decided_by),
    )


def _facts(look: Look, row: FoundRow) -> Iterator[str]:
    """The columns as they were found, of an altered row only those that differ from how it stands now."""
    now = stored_row(look.session.connection(), row.table, row.row_id) or {}
    for name, told in declared_columns(table(row.table)).items():
        value = (row.found or {}).get(name)
        if row.found is None or (name in now and now[name] == value):
            continue
        if value not in (None, "") or name in now:
            yield f"{told.title}：{'（个人信息）' if told.personal else display_safe(str(value))}"
