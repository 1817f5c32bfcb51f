"""What sheets of spot checks and complaints share: when, where and to whom it happened, and when a row must stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select

from app.clock import local_to_utc
from app.errors import Refused
from app.kernel.work import Work
from app.models.duties import Decision
from app.services.attendance.freeze import SETTLED, frozen_state
from app.services.importing.cells import read_moment
from app.services.importing.kind import Cells
from app.services.reading.people import find_person
from app.services.reading.sites import find_site
from app.services.reading.voids import not_voided
from app.values import Month

Wanted = TypeVar("Wanted")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Occasion:
    """at: naive local time."""

    at: datetime
    site: str
    person_id: str


def read_occasion(work: Work, cells: Cells, *, person: str) -> Occasion:
    """Columns 时间, 站点, 执业证号 and that of the person. Raises Refused E210, E211 and those of sites and people."""
    at = read_moment(cells, "时间")
    assert at is not None, "a row without a needed cell is refused before"
    site = find_site(work, cells["站点"]).id
    return Occasion(at, site, find_person(work, cells[person], cells["执业证号"], field=person).id)


def store_named(
    work: Work, wanted: Wanted, store: Callable[[Work, Wanted], Row], headings: Mapping[str, str]
) -> Row:
    """The row that was stored; a refusal names the sheet's column, 时间 where none is known for its field."""
    try:
        return store(work, wanted)
    except Refused as fault:
        field = headings.get(fault.problems[0].field, "时间")
        raise Refused(fault.code, fault.message, field=field) from fault


def held_at(work: Work, table: type[Any], wanted: Any) -> list[Any]:
    """The rows of a table that stand for the same person, site and minute, those of this sheet included."""
    month, at = Month.of(wanted.at.date()), local_to_utc(wanted.at)
    key = (table.__tablename__, wanted.site, wanted.person_id, at)

    def find() -> dict[tuple[str, datetime], list[Any]]:
        rows = select(table).where(
            table.site == wanted.site,
            table.on.between(month.first_day, month.last_day),
            not_voided(table),
        )
        found: dict[tuple[str, datetime], list[Any]] = {}
        for row in work.session.scalars(rows):
            found.setdefault((row.person_id, row.at), []).append(row)
        return found

    stored = work.once((table.__tablename__, wanted.site, month), find).get(key[2:], [])
    return [*stored, *work.noted(key)]


def note_held(work: Work, row: Any) -> None:
    """Let later rows of the sheet find this one."""
    work.note((row.__tablename__, row.site, row.person_id, row.at), row)


def judged_otherwise(what: str, heading: str) -> Refused:
    """A row that is there without this judgement: storing it again would count it twice."""
    return Refused(
        "E238",
        f"这条{what}已经登记，但没有这样认定。请在“督导”页或异常清单里审定，不要重复导入。",
        field=heading,
    )


def why_it_stays(work: Work, row_id: str, site: str, on: date, decided: str) -> str:
    """Why a row cannot be undone: its month is settled, or somebody ruled on it (`decided` says so); "" if it can."""
    if frozen_state(work, site, Month.of(on)) == SETTLED:
        return f"{Month.of(on)} 已结算。"
    if work.session.scalar(select(Decision.id).where(Decision.subject_id == row_id).limit(1)):
        return f"{on} 的{decided}。"
    return ""
