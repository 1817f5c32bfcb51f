"""Says what waits of pay and of the coming month: people's words, batches for another hand, rosters nobody published."""

from __future__ import annotations

from collections.abc import Iterator

from app.clock import local_date
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.money.batches import BatchState, open_batches
from app.services.money.replies import ReplyState, standings
from app.services.roster.missing_rosters import missing_in
from app.services.today.urgent_kinds import (
    OpenPayBatches,
    OpenReplies,
    UnpublishedRosters,
    Urgent,
    UrgentKind,
)
from app.values import Month

ROSTER_DAYS = 5
"""How many days before a month its roster is asked for: it is to be on the wall before the first duty."""
MONTHS_OF_WORDS = 3
"""How many months back people are asked for their word on the pay."""


def coming_rosters(look: Look) -> Iterator[Urgent]:
    """In the last days of a month, the sites whose coming month nobody published yet (Y03, Y04)."""
    today = local_date(look.now.at)
    month = Month.of(today)
    if (month.last_day - today).days >= ROSTER_DAYS or not look.actor.may(Permission.PUBLISH_ROSTER):
        return
    if missing := missing_in(look, month.next()):
        yield Urgent(UrgentKind.rosters, UnpublishedRosters(month.next(), missing))


def words_on_pay(look: Look) -> Iterator[Urgent]:
    """Disputes for who answers them; elsewhere whose word is still asked for (Y29)."""
    if look.office.is_bureau and not look.actor.may(Permission.REVIEW_MONTH):
        return
    wanted = {ReplyState.disputed} if look.office.is_bureau else {ReplyState.waiting, ReplyState.overdue}
    kind = UrgentKind.disputes if look.office.is_bureau else UrgentKind.unconfirmed
    month = Month.of(local_date(look.now.at))
    for _ in range(MONTHS_OF_WORDS):
        month = month.previous()
        found = [one for one in standings(look, month).values() if one.state in wanted]
        if found:
            yield Urgent(kind, OpenReplies(month, len(found), min(one.last.reply_by for one in found)))


def batches_for_hands(look: Look) -> Iterator[Urgent]:
    """Batches that the asker may check or pay, who had no hand in them yet."""
    if not look.office.is_bureau:
        return
    rights = {BatchState.made: Permission.REVIEW_MONTH, BatchState.checked: Permission.PAY}
    mine = [
        one
        for one in open_batches(look)
        if look.actor.may(rights[one.state]) and look.actor.account not in one.went_through
    ]
    if mine:
        is_to_pay = all(one.state is BatchState.checked for one in mine)
        yield Urgent(UrgentKind.batches, OpenPayBatches(Month.parse(mine[0].row.month), len(mine), is_to_pay))
