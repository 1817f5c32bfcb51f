"""Sends one record back to the station that wrote it, and ends the round once it was seen to (Y05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.desk_values import SentBackCode, SentBackEnd
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.returns import SentBack
from app.services.money.bureau import bureau_only
from app.services.money.ledger import is_final
from app.services.reading.sent_back import open_return
from app.services.reading.sites import find_site, has_admitted_office
from app.services.reading.voids import void_of
from app.services.returns.answer_return import need_open_return
from app.services.returns.records import RETURNABLE
from app.services.returns.returns_list import return_views
from app.text import clean
from app.values import Month, known


@dataclass(frozen=True)
class SendBack:
    """One record shall be looked at again by its station. kind: a key of RETURNABLE. code: a SentBackCode; 其他 needs a
    comment. site: where the record must be of, "" for wherever it is."""

    kind: str
    row_id: str
    code: str
    comment: str = ""
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """A coded reason."""
        yield from _reason_problems(self.code, self.comment)


@dataclass(frozen=True)
class SendBackAgain:
    """The answer does not do: the round ends and the same record goes back once more."""

    id: str
    code: str
    comment: str = ""

    def problems(self) -> Iterable[Problem]:
        """A coded reason."""
        yield from _reason_problems(self.code, self.comment)


@dataclass(frozen=True)
class SettleReturn:
    """The bureau is content. comment: needed where the station has not answered."""

    id: str
    comment: str = ""


@handles(SendBack, title="退回单条记录", permission=Permission.REVIEW_MONTH)
def send_back(work: Work, command: SendBack) -> str:
    """The round's id. Raises Refused E188, E420, E421, E765 no such record of that site, E766 nobody there to answer,
    E767 it lies there already."""
    bureau_only(work)
    row = _need_record(work, command)
    if open_return(work, (row.__tablename__, row.id)) is not None:
        raise Refused("E767", f"这条{row.title}已经退回，还没有办结。请在“单条退回”里办理。", field="row_id")
    return _send(work, row, command.code, command.comment)


@handles(SendBackAgain, title="再次退回单条记录", permission=Permission.REVIEW_MONTH)
def send_back_again(work: Work, command: SendBackAgain) -> str:
    """The new round's id. Raises Refused E188, E765, E769."""
    bureau_only(work)
    before = need_open_return(work, command.id)
    _end(work, before, SentBackEnd.again, command.comment)
    kind = next((key for key, kept in RETURNABLE.items() if kept.__tablename__ == before.table), "")
    row = _need_record(work, SendBack(kind, before.row_id, command.code, command.comment))
    return _send(work, row, command.code, command.comment)


@handles(SettleReturn, title="办结单条退回", permission=Permission.REVIEW_MONTH)
def settle_return(work: Work, command: SettleReturn) -> str:
    """The round's id. Raises Refused E188, E769, E784 no answer and no reason, E785 its correction waits for a word."""
    bureau_only(work)
    row = need_open_return(work, command.id)
    [view] = return_views(work, [row])
    if not view.replies and not clean(command.comment):
        raise Refused("E784", "站点还没有答复。不等答复就办结的，请写明理由。", field="comment")
    if view.late:
        raise Refused(
            "E785", "站点的更正是月报以后写的，还等着决定。请先采用或不采用，再办结。", field="comment"
        )
    _end(work, row, SentBackEnd.settled, command.comment)
    return row.id


def _reason_problems(code: str, comment: str) -> Iterable[Problem]:
    found = known(SentBackCode, code)
    if found is None:
        yield Problem("code", f"请选择退回原因：{'、'.join(SentBackCode)}。", "E768")
    elif found is SentBackCode.other and not clean(comment):
        yield Problem("comment", "原因选“其他”的，请写明要站点改什么。", "E768")


def _need_record(work: Work, command: SendBack) -> Any:
    kind = RETURNABLE.get(command.kind)
    row = work.session.get(kind, clean(command.row_id)) if kind is not None else None
    site = find_site(work, command.site, field="site").id if command.site else ""
    if row is None or (site and row.site != site) or void_of(work, row) is not None:
        raise Refused(
            "E765", "没有找到这条记录，或者它不是这个站点的、已经作废。请刷新后重选。", field="row_id"
        )
    if row.writer == work.office.code or not has_admitted_office(work, row.writer):
        raise Refused(
            "E766", f"这条{row.title}不是站点上报来的，没有站点可退。请由登记的单位直接更正。", field="row_id"
        )
    return row


def _send(work: Work, row: Any, code: str, comment: str) -> str:
    on = getattr(row, "on", None)
    rounds = work.session.scalar(
        select(func.count())
        .select_from(SentBack)
        .where(SentBack.row_id == row.id, SentBack.table == row.__tablename__)
    )
    work.subjects.append(row.id)
    made: SentBack = work.add(
        SentBack(
            site=row.writer,
            table=row.__tablename__,
            row_id=row.id,
            round=(rounds or 0) + 1,
            code=code,
            comment=clean(comment) or None,
            may_correct=not (isinstance(on, date) and is_final(work, Month.of(on))),
            sent_by=work.actor.display_name or work.actor.name,
            sent_at=work.now.at,
        )
    )
    return made.id


def _end(work: Work, row: SentBack, end: SentBackEnd, comment: str) -> None:
    row.end, row.ending = end.value, clean(comment) or None
    row.ended_by, row.ended_at = work.actor.display_name or work.actor.name, work.now.at
    work.subjects.append(row.row_id)
