"""Counts what other offices' rows hold that this program cannot follow: words it does not know, rows not here yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.kernel.setting_values import readings_of
from app.kernel.work import Look
from app.models.readings import PackReading
from app.models.records import UnknownWord
from app.models.schema import shared_classes, table, table_title
from app.models.travelling import declared_columns
from app.text import display_safe
from app.values import Level


@dataclass(frozen=True)
class Unfollowed:
    """So many rows of a table whose column holds an unknown word, or names a row that is not here."""

    table: str
    column: str
    count: int
    word: str = ""

    @property
    def words(self) -> str:
        """`值班的“值班类别”写作“夜间值班”，3 条`."""
        title = declared_columns(table(self.table))[self.column].title
        written = f"写作“{display_safe(self.word)}”" if self.word else ""
        return f"{table_title(self.table)}的“{title}”{written}，{self.count} 条"


def unknown_words(look: Look) -> tuple[Unfollowed, ...]:
    """By table, column and word; such rows are kept and take no part in computing (case 53)."""
    columns = (UnknownWord.table, UnknownWord.column, UnknownWord.word)
    rows = look.session.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    found = (Unfollowed(name, column, count, word) for name, column, word, count in rows)
    return (*found, *_unknown_readings(look))


def _unknown_readings(look: Look) -> Iterator[Unfollowed]:
    """The bureau's readings that this program's pack does not have, or not with that value: the shipped one holds."""
    values = {row.name: row.value for row in readings_of(look.session, look.office)}
    for name in look.pack.with_readings(values)[1]:
        column, word = ("value", values[name]) if name in look.pack.settings else ("name", name)
        yield Unfollowed(PackReading.__tablename__, column, 1, word)


def dangling_references(look: Look) -> tuple[Unfollowed, ...]:
    """By table and column; a row may come before the row it names, for they travel in streams of their own (case 62)."""
    counted = (
        Unfollowed(name, column, _dangling(look, name, column, to)) for name, column, to in _references()
    )
    return tuple(one for one in counted if one.count)


def _references() -> Iterator[tuple[str, str, str]]:
    """(table, column, the table it names) of every declared reference."""
    for name in sorted(shared_classes()):
        for column, told in declared_columns(table(name)).items():
            if told.refers_to:
                yield name, column, told.refers_to


def _dangling(look: Look, name: str, column: str, to: str) -> int:
    """A row that never leaves its writer's office can only be missed by the writer."""
    own = " AND r.writer = :office" if _stays(to) else ""
    query = text(
        f'SELECT count(*) FROM "{name}" r WHERE r."{column}" <> \'\'{own} '
        f'AND NOT EXISTS (SELECT 1 FROM "{to}" t WHERE t.id = r."{column}")'
    )
    return int(look.session.scalar(query, {"office": look.office.code} if own else {}) or 0)


def _stays(name: str) -> bool:
    audience = shared_classes()[name].audience
    return {audience.of(level.value) for level in Level} == {"local"}
