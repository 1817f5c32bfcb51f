"""The bureau's answer to a dispute about a month's pay: upheld, with the adjustment that follows, or rejected with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.statements import PayAnswer, PayReply
from app.rules.pay.replies import last_words
from app.rules.pay.stored import AdjustReason
from app.services.money.adjust_line import AdjustLine, adjust_line
from app.services.money.bureau import bureau_only
from app.services.money.replies import standings
from app.services.reading.people import person_links
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class AnswerDispute:
    """A dispute (its id) is upheld or rejected. key and new_fen: the duty that pays another amount, 分; without them
    an upheld dispute was put right otherwise, as by a correction or a verdict, which the reason says."""

    reply_id: str
    is_upheld: bool
    reason: str
    key: str = ""
    new_fen: int | None = None

    def problems(self) -> Iterable[Problem]:
        """A reason always; an amount only where it is upheld, and for a duty."""
        if not clean(self.reason):
            yield Problem("reason", "请写明答复意见：核实了什么，为什么成立或不成立。", "E848")
        if (self.new_fen is not None) != bool(self.key) or (self.key and not self.is_upheld):
            yield Problem(
                "new_fen", "异议成立要调整的，请选哪一班并填调整后的金额；不成立的不能调整。", "E849"
            )


@handles(AnswerDispute, title="答复补贴异议", permission=Permission.REVIEW_MONTH)
def answer_dispute(work: Work, command: AnswerDispute) -> str:
    """The answer's id. Raises Refused E188, E847 no dispute that waits, E848, E849, and those of an adjustment."""
    bureau_only(work)
    row = work.session.get(PayReply, command.reply_id)
    month = Month.parse(row.month) if row else None
    standing = (
        standings(work, month).get(person_links(work).get(row.person_id, row.person_id))
        if row and month
        else None
    )
    waiting = {one.id for one in last_words(standing.words) if one.is_unanswered} if standing else set()
    if row is None or row.id not in waiting:
        raise Refused(
            "E847", "没有找到待答复的异议：可能已经答复，或本人已另行答复。请刷新后再试。", field="reply_id"
        )
    adjusted = ""
    if command.key and command.new_fen is not None:
        wanted = AdjustLine(
            row.month, command.key, command.new_fen, AdjustReason.objection.value, clean(command.reason)
        )
        adjusted = adjust_line(work, wanted)
    return work.put(
        PayAnswer,
        site=row.site,
        month=row.month,
        reply_id=row.id,
        is_upheld=command.is_upheld,
        reason=clean(command.reason),
        adjustment_id=adjusted,
        answered_by=work.actor.account,
        answered_at=work.now.at,
    )
