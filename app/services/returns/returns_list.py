"""Lists the single records that were sent back, with what the station answered, the same at the bureau and below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.clock import local
from app.desk_values import ReplyKind, SentBackEnd
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.late import WAITING
from app.models.returns import SentBack, SentBackReply
from app.models.schema import table_title
from app.models.travelling import understood
from app.services.reading.late import late_rows
from app.services.reading.roster import short_site_names
from app.services.reading.rulings import in_parts
from app.services.reading.sent_back import Record
from app.services.reading.sites import find_site
from app.services.returns.records import OfRecord, of_records

MOST_ROWS = 200


class ReturnStanding(StrEnum):
    """How far one round has come."""

    waiting = "待答复"
    answered = "已答复"
    settled = SentBackEnd.settled.value
    again = SentBackEnd.again.value


@dataclass(frozen=True)
class ReturnsList:
    """Open rounds, the newest first; is_all: the ended ones too, at most MOST_ROWS. site "": every site held here."""

    site: str = ""
    is_all: bool = False


@dataclass(frozen=True)
class ReturnReply:
    """One word of the station; at is naive local time."""

    kind: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReturnView:
    """One round of one record; times are naive local. what: the record in a few words, without a client's name.

    is_ours: this office wrote the record and answers. late: ids of its corrections that came after the month was
    reported and wait for the bureau's word.
    """

    id: str
    site: str
    site_name: str
    table: str
    title: str
    row_id: str
    what: str
    case: str
    on: str
    round: int
    code: str
    comment: str
    may_correct: bool
    sent_by: str
    sent_at: datetime
    standing: ReturnStanding
    replies: tuple[ReturnReply, ...]
    ending: str
    ended_at: datetime | None
    is_ours: bool
    late: tuple[str, ...]


@answers(ReturnsList, permission=Permission.LOOK)
def returns_list(look: Look, query: ReturnsList) -> tuple[ReturnView, ...]:
    """Newest first. Raises Refused E420, E421."""
    wanted = select(SentBack).order_by(SentBack.sent_at.desc(), SentBack.id)
    if query.site:
        wanted = wanted.where(SentBack.site == find_site(look, query.site, field="site").id)
    wanted = wanted.limit(MOST_ROWS) if query.is_all else wanted.where(SentBack.end == "")
    return return_views(look, understood(look.session.scalars(wanted)))


def return_views(look: Look, rows: Sequence[SentBack]) -> tuple[ReturnView, ...]:
    """Rounds as they are shown, in the order given."""
    replies, sites = _replies(look, rows), short_site_names(look)
    records = of_records(look, ((row.table, row.row_id) for row in rows))
    late = _late(look, records) if look.office.is_bureau else {}
    return tuple(
        _view(look, row, replies[row.id], sites, records[row.table, row.row_id], late) for row in rows
    )


def _view(
    look: Look,
    row: SentBack,
    replies: list[SentBackReply],
    sites: dict[str, str],
    record: OfRecord,
    late: dict[str, list[str]],
) -> ReturnView:
    return ReturnView(
        id=row.id,
        site=row.site,
        site_name=sites.get(row.site, row.site),
        table=row.table,
        title=table_title(row.table),
        row_id=row.row_id,
        what=record.what,
        case=record.case,
        on=record.on,
        round=row.round,
        code=row.code,
        comment=row.comment or "",
        may_correct=row.may_correct,
        sent_by=row.sent_by,
        sent_at=local(row.sent_at),
        standing=_standing(row, replies),
        replies=tuple(
            ReturnReply(ReplyKind(one.kind), one.text or "", one.replied_by, local(one.replied_at))
            for one in replies
        ),
        ending=row.ending or "",
        ended_at=local(row.ended_at) if row.ended_at else None,
        is_ours=row.writer != look.office.code,
        late=tuple(late.get(row.row_id, ())),
    )


def _standing(row: SentBack, replies: list[SentBackReply]) -> ReturnStanding:
    if row.end:
        return ReturnStanding(row.end)
    return ReturnStanding.answered if replies else ReturnStanding.waiting


def _replies(look: Look, rows: Sequence[SentBack]) -> dict[str, list[SentBackReply]]:
    """Round → the words of the station it went to, the oldest first."""
    sites = {row.id: row.site for row in rows}
    found: dict[str, list[SentBackReply]] = defaultdict(list)
    for part in in_parts(sites):
        query = select(SentBackReply).where(SentBackReply.sent_back_id.in_(part))
        for one in understood(look.session.scalars(query.order_by(SentBackReply.replied_at))):
            if one.writer == sites[one.sent_back_id]:
                found[one.sent_back_id].append(one)
    return found


def _late(look: Look, records: dict[Record, OfRecord]) -> dict[str, list[str]]:
    """Record → late changes of it, or of its person's attendance that day, which nobody decided."""
    found: dict[str, list[str]] = defaultdict(list)
    waiting = [
        change
        for change in late_rows(look, {one.on[:7] for one in records.values() if one.on})
        if change.state == WAITING
    ]
    for (_, row_id), record in records.items():
        for change in waiting:
            about = (change.site, str(change.on), change.person_id)
            if change.row_id == row_id or record.is_attendance_of(*about):
                found[row_id].append(change.id)
    return found
