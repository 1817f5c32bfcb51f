"""Registers one visit or call for the person on duty; what is missing is named, not refused (Y10, Q02)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from app.clock import local, local_to_utc
from app.errors import Problem, Refused
from app.identity import phone_warnings
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.bare_rows import bare_columns, bare_rows
from app.models.organisation import Person
from app.models.service_desk import Consultation
from app.services.attendance.entry_checks import refuse_future
from app.services.attendance.freeze import refuse_if_frozen
from app.services.consultations.entry import ENTRY_FIELDS, ConsultationEntry, Judged, judged
from app.services.consultations.find import need_consultation
from app.services.consultations.on_duty import people_on_duty
from app.services.consultations.rate_consultation import add_rating, rating_problems
from app.services.consultations.required import missing_items
from app.services.reading.sites import find_site, may_write_for
from app.services.reading.voids import not_voided
from app.values import RatingChannel

LARGEST_SERIAL = 9_999_999
_REGISTER = bare_columns(Consultation)
_LAST_SERIAL = select(func.max(_REGISTER.serial)).where(_REGISTER.site == bindparam("site"))


@dataclass(frozen=True, kw_only=True)
class RecordConsultation(ConsultationEntry):
    """A new record. at: naive local time, None for now. site: "" for this office's own.

    person_id: "" for the person on duty then. rating: the client's word, "" while nobody rated. same_client_as: an earlier record whose telephone and identity number
    stand in for those left empty, so that they need not be shown. number: "" for the site's next.
    """

    at: datetime | None = None
    site: str = ""
    person_id: str = ""
    same_client_as: str = ""
    number: str = ""
    rating: str = ""

    def problems(self) -> Iterable[Problem]:
        """A rating is one of the three words."""
        return rating_problems(self.rating) if self.rating else ()


@dataclass(frozen=True)
class Recorded:
    """The new record, the required items it lacks, and what should be looked at again."""

    id: str
    number: str
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@handles(RecordConsultation, title="登记咨询", permission=Permission.RECORD_CONSULTATION)
def record_consultation(work: Work, command: RecordConsultation) -> Recorded:
    """The record made. Raises Refused E110, E111, E120, E203, E204, E213, E240 … E245, E420, E421."""
    return enter_consultation(work, command)


def enter_consultation(work: Work, command: RecordConsultation) -> Recorded:
    """Store a record; for handlers that register as a part of their work (the kiosk)."""
    row, found = enter_row(work, command)
    return Recorded(row.id, row.number, tuple(row.missing), warnings_of(found))


def enter_row(work: Work, command: RecordConsultation) -> tuple[Consultation, Judged]:
    """Store a record; the row itself and how its entry was judged, for imports."""
    site = find_site(work, command.site, field="site").id if command.site else work.office.own_site
    now = local(work.now.at)
    at = command.at or now - timedelta(microseconds=now.microsecond)
    refuse_other_register(work, site)
    refuse_future(work, at, field="at")
    refuse_if_frozen(work, site, at.date(), field="at")
    found = judged(borrowed(work, bare_entry(command), command.same_client_as), at.date())
    person_id = pool_person(work, command.person_id) if command.person_id else person_on_duty(work, site, at)
    row = _store(work, command, found, site, at, person_id)
    if command.rating:
        add_rating(work, row, command.rating, RatingChannel.desk)
    return row, found


def bare_entry(command: ConsultationEntry) -> ConsultationEntry:
    """The entry alone, without what a command adds to it."""
    return ConsultationEntry(**{name: getattr(command, name) for name in ENTRY_FIELDS})


def borrowed(look: Look, entry: ConsultationEntry, same_client_as: str) -> ConsultationEntry:
    """The entry with the earlier record's telephone and identity number where its own are empty."""
    if not same_client_as:
        return entry
    earlier = need_consultation(look, same_client_as)
    number = entry.id_number or ("" if entry.is_id_refused else earlier.id_number or "")
    return replace(entry, phone=entry.phone or earlier.phone or "", id_number=number)


def warnings_of(found: Judged) -> tuple[str, ...]:
    """What is unusual and nevertheless stored."""
    return (*found.identity.warnings, *phone_warnings(found.entry.phone))


def refuse_other_register(look: Look, site: str) -> None:
    """Raises Refused E240 where another office keeps the site's register."""
    if not may_write_for(look, site):
        raise Refused(
            "E240",
            "这个站点的服务由它自己的办公点登记，本单位只能审核和查看。请由该站登记后上报。",
            field="site",
        )


def next_serial(look: Look, site: str) -> int:
    """The number the site's register goes on with."""
    last: int | None = look.once(
        ("last serial", site), lambda: bare_rows(look.session, _LAST_SERIAL, {"site": site}).scalar()
    )
    made: Sequence[int] = look.noted(("last serial", site))
    return max(last or 0, made[-1] if made else 0) + 1


def stored_values(entry: ConsultationEntry) -> dict[str, object]:
    """The columns of the row that hold a cleaned entry; personal text that is empty is not stored at all."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    personal = ("client_name", "sex", "id_number", "phone", "village", "content", "answer")
    return (
        values
        | {name: values[name] or None for name in personal}
        | {"groups": list(entry.groups), "topics": list(entry.topics)}
    )


def _store(
    work: Work, command: RecordConsultation, found: Judged, site: str, at: datetime, person_id: str
) -> Consultation:
    goes_on = next_serial(work, site)
    serial = _serial(work, site, command.number, goes_on)
    row: Consultation = work.add(
        Consultation(
            site=site,
            serial=serial,
            number=command.number or f"{serial:04d}",
            at=local_to_utc(at),
            on=at.date(),
            person_id=person_id,
            id_kind=found.identity.kind,
            recorded_by=work.actor.account,
            missing=list(missing_items(found.entry, work.pack.required_items)),
            **stored_values(found.entry),
        )
    )
    work.note(("serial", site, serial), serial)
    work.note(("last serial", site), max(serial, goes_on - 1))
    return row


def _serial(work: Work, site: str, number: str, goes_on: int) -> int:
    """A given number of digits is its own serial, so that the register goes on after it; else the number it goes on
    with."""
    if number.isascii() and number.isdigit() and 0 < int(number) <= LARGEST_SERIAL:
        wanted = int(number)
        if not _is_taken(work, site, wanted):
            return wanted
    return goes_on


def _is_taken(work: Work, site: str, serial: int) -> bool:
    """Whether a standing record of the register bears the number."""
    standing = select(Consultation.serial).where(Consultation.site == site, not_voided(Consultation))
    found = work.among(
        ("serials", site),
        serial,
        lambda: work.session.scalar(standing.where(Consultation.serial == serial).limit(1)),
        lambda: {one: one for one in work.session.scalars(standing)},
    )
    return found is not None or bool(work.noted(("serial", site, serial)))


def pool_person(work: Work, person_id: str) -> str:
    """The id of somebody of the pool. Raises Refused E245."""
    if work.session.get(Person, person_id) is None:
        raise Refused("E245", "值班人员库里没有这个人，请从列表里重新选择值班人员。", field="person_id")
    return person_id


def person_on_duty(work: Work, site: str, at: datetime) -> str:
    """Who is likeliest on duty at the moment, a naive local time. Raises Refused E244 where nobody is."""
    people = people_on_duty(work, site, at)
    if not people:
        raise Refused(
            "E244", f"{at:%Y-%m-%d}本站没有人值班，不知道记录归谁。请选择值班人员。", field="person_id"
        )
    return people[0].id
