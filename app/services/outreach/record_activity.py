"""Registers a service beside consultations and corrects one with its reason (Q04, G04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.clock import local, local_to_utc
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.outreach import Activity
from app.models.service_desk import Consultation
from app.rules.duty.evidence import distance
from app.services.attendance.entry_checks import refuse_future
from app.services.consultations.find import need_consultation
from app.services.consultations.record_consultation import person_on_duty, pool_person, refuse_other_register
from app.services.outreach.activity_entry import ACTIVITY_FIELDS, ActivityEntry, judged_activity
from app.services.reading.duties import duties_in_force
from app.services.reading.people import same_person
from app.services.reading.sites import find_site
from app.services.reading.voids import not_voided, void_of
from app.text import clean


@dataclass(frozen=True, kw_only=True)
class RecordActivity(ActivityEntry):
    """A new service. at: naive local time, None for now. site: "" for this office's own. person_id: "" for whoever is
    on duty then. number: that of the consultation it goes with. same_visit_as: an activity of the same visit, whose
    time, site, person, village and place stand where these are left out (多件事一次办)."""

    at: datetime | None = None
    site: str = ""
    person_id: str = ""
    number: str = ""
    same_visit_as: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectActivity:
    """The activity, why it is corrected, and the new values; None leaves one as it is. at: naive local time."""

    id: str
    reason: str
    at: datetime | None = None
    person_id: str | None = None
    number: str | None = None
    kind: str | None = None
    village: str | None = None
    place: str | None = None
    reached: int | None = None
    matter: str | None = None
    outcome: str | None = None
    document: str | None = None
    pages: int | None = None

    def problems(self) -> Iterable[Problem]:
        """A correction says why."""
        if not clean(self.reason):
            yield Problem("reason", "请写明更正的原因，原记录会保留。", "E247")


@handles(RecordActivity, title="登记服务活动", permission=Permission.RECORD_CONSULTATION)
def record_activity(work: Work, command: RecordActivity) -> str:
    """Its id. Raises Refused E120, E240, E244, E245, E256, E257, E258, E420, E421."""
    return store_activity(work, command).id


def store_activity(work: Work, command: RecordActivity) -> Activity:
    """Store one; also for imports. Raises what record_activity raises."""
    first = need_activity(work, command.same_visit_as) if command.same_visit_as else None
    wanted = _of_same_visit(command, first) if first is not None else command
    site = find_site(work, wanted.site, field="site").id if wanted.site else work.office.own_site
    now = local(work.now.at)
    at = wanted.at or now - timedelta(microseconds=now.microsecond)
    refuse_other_register(work, site)
    refuse_future(work, at, field="at")
    entry = judged_activity(ActivityEntry(**{name: getattr(wanted, name) for name in ACTIVITY_FIELDS}))
    record = _record(work, site, wanted.number)
    person_id = pool_person(work, wanted.person_id) if wanted.person_id else person_on_duty(work, site, at)
    row: Activity = work.add(
        Activity(
            site=site,
            at=local_to_utc(at),
            on=at.date(),
            person_id=person_id,
            duty_id=_duty(work, site, at, person_id),
            visit=(first.visit or first.id) if first is not None else "",
            consultation_id=record,
            recorded_by=work.actor.account,
            entered_at=work.now.at,
            **_stored(entry),
        )
    )
    return row


@handles(CorrectActivity, title="更正服务活动", permission=Permission.RECORD_CONSULTATION)
def correct_activity(work: Work, command: CorrectActivity) -> str:
    """Its id; the change log keeps what stood there. Raises Refused E120, E245, E248, E256 … E258, E903."""
    row = work.mine(need_activity(work, command.id))
    at = command.at or local(row.at)
    refuse_future(work, at, field="at")
    said = {name: getattr(command, name) for name in ACTIVITY_FIELDS}
    entry = judged_activity(
        replace(activity_in(row), **{name: value for name, value in said.items() if value is not None})
    )
    person_id = row.person_id if command.person_id is None else pool_person(work, command.person_id)
    is_moved = (at, person_id) != (local(row.at), row.person_id)
    values = _stored(entry) | {
        "at": local_to_utc(at),
        "on": at.date(),
        "person_id": person_id,
        "duty_id": _duty(work, row.site, at, person_id) if is_moved else row.duty_id,
    }
    if command.number is not None:
        values["consultation_id"] = _record(work, row.site, command.number)
    if all(getattr(row, name) == value for name, value in values.items()):
        raise Refused("E248", "没有改动任何内容，不需要更正。")
    for name, value in values.items():
        setattr(row, name, value)
    row.revision, row.revision_reason = row.revision + 1, clean(command.reason)
    return str(row.id)


def need_activity(look: Look, row_id: str) -> Activity:
    """The activity of that id, which nobody took back. Raises Refused E257."""
    row = look.session.get(Activity, row_id)
    if row is None or void_of(look, row) is not None:
        raise Refused("E257", "没有找到这次服务活动，或者已经作废，请刷新列表后再试。")
    return row


def activity_in(row: Activity) -> ActivityEntry:
    """What a stored activity says, as an entry."""
    values: dict[str, Any] = {name: getattr(row, name) for name in ACTIVITY_FIELDS}
    plain: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    return ActivityEntry(**plain)


def _stored(entry: ActivityEntry) -> dict[str, Any]:
    """The columns of the row; personal text that is empty is not stored at all."""
    values = {name: getattr(entry, name) for name in ACTIVITY_FIELDS}
    return values | {name: values[name] or None for name in ("matter", "outcome")}


def _of_same_visit(command: RecordActivity, first: Activity) -> RecordActivity:
    return replace(
        command,
        at=command.at or local(first.at),
        site=command.site or first.site,
        person_id=command.person_id or first.person_id,
        village=command.village or first.village,
        place=command.place or first.place,
    )


def _record(work: Work, site: str, number: str) -> str:
    """The id of the site's consultation of that number, "" for none. Raises Refused E258."""
    wanted = clean(number)
    if not wanted:
        return ""
    query = select(Consultation.id).where(
        Consultation.site == site, Consultation.number == wanted, not_voided(Consultation)
    )
    found = work.session.scalar(query.limit(1))
    if found is None:
        raise Refused("E258", f"本站没有编号 {wanted} 的咨询记录，请核对编号，或者留空。", field="number")
    return need_consultation(work, found).id


def _duty(look: Look, site: str, at: datetime, person_id: str) -> str:
    """The person's published duty of that day at the site, the nearest in time; "" without one."""
    ids = same_person(look, person_id)
    duties = [duty for duty in duties_in_force(look, (at.date(), at.date()), site) if duty.person_id in ids]
    nearest = min(duties, key=lambda duty: (distance(duty.fact(), at), duty.id), default=None)
    return nearest.id if nearest is not None else ""
