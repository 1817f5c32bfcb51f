"""What is typed about a duty, checked and cleaned the same way whoever enters it: a form, a copy, a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from app.dates import TimeRange
from app.errors import Problem, Refused
from app.kernel.work import Look, Work
from app.models.duties import Duty, RosterChange
from app.models.organisation import Person
from app.rules.duty.duty_view import stored_ranges
from app.services.reading.people import person_links
from app.values import DutyKind, Month


def range_problems(ranges: Sequence[TimeRange]) -> Iterable[Problem]:
    """At least one range, each ending after it starts, none overlapping another (P1)."""
    ordered = sorted(ranges)
    is_bad = not ordered or any(end <= start for start, end in ordered)
    if is_bad or any(after[0] < before[1] for before, after in pairwise(ordered)):
        yield Problem("ranges", "请填写值班时段：先开始后结束、互不重叠，如 09:00-13:00。", "E402")


def need_linked_person(look: Look, person_id: str) -> str:
    """The id of the person of the pool, a linked proposal replaced by whom it stands for. Raises Refused E419."""
    known = person_links(look).get(person_id, person_id)
    if look.session.get(Person, known) is None:
        raise Refused("E419", "值班人员库里没有选定的人员，请重新选择。", field="person_id")
    return known


def need_draft(work: Work, duty_id: str) -> Duty:
    """The duty, if it is this office's own draft. Raises Refused E403, E404, E903."""
    duty = need_duty(work, duty_id)
    if duty.version is not None:
        raise Refused("E404", "这一班已经发布，不能直接改动。请用取消、换人或改时，并写明原因。")
    found: Duty = work.mine(duty)
    return found


def need_duty(look: Look, duty_id: str) -> Duty:
    """The duty of that id. Raises Refused E403."""
    duty = look.session.get(Duty, duty_id)
    if duty is None:
        raise Refused("E403", "这一班已不存在，可能已被删除。请刷新后重试。")
    return duty


def new_draft(
    site: str, on: date, kind: DutyKind, person_id: str, ranges: Sequence[TimeRange], note: str = ""
) -> Duty:
    """A duty that is not published yet, whoever drafts it: form, copy, proposal or workbook."""
    return Duty(
        site=site,
        on=on,
        kind=kind.value,
        person_id=person_id,
        ranges=sorted_ranges(ranges),
        version=None,
        note=note.strip(),
    )


def own_drafts(look: Look, month: Month, site: str | None = None) -> list[Duty]:
    """This office's unpublished duties of a month."""
    query = select(Duty).where(
        Duty.version.is_(None),
        Duty.writer == look.office.code,
        Duty.on.between(month.first_day, month.last_day),
    )
    return list(look.session.scalars(query if site is None else query.where(Duty.site == site)))


def same_duty(look: Look, wanted: Duty) -> Duty | None:
    """A standing duty that says the same: site, day, kind, person and hours; superseded ones do not count."""
    query = select(Duty).where(Duty.site == wanted.site, Duty.on == wanted.on, Duty.kind == wanted.kind)
    stored = look.once(_duty_key(wanted), lambda: list(look.session.scalars(query)))
    known = person_links(look)
    person = known.get(wanted.person_id, wanted.person_id)
    made: Sequence[Duty] = look.noted(_duty_key(wanted))
    for row in (*stored, *made):
        same_person = known.get(row.person_id, row.person_id) == person
        if same_person and row.ranges == wanted.ranges and not _is_superseded(look, row.id):
            return row
    return None


def note_duty(work: Work, duty: Duty) -> None:
    """Let later rows of an import find a duty that it drafts."""
    work.note(_duty_key(duty), duty)


def sorted_ranges(ranges: Sequence[TimeRange]) -> list[list[str]]:
    """The ranges in order, as the row keeps them."""
    return stored_ranges(sorted(ranges))


def _is_superseded(look: Look, duty_id: str) -> bool:
    query = select(RosterChange.id).where(RosterChange.duty_id == duty_id).limit(1)
    return look.once(("superseded", duty_id), lambda: look.session.scalar(query) is not None)


def _duty_key(duty: Duty) -> tuple[object, ...]:
    return "duties", duty.site, duty.on, duty.kind
