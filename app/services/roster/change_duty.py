"""Changes a published duty without touching it: 取消, 换人 or 改时, with who, when and why (Y22a)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.dates import TimeRange
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Duty, RosterChange
from app.models.organisation import Site
from app.rules.roster.checks import BLOCKING, find_problems
from app.services.reading.duties import duty_views, superseded_ids
from app.services.reading.roster import gather_facts
from app.services.returns.answer_return import answer_by_correction
from app.services.roster.entry import need_duty, need_linked_person, range_problems, sorted_ranges
from app.services.roster.rights import need_roster_site
from app.services.roster.versions import add_version, next_number
from app.values import ChangeKind, Month


@dataclass(frozen=True)
class ChangeDuty:
    """A change of a published duty; person_id for 换人, ranges and perhaps another day of the month for 改时."""

    duty_id: str
    kind: ChangeKind
    reason: str
    person_id: str = ""
    ranges: tuple[TimeRange, ...] = ()
    on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """A reason always; a person or hours as the kind needs."""
        if not self.reason.strip():
            yield Problem("reason", "请填写变更原因，变更要留下何人、何时、为何。", "E406")
        if self.kind == ChangeKind.swap and not self.person_id:
            yield Problem("person_id", "请选择由谁接替。", "E475")
        if self.kind == ChangeKind.retime:
            yield from range_problems(self.ranges)


@dataclass(frozen=True)
class Changed:
    """The duty that now stands ("" after 取消) and the version that says so."""

    new_duty_id: str
    number: int
    is_late: bool
    check_code: str


@handles(ChangeDuty, title="变更已发布班次", permission=Permission.PUBLISH_ROSTER)
def change_duty(work: Work, command: ChangeDuty) -> Changed:
    """The new state, published at once. Raises Refused E401, E403, E406, E408, E419, E471 … E474, E475, E476."""
    old = need_duty(work, command.duty_id)
    _need_standing(work, old)
    site = need_roster_site(work, old.site)
    month = Month.of(old.on)
    number = next_number(work, site.id, month)
    new = _successor(work, command, old, month, number)
    work.add(
        RosterChange(
            site=old.site,
            duty_id=old.id,
            kind=ChangeKind(command.kind).value,
            new_duty_id=new.id if new else "",
            reason=command.reason.strip(),
            changed_at=work.now.at,
            changed_by=work.actor.display_name or work.actor.name,
        )
    )
    answer_by_correction(work, [(Duty.__tablename__, old.id)], command.reason)
    if new is not None:
        _refuse_clash(work, site, month, new.id)
    touched = duty_views(work, [old] if new is None else [old, new])
    version = add_version(work, site, month, number, [view.starts_at for view in touched])
    return Changed(new.id if new else "", number, version.is_late, version.check_code)


def _need_standing(work: Work, duty: Duty) -> None:
    if duty.version is None:
        raise Refused("E408", "这一班还是草稿，直接修改或删除即可，不必登记变更。")
    if superseded_ids(work, [duty.id]):
        raise Refused("E408", "这一班已经变更或取消，请刷新后对现行班次办理。")


def _successor(work: Work, command: ChangeDuty, old: Duty, month: Month, number: int) -> Duty | None:
    """The duty that takes the old one's place."""
    if command.kind == ChangeKind.cancel:
        return None
    is_swap = command.kind == ChangeKind.swap
    on = command.on or old.on
    if on not in month:
        raise Refused("E476", "改时只能在本月之内；要改到别的月份，请先取消，再在那个月另排。", field="on")
    person = need_linked_person(work, command.person_id) if is_swap else old.person_id
    ranges = sorted_ranges(command.ranges) if command.ranges else old.ranges
    new: Duty = work.add(
        Duty(
            site=old.site,
            on=on,
            kind=old.kind,
            person_id=person,
            ranges=ranges,
            version=number,
            note=old.note,
        )
    )
    return new


def _refuse_clash(work: Work, site: Site, month: Month, duty_id: str) -> None:
    facts = gather_facts(work, month, [site])[site.id]
    found = [p for p in find_problems(facts) if p.duty_id == duty_id and p.code in BLOCKING]
    if found:
        raise Refused.of(Problem("", problem.text, problem.code) for problem in found)
