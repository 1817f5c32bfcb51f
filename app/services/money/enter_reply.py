"""Takes down a person's word on a month's pay: confirmed, or disputed with a reason, while there is time (Y18, Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.statements import PayReply
from app.rules.pay.replies import ReplyState
from app.services.money import ledger
from app.services.money.replies import standings
from app.services.money.statements import statements_of
from app.services.reading.people import person_links
from app.services.reading.sites import may_write_for
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class EnterReply:
    """What a person signed on the printed statement of a month (2022-05); keys: the disputed duties, none for all."""

    month: str
    person_id: str
    is_dispute: bool
    reason: str = ""
    keys: tuple[str, ...] = ()

    def problems(self) -> Iterable[Problem]:
        """A reason for a dispute."""
        yield from reply_problems(self.is_dispute, self.reason)


def reply_problems(is_dispute: bool, reason: str) -> Iterable[Problem]:
    """Why a word is refused, whoever takes it down."""
    if is_dispute and not clean(reason):
        yield Problem("reason", "请写明异议的理由，例如哪一天、哪一项不对。", "E845")


@handles(EnterReply, title="登记本人对补贴的答复", permission=Permission.RECORD_ATTENDANCE)
def enter_reply(work: Work, command: EnterReply) -> str:
    """The word's id; confirming twice is one word. Raises Refused E843 nothing was told, E844 too late, E845, E846 a
    duty of somebody else, E921."""
    return store_reply(work, command, work.actor.account)


def store_reply(work: Work, command: EnterReply, said_by: str) -> str:
    """The word of a person who is known to have said it, as enter_reply."""
    month = Month.parse(command.month)
    person = person_links(work).get(command.person_id, command.person_id)
    standing = standings(work, month).get(person)
    site = work.office.own_site
    told = [one for one in statements_of(work, month).get(person, ()) if may_write_for(work, one.site)]
    if standing is None or not told:
        raise Refused(
            "E843",
            f"这里还没有收到这个人{month.words}的最终结算明细，请在司法局最终结算、导入回执包以后再答复。",
            field="person_id",
        )
    if standing.is_late and (command.is_dispute or standing.state is ReplyState.silent):
        raise Refused(
            "E844", f"答复期限是 {_day(standing.last.reply_by)}，已经过了。仍有不同意见的，请向司法局说明。"
        )
    if standing.state is ReplyState.confirmed and not command.is_dispute:
        return str(standing.rows[-1].id)
    lines = [one for one in ledger.lines_paid_in(work, month) if one.person_id in (person, command.person_id)]
    if not {line.key for line in lines} >= set(command.keys):
        raise Refused("E846", "有异议的值班不在这个人本月的明细里，请重新选择。", field="keys")
    own = [one for one in told if one.site == site] or told
    return work.put(
        PayReply,
        site=own[-1].site,
        month=str(month),
        person_id=command.person_id,
        statement_id=own[-1].id,
        is_dispute=command.is_dispute,
        keys=list(command.keys),
        reason=clean(command.reason) or None,
        said_by=said_by,
        at=work.now.at,
    )


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
