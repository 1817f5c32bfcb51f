"""What the rows of a sheet are read and checked with: lookups are made once, new rows wait to be stored together.

It needs no transaction that writes. What it found is asked again in the one that stores, as far as others wrote
meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.clock import Clock, new_id
from app.errors import Refused
from app.kernel.work import Found, Look, Progress, Work
from app.models.base import Base
from app.models.commits import last_commit, touched_since
from app.models.many_rows import defaults_beside, stored_tuple, values_of
from app.models.records import JournalEntry

Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Lookup:
    """What a lookup gave (a refusal too), how to make it again, and the tables it read."""

    value: Any
    find: Callable[[], Any]
    tables: frozenset[str]


@dataclass(kw_only=True)
class Taking(Work):
    """Work whose new rows are kept, not stored. used: the tables that its session has read, filled as it reads."""

    used: set[str]
    kept: list[tuple[type[Base], tuple[Any, ...]]] = field(default_factory=list)
    """The new rows, as they are to be stored."""
    _lookups: dict[Key, _Lookup] = field(default_factory=dict)
    _notes: dict[Key, list[Any]] = field(default_factory=lambda: defaultdict(list))
    _order: list[Key] = field(default_factory=list)
    _last: int = 0

    @classmethod
    def beside(cls, look: Look, clock: Clock, progress: Progress, used: set[str]) -> Taking:
        """One that reads in the session of a look, for the same person, time and office."""
        return cls(
            session=look.session,
            actor=look.actor,
            now=look.now,
            office=look.office,
            pack=look.pack,
            safe=look.safe,
            clock=clock,
            progress=progress,
            used=used,
        )

    def __post_init__(self) -> None:
        self._last = last_commit(self.session.connection())
        self.used.discard(JournalEntry.__tablename__)

    def once(self, key: Key, find: Callable[[], Found]) -> Found:
        lookup = self._lookups.get(key)
        if lookup is None:
            lookup = self._lookups[key] = self._look_up(find)
        if isinstance(lookup.value, Refused):
            raise Refused.of(lookup.value.problems)
        found: Found = lookup.value
        return found

    def among(
        self,
        many: Key,
        one: Any,
        find: Callable[[], Found | None],
        find_all: Callable[[], Mapping[Any, Found]],
    ) -> Found | None:
        return self.once(many, find_all).get(one)

    def noted(self, key: Key) -> Sequence[Any]:
        return self._notes.get(key, ())

    def note(self, key: Key, value: Any) -> None:
        self._notes[key].append(value)
        self._order.append(key)

    def put(self, table: type[Base], **values: Any) -> str:
        made: str = values.setdefault("id", new_id())
        values["writer"] = self.office.code
        self._keep(table, values)
        return made

    def add(self, row: Any) -> Any:
        row.writer = self.office.code
        given = {name: value for name, value in values_of(row).items() if value is not None}
        missing = defaults_beside(type(row), given)
        for name, value in missing.items():
            setattr(row, name, value)
        self._keep(type(row), given | missing)
        return row

    def mark(self) -> tuple[int, int, int]:
        """How far it has come, for take_back()."""
        return len(self.kept), len(self._order), len(self.subjects)

    def take_back(self, mark: tuple[int, int, int]) -> None:
        """Forget what was kept and noted since."""
        kept, noted, subjects = mark
        del self.kept[kept:], self.subjects[subjects:]
        while len(self._order) > noted:
            self._notes[self._order.pop()].pop()

    def still_holds(self, session: Session) -> bool:
        """Whether everything that was read is still so, seen from a later transaction."""
        touched = touched_since(session.connection(), self._last)
        if touched & self.used:
            return False
        self.session = session
        affected = [one for one in self._lookups.values() if one.tables & touched]
        return all(_plain(self._look_up(one.find).value) == _plain(one.value) for one in affected)

    def _keep(self, table: type[Base], values: dict[str, Any]) -> None:
        self.kept.append((table, stored_tuple(table, values)))
        self.subjects.append(str(values["id"]))

    def _look_up(self, find: Callable[[], Any]) -> _Lookup:
        before = set(self.used)
        self.used.clear()
        try:
            value = find()
        except Refused as refusal:
            value = refusal
        tables = frozenset(self.used)
        self.used.clear()
        self.used |= before
        return _Lookup(value, find, tables)


def _plain(value: Any) -> Any:
    """A value that can be compared with one read in another session."""
    if isinstance(value, Base):
        return type(value), values_of(value)
    if isinstance(value, Refused):
        return Refused, value.problems
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
