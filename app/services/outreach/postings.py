"""Keeps what was put up or handed out where, so that a stale paper can be found and taken down (Q12, Q14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import local_date
from app.desk_values import PostingKind
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.outreach import Posting
from app.models.travelling import understood
from app.services.consultations.record_consultation import refuse_other_register
from app.services.reading.roster import short_site_names
from app.services.reading.sites import find_site
from app.text import clean

LONGEST, MOST_COPIES = 100, 100_000


@dataclass(frozen=True, kw_only=True)
class RecordPosting:
    """What was put up. kind: of PostingKind. on None: today. site "": this office's own."""

    kind: str
    village: str
    place: str = ""
    copies: int = 1
    on: date | None = None
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """A kind, a village, a number."""
        if self.kind not in set(PostingKind):
            yield Problem("kind", f"内容请选择：{'、'.join(PostingKind)}。", "E281")
        if not clean(self.village) or max(len(self.village), len(self.place)) > LONGEST:
            yield Problem("village", f"请写明村（社区），最多 {LONGEST} 字。", "E281")
        if not 1 <= self.copies <= MOST_COPIES:
            yield Problem("copies", f"份数请填 1 到 {MOST_COPIES} 的整数。", "E281")


@dataclass(frozen=True)
class TakeDown:
    """What no longer hangs there, from today."""

    id: str


@dataclass(frozen=True)
class Postings:
    """What hangs or lies out now, the oldest first."""


@dataclass(frozen=True, kw_only=True)
class PostingLine:
    """One of them; is_mine: this office may take it down."""

    id: str
    kind: PostingKind
    on: date
    site: str
    site_name: str
    village: str
    place: str
    copies: int
    is_mine: bool


@handles(RecordPosting, title="登记宣传张贴", permission=Permission.RECORD_CONSULTATION)
def record_posting(work: Work, command: RecordPosting) -> str:
    """Its id. Raises Refused E240, E282 for a day to come, E420, E421."""
    site = find_site(work, command.site, field="site").id if command.site else work.office.own_site
    refuse_other_register(work, site)
    today = local_date(work.now.at)
    on = command.on or today
    if on > today:
        raise Refused("E282", f"张贴日期 {on} 还没有到，请核对。", field="on")
    return work.put(
        Posting,
        site=site,
        kind=command.kind,
        on=on,
        village=clean(command.village),
        place=clean(command.place),
        copies=command.copies,
        entered_by=work.actor.account,
    )


@handles(TakeDown, title="取下宣传张贴", permission=Permission.RECORD_CONSULTATION)
def take_down(work: Work, command: TakeDown) -> str:
    """Its id. Raises Refused E283, E903."""
    row = work.session.get(Posting, command.id)
    if row is None or row.removed_on is not None:
        raise Refused("E283", "没有找到这次张贴，或者已经取下，请刷新后再试。")
    work.mine(row)
    row.removed_on = local_date(work.now.at)
    return row.id


@answers(Postings, permission=Permission.LOOK)
def postings(look: Look, query: Postings) -> tuple[PostingLine, ...]:
    """By day; a stale paper stands first."""
    standing = select(Posting).where(Posting.removed_on.is_(None)).order_by(Posting.on, Posting.id)
    names = short_site_names(look)
    return tuple(
        PostingLine(
            id=row.id,
            kind=PostingKind(row.kind),
            on=row.on,
            site=row.site,
            site_name=names.get(row.site, row.site),
            village=row.village,
            place=row.place,
            copies=row.copies,
            is_mine=row.writer == look.office.code,
        )
        for row in understood(look.session.scalars(standing))
    )
