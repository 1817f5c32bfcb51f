"""Names a record that may be sent back in a few words, and says whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.clock import local
from app.dates import month_day_text, time_text
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.models.duties import Duty, Punch
from app.models.service_desk import Consultation
from app.services.reading.names import names_of
from app.services.reading.people import person_links
from app.services.reading.rulings import in_parts
from app.services.reading.sent_back import Record

RETURNABLE: dict[str, type[Any]] = {
    "consultation": Consultation,
    "duty": Duty,
    "punch": Punch,
    "case": LegalCase,
}
"""What may be sent back, as the command line names it."""
ATTENDANCE = (Duty.__tablename__, Punch.__tablename__)


@dataclass(frozen=True, kw_only=True)
class OfRecord:
    """A record without a client's name. on: YYYY-MM-DD. case: the 案号 or id to open a case by. what "": it is not here."""

    what: str = ""
    site: str = ""
    writer: str = ""
    on: str = ""
    person_id: str = ""
    case: str = ""
    is_attendance: bool = False

    def is_attendance_of(self, site: str, on: str, person_id: str) -> bool:
        """Whether it is a duty or punch of that person, site and day."""
        return self.is_attendance and (self.site, self.on, self.person_id) == (site, on, person_id)


def of_records(look: Look, records: Iterable[Record]) -> dict[Record, OfRecord]:
    """What each record is; one that is not here has no words."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for table, row_id in records:
        wanted[table].add(row_id)
    found = {(table, row_id): OfRecord() for table, ids in wanted.items() for row_id in ids}
    for kind in RETURNABLE.values():
        rows = [
            row
            for part in in_parts(wanted.get(kind.__tablename__, ()))
            for row in look.session.scalars(select(kind).where(kind.id.in_(part)))
        ]
        found |= {(kind.__tablename__, row.id): one for row, one in _named(look, kind, rows)}
    return found


def _named(look: Look, kind: type[Any], rows: list[Any]) -> list[tuple[Any, OfRecord]]:
    if kind is LegalCase:
        return [(row, _case(look, row)) for row in rows]
    linked = person_links(look)
    names = names_of(look, {linked.get(row.person_id, row.person_id) for row in rows})
    found = []
    for row in rows:
        name = names.get(linked.get(row.person_id, row.person_id), "")
        words = _words(row, name)
        found.append((row, OfRecord(
            what=words, site=row.site, writer=row.writer, on=f"{row.on}", person_id=row.person_id,
            is_attendance=kind.__tablename__ in ATTENDANCE,
        )))  # fmt: skip
    return found


def _words(row: Any, name: str) -> str:
    day = month_day_text(row.on)
    if isinstance(row, Consultation):
        return f"第 {row.number} 号咨询　{day}　{name}"
    if isinstance(row, Punch):
        return f"{name}　{day}　{'签到' if row.direction == 'in' else '签退'} {time_text(local(row.at))}"
    return f"{name}　{day}　值班"


def _case(look: Look, row: LegalCase) -> OfRecord:
    kept = look.session.get(CaseStandingRow, row.id)
    number = kept.number if kept is not None else ""
    application = f"{row.received_on.year}-{row.serial:04d}"
    words = f"案件 {number or f'申请 {application}'}　{month_day_text(row.received_on)}收到"
    return OfRecord(
        what=words,
        site=row.site,
        writer=row.writer,
        on=f"{row.received_on}",
        case=row.id,
    )
