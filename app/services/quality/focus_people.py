"""Keeps the registers of people whom aid looks after: added and removed with a reason, nobody twice (J04 G07 J08 G09)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.case_values import FocusEnd, FocusKind
from app.clock import local_date
from app.errors import Problem, Refused
from app.identity import judge_id
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.masking import mask_id, mask_name, mask_phone
from app.models.case_quality import FocusPerson
from app.models.travelling import understood
from app.services.cases.hidden import Hidden
from app.services.reading.names import site_names
from app.services.reading.sites import find_site
from app.text import clean, clean_number

LONGEST = 500
_LAST = "\U0010ffff"


@dataclass(frozen=True, kw_only=True)
class AddFocusPerson:
    """Somebody new on a register. since None: today. site "": this office's own. card: number of a 惠民卡."""

    kind: FocusKind
    name: str
    reason: str
    since: date | None = None
    id_number: str = ""
    phone: str = ""
    address: str = ""
    category: str = ""
    card: str = ""
    site: str = ""

    def problems(self) -> Iterable[Problem]:
        """A name and a reason, of a length that can be meant."""
        for name, title in (("name", "姓名"), ("reason", "列入理由")):
            if not clean(getattr(self, name)):
                yield Problem(name, f"请填写{title}。", "E830")
        if any(isinstance(one, str) and len(one) > LONGEST for one in vars(self).values()):
            yield Problem("reason", f"每一项最多 {LONGEST} 字，请精简。", "E830")


@dataclass(frozen=True)
class RemoveFocusPerson:
    """Why and from when somebody is no longer on a register."""

    id: str
    until: date
    ended_by: FocusEnd
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FocusPeople:
    """A register, those on it first. words: part of the name from its beginning, a whole number, a card."""

    kind: str = ""
    words: str = ""
    with_removed: bool = False


@dataclass(frozen=True, kw_only=True)
class FocusLine:
    """One person; name, numbers and address masked. is_mine: this office may remove them."""

    id: str
    kind: FocusKind
    name: str
    id_number: str
    phone: str
    address: str
    category: str
    card: str
    reason: str
    since: date
    until: date | None
    ended: str
    site_name: str
    is_mine: bool


@handles(AddFocusPerson, title="列入重点人员", permission=Permission.RECORD_CASE)
def add_focus_person(work: Work, command: AddFocusPerson) -> str:
    """Id of the row. Raises Refused E203, E204, E420, E421, E830, E831 on the register already, E833 a day to come."""
    entry = judged_entry(work, command)
    _refuse_listed(work, entry)
    return put_entry(work, entry)


def judged_entry(work: Work, command: AddFocusPerson) -> AddFocusPerson:
    """The entry cleaned, with its site and day. Raises Refused E203, E204, E420, E421, E833."""
    site = find_site(work, command.site, field="site").id if command.site else work.office.own_site
    today = local_date(work.now.at)
    judged = judge_id(clean_number(command.id_number), today=today)
    if judged.problems:
        raise Refused.of(judged.problems)
    since = command.since or today
    if since > today:
        raise Refused("E833", f"列入日期 {since} 还没有到，请核对。", field="since")
    return AddFocusPerson(
        kind=command.kind,
        name=clean(command.name),
        reason=clean(command.reason),
        since=since,
        id_number=judged.number,
        phone=clean_number(command.phone),
        address=clean(command.address),
        category=clean(command.category),
        card=clean(command.card),
        site=site,
    )


def put_entry(
    work: Work, entry: AddFocusPerson, until: date | None = None, ended_by: str = "", end_reason: str = ""
) -> str:
    """Store an entry that was judged; until, ended_by, end_reason: of somebody who left since. Id of the row."""
    return work.put(
        FocusPerson,
        site=entry.site,
        kind=entry.kind.value,
        name=entry.name,
        id_number=entry.id_number or None,
        phone=entry.phone or None,
        address=entry.address or None,
        category=entry.category,
        card=entry.card or None,
        reason=entry.reason,
        since=entry.since,
        until=until,
        ended_by=ended_by,
        end_reason=end_reason or None,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


@handles(RemoveFocusPerson, title="移出重点人员", permission=Permission.RECORD_CASE)
def remove_focus_person(work: Work, command: RemoveFocusPerson) -> str:
    """Id of the row. Raises Refused E832 not on it, or a day before it was added; E834 without words; E903."""
    row, reason = work.session.get(FocusPerson, command.id), clean(command.reason)
    since = row.since if row is not None and row.until is None else date.max
    problems = tuple(
        end_problems(since, command.until, local_date(work.now.at), command.ended_by.value, reason)
    )
    if row is None or problems:
        raise Refused.of(problems)
    work.mine(row)
    row.until, row.ended_by, row.end_reason = command.until, command.ended_by.value, reason or None
    return str(row.id)


@answers(FocusPeople, permission=Permission.LOOK)
def focus_people(look: Look, query: FocusPeople) -> tuple[FocusLine, ...]:
    """The people, the newest first."""
    wanted = select(FocusPerson).where(*_clauses(query))
    rows = understood(look.session.scalars(wanted.order_by(FocusPerson.since.desc(), FocusPerson.id.desc())))
    sites, shown = site_names(look), Hidden(look.actor.may(Permission.REVEAL))
    return tuple(_line(look, row, sites, shown) for row in rows)


def _clauses(query: FocusPeople) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.kind:
        found.append(FocusPerson.kind == query.kind)
    if not query.with_removed:
        found.append(FocusPerson.until.is_(None))
    if words := clean(query.words):
        number = clean_number(words)
        found.append(
            or_(
                FocusPerson.name.between(words, words + _LAST),
                FocusPerson.id_number == number,
                FocusPerson.phone == number,
                FocusPerson.card == words,
            )
        )
    return found


def _refuse_listed(work: Work, entry: AddFocusPerson) -> None:
    """Raises Refused E831 where the person, or the card, is on the register."""
    same: list[ColumnElement[Any]] = []
    if entry.id_number:
        same.append(FocusPerson.id_number == entry.id_number)
    if entry.card:
        same.append(FocusPerson.card == entry.card)
    if not same:
        return
    held = select(FocusPerson.id).where(
        FocusPerson.kind == entry.kind.value, FocusPerson.until.is_(None), or_(*same)
    )
    if work.session.scalar(held.limit(1)) is not None:
        raise already_listed(entry)


def already_listed(entry: AddFocusPerson) -> Refused:
    """The refusal of somebody, or a card, that the register has."""
    return Refused("E831", f"这个人或者这张卡已经在“{entry.kind}”名册里，不用再列一次。", field="id_number")


def end_problems(since: date, until: date, today: date, ended_by: str, reason: str) -> Iterator[Problem]:
    """What is wrong with somebody's leaving a register: E832 the day, E834 no words."""
    if not since <= until <= today:
        yield Problem(
            "until",
            "名册里没有这个人，或者已经移出，或者移出日期早于列入日期、还没有到，请核对。",
            "E832",
        )
    if ended_by in (FocusEnd.mistake, FocusEnd.other) and not reason:
        yield Problem("reason", f"移出原因是“{ended_by}”的，请写明情况。", "E834")


def _line(look: Look, row: FocusPerson, sites: dict[str, str], shown: Hidden) -> FocusLine:
    return FocusLine(
        id=row.id,
        kind=FocusKind(row.kind),
        name=shown.words(row.name, mask_name(row.name or "")),
        id_number=mask_id(row.id_number or ""),
        phone=mask_phone(row.phone or ""),
        address=shown.words(row.address),
        category=row.category,
        card=row.card or "",
        reason=shown.words(row.reason),
        since=row.since,
        until=row.until,
        ended="　".join(filter(None, (row.ended_by, shown.words(row.end_reason)))),
        site_name=sites.get(row.site, row.site),
        is_mine=row.writer == look.office.code,
    )
