"""Stores sign-ins and sign-outs that no kiosk took: from another register or from paper, kept as raw as the kiosk's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.clock import local_to_utc
from app.dates import time_text
from app.errors import Refused
from app.kernel.work import Work
from app.models.duties import Punch
from app.models.organisation import Person
from app.services.attendance.entry_checks import refuse_future, refuse_other_attendance
from app.services.attendance.freeze import refuse_if_frozen
from app.services.reading.attendance import IN, OUT, attendance_rows
from app.services.reading.people import person_links
from app.text import clean
from app.values import Month, Origin

Punches = tuple[tuple[str, str], ...]
"""(table, id) of what was stored; () where it was there already."""


def store_punches(
    work: Work,
    site: str,
    person_id: str,
    times: tuple[datetime | None, datetime | None],
    *,
    confirmed_by: str = "",
    reason: str = "",
) -> Punches:
    """A sign-in with its sign-out, naive local; whoever confirmed it makes it paper. Faults name in_at and out_at.

    Raises Refused E110, E111, E120, E130 for neither time, E131 where the sign-in stands with another sign-out, E132, E277 where
    the person confirmed it alone.
    """
    in_at, out_at = times
    first = in_at or out_at
    if first is None:
        raise Refused("E130", "签到时间和签退时间都空着，请至少填一个。", field="in_at")
    refuse_other_attendance(work, site, field="site")
    for field, at in (("in_at", in_at), ("out_at", out_at)):
        if at is not None and (at is first or at > first):
            refuse_future(work, at, field=field)
            refuse_if_frozen(work, site, at.date(), field=field)
    _refuse_own_word(work, person_id, clean(confirmed_by))
    entry = _Entry(_key(work, site, person_id, first), in_at, out_at, clean(confirmed_by), clean(reason))
    held = _same(work, entry)
    return _stored(work, entry, person_id) if held is None else _completed(work, entry, held)


def _refuse_own_word(work: Work, person_id: str, confirmed_by: str) -> None:
    """Raises Refused E277 where somebody confirmed their own sign-in."""
    person = work.session.get(Person, person_id) if confirmed_by else None
    if person is not None and person.name == confirmed_by:
        raise Refused(
            "E277", "确认人不能是值班人员本人，请由村（社区）干部或司法所人员确认。", field="confirmed_by"
        )


class _Key(NamedTuple):
    """Under which a sign-in is looked for and noted: site, person of the pool, and the day it began."""

    site: str
    whole: str
    on: date


class _Entry(NamedTuple):
    """What was told; one of the two times is there."""

    key: _Key
    in_at: datetime | None
    out_at: datetime | None
    confirmed_by: str
    reason: str


class _Held(NamedTuple):
    """A sign-in with its sign-out as it was punched, stored or made by an earlier row of this sheet."""

    in_id: str
    person_id: str
    in_at: datetime | None
    out_at: datetime | None


def _key(work: Work, site: str, person_id: str, first: datetime) -> _Key:
    return _Key(site, person_links(work).get(person_id, person_id), first.date())


def _same(work: Work, entry: _Entry) -> _Held | None:
    """The row already there with this very sign-in, or a lone sign-out of this time; raw times are compared."""
    for row in (*reversed(work.noted(entry.key)), *_held(work, entry.key)):
        if row.in_at == entry.in_at if entry.in_at is not None else row.out_at == entry.out_at:
            found: _Held = row
            return found
    return None


def _held(work: Work, key: _Key) -> Sequence[_Held]:
    """What is stored under a key; looked up for the whole month at once."""
    month = Month.of(key.on)

    def find() -> dict[_Key, list[_Held]]:
        found = defaultdict(list)
        for row in attendance_rows(work, month.first_day, month.last_day, key.site):
            held = _Held(row.in_id, row.person_id, row.raw_in_at, row.raw_out_at)
            found[_Key(row.site, row.person_id, row.on)].append(held)
        return dict(found)

    return work.once(("attendance", key.site, month), find).get(key, ())


def _completed(work: Work, entry: _Entry, held: _Held) -> Punches:
    """Unchanged, or the sign-out that a row already there still lacks. Raises Refused E131 for other times."""
    if entry.out_at is None or held.out_at == entry.out_at:
        return ()
    if held.out_at is not None or entry.in_at is None:
        then = time_text(held.out_at) if held.out_at else "无"
        raise Refused(
            "E131",
            f"这次签到已有考勤，签退为 {then}，与表格不同。要更正请登记补签，不要重复导入。",
            field="out_at",
        )
    made = _put(work, entry, held.person_id, OUT, entry.out_at, held.in_id)
    work.note(entry.key, held._replace(out_at=entry.out_at))
    return (("punch", made),)


def _stored(work: Work, entry: _Entry, person_id: str) -> Punches:
    made: list[tuple[str, str]] = []
    if entry.in_at is not None:
        made.append(("punch", _put(work, entry, person_id, IN, entry.in_at)))
    pair = made[0][1] if made else ""
    if entry.out_at is not None:
        made.append(("punch", _put(work, entry, person_id, OUT, entry.out_at, pair)))
    work.note(entry.key, _Held(pair, person_id, entry.in_at, entry.out_at))
    return tuple(made)


def _put(work: Work, entry: _Entry, person_id: str, direction: str, at: datetime, pair_id: str = "") -> str:
    """A punch without a clock to vouch for it; its id."""
    is_backwards = direction == OUT and entry.in_at is not None and at < entry.in_at
    return work.put(
        Punch,
        site=entry.key.site,
        person_id=person_id,
        direction=direction,
        at=local_to_utc(at),
        on=at.date(),
        pair_id=pair_id,
        origin=(Origin.paper if entry.confirmed_by else Origin.imported).value,
        confirmed_by=entry.confirmed_by,
        reason=entry.reason or None,
        grade="red" if is_backwards else "grey",
        grade_reason="签退早于签到，请核对" if is_backwards else _grade_reason(entry),
    )


def _grade_reason(entry: _Entry) -> str:
    """Nothing vouches for the time but the word of whoever confirmed it."""
    return "纸质登记，没有时钟凭据" if entry.confirmed_by else "表格登记，没有时钟凭据"
