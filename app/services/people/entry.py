"""What is typed about a person of the pool: its fields, how they are cleaned, and what is refused at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.errors import Problem
from app.identity import judge_id
from app.text import clean, clean_number

EARLIEST_PRACTICE = 1979
MOST_YEARS = 60
LONGEST_NAME = 50
F = TypeVar("F", bound="PersonFields")


@dataclass(frozen=True, kw_only=True)
class PersonFields:
    """The facts of a person that both entering and correcting take; kind is a PersonKind's word (Y08).

    phone and id_number None: left as they are (a correction does not see them in clear).
    """

    name: str = ""
    kind: str = ""
    is_public_servant: bool = False
    organisation: str = ""
    licence: str = ""
    qualification: str = ""
    years_of_service: int | None = None
    phone: str | None = None
    specialties: tuple[str, ...] = ()
    practice_since: int | None = None
    id_number: str | None = None
    relaxed_approval: str = ""

    def problems(self) -> Iterable[Problem]:
        """A name, a kind, plausible years, an identity number that can be one (P39)."""
        if not clean(self.name) or len(clean(self.name)) > LONGEST_NAME:
            yield Problem("name", f"请填写姓名，最多 {LONGEST_NAME} 个字。", "E432")
        if not self.kind:
            yield Problem("kind", "请选择人员类别。", "E433")
        if self.years_of_service is not None and not 0 <= self.years_of_service <= MOST_YEARS:
            yield Problem("years_of_service", f"业务年限请填 0 至 {MOST_YEARS} 的整数。", "E434")
        yield from judge_id(self.id_number or "").problems


def cleaned(fields: F) -> F:
    """The same facts as they are stored: blanks and invisible marks gone, numbers in plain digits. Raises E213."""
    return replace(
        fields,
        name=clean(fields.name),
        organisation=clean(fields.organisation),
        licence=clean_number(fields.licence),
        qualification=clean_number(fields.qualification),
        relaxed_approval=clean(fields.relaxed_approval),
        phone=None if fields.phone is None else clean_number(fields.phone),
        id_number=None if fields.id_number is None else judge_id(fields.id_number).number,
        specialties=tuple(dict.fromkeys(clean(one) for one in fields.specialties if clean(one))),
    )


def dated_problems(fields: PersonFields, today: date) -> Iterable[Problem]:
    """What only the calendar can tell: a birth or a first year of practice in the future."""
    yield from judge_id(fields.id_number or "", today=today).problems
    since = fields.practice_since
    if since is not None and not EARLIEST_PRACTICE <= since <= today.year:
        yield Problem(
            "practice_since", f"执业起始年请填 {EARLIEST_PRACTICE} 至 {today.year} 的年份。", "E435"
        )
