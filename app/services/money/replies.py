"""Gathers people's words on a month's pay and the bureau's answers, and what of the pay waits for one (Y18, Y29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.clock import local, local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.records import Account
from app.models.statements import PayAnswer, PayReply, PersonStatement
from app.rules.pay.replies import ReplyFact, disputed_fen, last_words, reply_state
from app.rules.pay.replies import ReplyState as ReplyState
from app.services.money import ledger
from app.services.money.statements import statements_of
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links
from app.values import Month

BY_PIN = "person:"
"""What a word's `said_by` begins with where the person proved it with the PIN."""


@dataclass(frozen=True)
class PayReplies:
    """How everybody's word on a final month (2022-05) stands."""

    month: str


@dataclass(frozen=True, kw_only=True)
class DisputeView:
    """A dispute and its answer. at: local time. days: the disputed duties, "" for the whole month. is_open: it waits
    for the bureau; another word of the person may have taken its place."""

    id: str
    site_name: str
    at: datetime
    keys: tuple[str, ...]
    days: str
    reason: str
    is_by_pin: bool
    is_open: bool
    is_upheld: bool | None = None
    answer: str = ""
    is_adjusted: bool = False
    answered_by: str = ""
    """The account's name, "" where another office's answered."""


@dataclass(frozen=True, kw_only=True)
class PayReplyView:
    """One person's word on the month. payable_fen: as the last statement told it; reply_by: the last day to reply."""

    person_id: str
    name: str
    payable_fen: int
    state: ReplyState
    reply_by: str
    said_at: datetime | None = None
    disputes: tuple[DisputeView, ...] = ()
    held_fen: int = 0
    """What of the pay waits for the answer, 分."""


@dataclass(frozen=True)
class ReplyStanding:
    """How one person's word on a month stands. last: the newest statement; words: every reply as the rules take it.

    is_late: the last day to reply has passed, and silence counts as a word.
    """

    last: PersonStatement
    rows: Sequence[PayReply]
    words: tuple[ReplyFact, ...]
    state: ReplyState
    is_late: bool

    @property
    def may_confirm(self) -> bool:
        """Whether a confirmation would say something, as that a dispute is withdrawn."""
        return self.state.is_open or self.state in (ReplyState.rejected, ReplyState.upheld)

    @property
    def may_dispute(self) -> bool:
        """Whether there is still time to object."""
        return not self.is_late and self.state is not ReplyState.disputed


@answers(PayReplies, permission=Permission.LOOK)
def pay_replies(look: Look, query: PayReplies) -> tuple[PayReplyView, ...]:
    """Open disputes first, then who has not replied, then by name. Raises Refused E921."""
    return replies_of(look, Month.parse(query.month))


def replies_of(look: Look, month: Month) -> tuple[PayReplyView, ...]:
    """The same for handlers and other queries."""
    found = standings(look, month)
    held, names = held_fen(look, month), names_of(look, found)
    told = answers_of(look, month)
    views = [
        PayReplyView(
            person_id=person,
            name=names[person],
            payable_fen=one.last.payable_fen,
            state=one.state,
            reply_by=one.last.reply_by.isoformat(),
            said_at=local(one.rows[-1].at) if one.rows else None,
            disputes=dispute_views(look, one, told),
            held_fen=held.get(person, 0),
        )
        for person, one in found.items()
    ]
    order = [ReplyState.disputed, ReplyState.overdue, ReplyState.waiting]
    places = {state: place for place, state in enumerate(order)}
    return tuple(sorted(views, key=lambda one: (places.get(one.state, len(order)), one.name, one.person_id)))


def standings(look: Look, month: Month) -> dict[str, ReplyStanding]:
    """Person → how the word on the month stands, for everybody who was told what it comes to."""
    linked, rows = person_links(look), defaultdict[str, list[PayReply]](list)
    query = select(PayReply).where(PayReply.month == str(month)).order_by(PayReply.at, PayReply.id)
    for reply in look.session.scalars(query):
        rows[linked.get(reply.person_id, reply.person_id)].append(reply)
    upheld = {row.reply_id: row.is_upheld for row in _answers(look, month)}
    today, silence = local_date(look.now.at), bool(look.pack.settings["silence_confirms"].value)
    found = {}
    for person, told in statements_of(look, month).items():
        last, own = told[-1], rows.get(person, [])
        current = {one.id for one in told if one.number == last.number}
        words = tuple(_fact(row, current, upheld) for row in own)
        state = reply_state(words, last.reply_by, today, silence_confirms=silence)
        found[person] = ReplyStanding(last, own, words, state, silence and today > last.reply_by)
    return found


def held_fen(look: Look, month: Month) -> dict[str, int]:
    """Person → what of a final month waits for the answer to a dispute, 分; nobody where it is paid all the same
    (reading `disputed_pay`)."""
    if look.pack.settings["disputed_pay"].value == "pay":
        return {}
    disputed = {
        person: one.words
        for person, one in standings(look, month).items()
        if one.state is ReplyState.disputed
    }
    if not disputed:
        return {}
    linked = person_links(look)
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in ledger.lines_paid_in(look, month):
        amounts[linked.get(line.person_id, line.person_id)][line.key] += line.net_fen
    return {person: max(0, disputed_fen(words, amounts[person])) for person, words in disputed.items()}


def dispute_views(look: Look, one: ReplyStanding, told: Mapping[str, PayAnswer]) -> tuple[DisputeView, ...]:
    """A person's disputes with their answers, by time."""
    waiting = {fact.id for fact in last_words(one.words) if fact.is_unanswered}
    names, days = site_names(look), _days(look, Month.parse(one.last.month))
    accounts = {row.id: row.display_name for row in look.session.scalars(select(Account))}
    return tuple(
        DisputeView(
            id=row.id,
            site_name=names.get(row.site, row.site),
            at=local(row.at),
            keys=tuple(row.keys),
            days="、".join(days.get(key, "其他月份的值班") for key in row.keys),
            reason=row.reason or "",
            is_by_pin=row.said_by.startswith(BY_PIN),
            is_open=row.id in waiting,
            **_answer(told.get(row.id), accounts),
        )
        for row in one.rows
        if row.is_dispute
    )


def _answer(row: PayAnswer | None, accounts: Mapping[str, str]) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "is_upheld": row.is_upheld,
        "answer": row.reason or "",
        "is_adjusted": bool(row.adjustment_id),
        "answered_by": accounts.get(row.answered_by, ""),
    }


def answers_of(look: Look, month: Month) -> dict[str, PayAnswer]:
    """Dispute → the bureau's answer, of a month."""
    return {row.reply_id: row for row in _answers(look, month)}


def _answers(look: Look, month: Month) -> Sequence[PayAnswer]:
    query = select(PayAnswer).where(PayAnswer.month == str(month))
    return look.session.scalars(query.order_by(PayAnswer.answered_at, PayAnswer.id)).all()


def _fact(row: PayReply, current: set[str], upheld: Mapping[str, bool]) -> ReplyFact:
    return ReplyFact(
        id=row.id,
        site=row.site,
        at=row.at,
        is_dispute=row.is_dispute,
        keys=tuple(row.keys),
        is_current=row.statement_id in current,
        is_upheld=upheld.get(row.id),
    )


def _days(look: Look, month: Month) -> dict[str, str]:
    """Duty → 5月10日, of the lines of the month that are known here."""
    return {line.key: f"{line.on.month}月{line.on.day}日" for line in ledger.lines_paid_in(look, month)}
