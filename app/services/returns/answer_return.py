"""Answers what the bureau sent back: by a word of the station, or by the correction itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.desk_values import ReplyKind
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.returns import SentBack, SentBackReply
from app.services.reading.sent_back import Record, open_return
from app.text import clean
from app.values import known


@dataclass(frozen=True)
class AnswerReturn:
    """The station's word about a record that was sent back. kind: a ReplyKind."""

    id: str
    kind: str
    text: str

    def problems(self) -> Iterable[Problem]:
        """A kind of answer, and what was done or why nothing is to be done."""
        if known(ReplyKind, self.kind) is None:
            yield Problem("kind", f"请选择答复：{'、'.join(ReplyKind)}。", "E776")
        if not clean(self.text):
            yield Problem("text", "请写明改了什么，或者为什么不用改，县局要据此办结。", "E777")


@handles(AnswerReturn, title="答复单条退回", permission=Permission.SUBMIT_MONTH)
def answer_return(work: Work, command: AnswerReturn) -> str:
    """The reply's id. Raises Refused E769 no open round, E778 not sent back to this office."""
    row = need_open_return(work, command.id)
    if row.writer == work.office.code:
        raise Refused("E778", "这条是本单位退给站点的，由站点答复；本单位可以办结或再次退回。")
    return _reply(work, row, ReplyKind(command.kind), clean(command.text))


def answer_by_correction(work: Work, records: Iterable[Record], reason: str) -> None:
    """A correction of a record that was sent back is the answer; its reason stands as the station's word."""
    for record in records:
        row = open_return(work, record)
        if row is not None and row.writer != work.office.code:
            _reply(work, row, ReplyKind.corrected, clean(reason))


def need_open_return(work: Work, row_id: str) -> SentBack:
    """The open round of that id. Raises Refused E769."""
    row = work.session.get(SentBack, clean(row_id))
    if row is None or row.end:
        raise Refused("E769", "没有这条等待办理的退回，可能已经办结。请刷新后重选。", field="id")
    return row


def _reply(work: Work, row: SentBack, kind: ReplyKind, words: str) -> str:
    work.subjects.append(row.row_id)
    made: SentBackReply = work.add(
        SentBackReply(
            site=row.site,
            sent_back_id=row.id,
            kind=kind.value,
            text=words or None,
            replied_by=work.actor.account,
            replied_at=work.now.at,
        )
    )
    return made.id
