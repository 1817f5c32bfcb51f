"""The declarative base, the column types that store plain integers and texts, and what makes a row shareable."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import orjson
from sqlalchemy import Boolean, Column, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.clock import new_id
from app.models.shapes import DATE, ID, INSTANT, LOCAL_TIME, TEXTS, YES_NO
from app.models.travelling import shared
from app.values import Level

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of an office's database."""

    metadata = MetaData(naming_convention=NAMING)


class UtcText(TypeDecorator[datetime]):
    """An aware UTC instant, stored as sortable text with microseconds and a Z."""

    impl = String(27)
    cache_ok = True
    shape = INSTANT

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class LocalText(TypeDecorator[datetime]):
    """A naive local time of the office's zone, stored as sortable text to the second."""

    impl = String(19)
    cache_ok = True
    shape = LOCAL_TIME

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%S")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class DateText(TypeDecorator[date]):
    """A local calendar date, stored as YYYY-MM-DD."""

    impl = String(10)
    cache_ok = True
    shape = DATE

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """A yes or no, stored as 1 or 0; in a condition it stands by itself on every engine."""

    impl = Boolean
    cache_ok = True
    shape = YES_NO

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer())  # type: ignore[no-any-return]

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> bool | None:
        return None if value is None else bool(value)


def is_stored_as_number(column: Column[Any]) -> bool:
    """Whether the column holds whole numbers, flags among them, and no text."""
    return isinstance(column.type, Flag) or isinstance(getattr(column.type, "impl", column.type), Integer)


class JsonText(TypeDecorator[Any]):
    """A small list or mapping, stored as JSON text with sorted keys."""

    impl = String
    cache_ok = True
    shape = TEXTS

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else orjson.loads(value)


@dataclass(frozen=True)
class Audience:
    """Who receives a table's rows, by the level of the office that writes them; city "": as every bureau.

    up: the parent office. down: all children. site: the one child that the row's `site` is or lies below
    (local when it is the writing office's own site). local: nobody.
    """

    station: str
    bureau: str
    city: str = ""

    def of(self, level: str) -> str:
        """Who receives the rows that an office of this level (市 县 站) writes."""
        if level == Level.station.value:
            return self.station
        return self.city if self.city and level == Level.city.value else self.bureau


class Shared:
    """A row that has one writer and enters the change log whenever it changes; its columns are made by `shared`."""

    audience: ClassVar[Audience]
    title: ClassVar[str]
    """The Chinese name of such records."""
    counted_as: ClassVar[str] = ""
    """The control sum that counts these rows; most are counted by their table alone."""
    id_of: ClassVar[str] = ""
    """Name of the table whose row's id this row's id is: only that row's writer may write it."""

    id: Mapped[str] = shared("编号", String(64), shape=ID, primary_key=True, default=new_id)
    writer: Mapped[str] = shared("登记单位", String(16))
    """Code of the office that wrote the row; no other office ever changes it."""
