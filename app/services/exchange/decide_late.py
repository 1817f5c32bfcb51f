"""The bureau's word about a change that came after its month was reported: it counts only if it is taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.late import ACCEPTED, REFUSED, WAITING, LateChange
from app.services.attendance.decide import Decide, store_decision
from app.services.exchange.late import ID_START, apply_held, held_entries, settle_held
from app.services.money.bureau import bureau_only
from app.services.reading.late import late_rows
from app.services.reading.names import names_of
from app.services.reading.people import person_links
from app.services.reading.sites import find_site
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class DecideLateChange:
    """Take in a late change (late-…, or the id's beginning), or leave the row as it was reported; with the reason."""

    change_id: str
    is_accepted: bool
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        if not clean(self.reason):
            yield Problem("reason", "请写明采用或不采用的理由，站点会看到。", "E196")


@dataclass(frozen=True)
class LateChanges:
    """What a site wrote about a month (2022-05) after reporting it and nobody decided yet."""

    site: str
    month: str


@dataclass(frozen=True)
class LateView:
    """One late change. what: the record and what was done to it; name "" where it is nobody's."""

    id: str
    on: str
    name: str
    what: str


@handles(DecideLateChange, title="决定迟到的更改", permission=Permission.REVIEW_MONTH)
def decide_late_change(work: Work, command: DecideLateChange) -> str:
    """The decision's id. Raises Refused E188, E196, E197 no such change, E198 the rows stand against each other."""
    bureau_only(work)
    change = _waiting(work, command.change_id.strip())
    if command.is_accepted:
        _apply(work, change)
    decision = store_decision(work, change, command.is_accepted, command.reason)
    settle_held(work, change.id, ACCEPTED if command.is_accepted else REFUSED, decision)
    work.subjects.append(change.row_id)
    return decision


@answers(LateChanges, permission=Permission.LOOK)
def late_changes(look: Look, query: LateChanges) -> tuple[LateView, ...]:
    """By date. Raises Refused E420, E921."""
    site, month = find_site(look, query.site), Month.parse(query.month)
    rows = [row for row in late_rows(look, [str(month)], site.id) if row.state == WAITING]
    linked = person_links(look)
    names = names_of(look, {linked.get(row.person_id, row.person_id) for row in rows if row.person_id})
    return tuple(
        LateView(
            id=row.id,
            on=f"{row.on.month}月{row.on.day}日",
            name=names.get(linked.get(row.person_id, row.person_id), ""),
            what=row.words,
        )
        for row in sorted(rows, key=lambda row: (row.on, row.person_id, row.id))
    )


def decision_about(subject_id: str, is_approved: bool, reason: str) -> Decide | DecideLateChange:
    """The command that answers what the list of exceptions shows under an id."""
    kind = DecideLateChange if subject_id.startswith(ID_START) else Decide
    return kind(subject_id, is_approved, reason)


def _waiting(work: Work, words: str) -> LateChange:
    found = work.session.scalars(
        select(LateChange).where(LateChange.id.startswith(words, autoescape=True)).limit(2)
    ).all()
    open_ids = {row.id for row in late_rows(work, {row.month for row in found}) if row.state == WAITING}
    if len(words) <= len(ID_START) or len(found) != 1 or found[0].id not in open_ids:
        raise Refused("E197", f"没有编号为“{words}”、等待决定的更改，请刷新后重选。", field="change_id")
    return found[0]


def _apply(work: Work, change: LateChange) -> None:
    faults = apply_held(work, change.site, held_entries(work, change.id))
    if faults:
        raise Refused(
            "E198",
            f"这处更改不能入账：{next(iter(faults.values()))}。请选“不采用”，并与站点核对。",
            field="change_id",
        )
    work.session.expire_all()
