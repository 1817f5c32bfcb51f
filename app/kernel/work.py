"""What queries and handlers work with: a session, who asks, when, for which office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from app.clock import Clock, Instant
from app.errors import Refused
from app.kernel.identity import OfficeIdentity
from app.kernel.kept import Keeping
from app.kernel.permissions import Actor
from app.kernel.safe import Safe
from app.models.many_rows import store_row
from app.models.records import SecurityEvent
from app.models.schema import shared_classes
from app.rules.policy.pack import Pack

Found = TypeVar("Found")


class Progress(Protocol):
    """How a long task says how far it is; `step` raises Cancelled when the person stopped it."""

    def step(self, done: int, total: int, words: str) -> None: ...


class Silent:
    """Progress nobody watches."""

    def step(self, done: int, total: int, words: str) -> None:
        """Report nothing."""


DONE, TRIED, NOTHING = "done", "tried", "nothing"
"""What a command came to, beside a refusal's code: done, tried out without storing anything, stored nothing."""


@dataclass(frozen=True)
class Disclosure:
    """Personal data that leaves the screen on paper or in a file. period: as asked for; rows: how many people or records."""

    what: str
    period: str
    rows: int
    subjects: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Look:
    """What a query works with: a session that cannot write, who asks, when, for which office."""

    session: Session
    actor: Actor
    now: Instant
    office: OfficeIdentity
    pack: Pack
    safe: Safe
    disclosed: list[Disclosure] = field(default_factory=list)
    """Put on record when the look ends, before anybody is handed what was looked at."""
    known: dict[Any, Any] | None = None
    """What was found already, as long as nothing can change it; None where anything may. A query sees one state of the
    database, so it has one from the beginning."""
    keeping: Keeping | None = None
    """What is kept beyond this request; None where nothing is."""

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """While the block lasts, what it asks again is found once: it changes nothing that its questions rest on."""
        before, self.known = self.known, {} if self.known is None else self.known
        try:
            yield
        finally:
            self.known = before

    def once(self, key: tuple[Any, ...], find: Callable[[], Found]) -> Found:
        """What find() gives; where several ask the same, it is found once. A refusal is not kept."""
        if self.known is None:
            return find()
        if key not in self.known:
            self.known[key] = find()
        found: Found = self.known[key]
        return found

    def lasting(self, key: tuple[Any, ...], find: Callable[[], Found]) -> Found:
        """What find() gives, kept for later requests until a commit touches a table it was read from.

        For what is dear to find. It must rest on the database, the office and the pack alone, on no clock and no
        actor, hold no row, and be changed by nobody.
        """
        if self.keeping is None:
            return find()
        found: Found = self.keeping.answer(key, find)
        return found

    def among(
        self,
        many: tuple[Any, ...],
        one: Any,
        find: Callable[[], Found | None],
        find_all: Callable[[], Mapping[Any, Found]],
    ) -> Found | None:
        """What find() gives of `one`; where many rows each ask for another (an import), find_all() gives all there
        are of the kind `many`, by key."""
        return find()

    def noted(self, key: tuple[Any, ...]) -> Sequence[Any]:
        """What was noted under that key, the newest last, where rows wait to be stored together and no statement
        sees them yet (an import); nothing anywhere else."""
        return ()

    def disclose(self, what: str, *, period: str = "", rows: int = 1, subjects: tuple[str, ...] = ()) -> None:
        """Say that personal data is about to leave the screen; ids only as subjects, nothing personal in the words."""
        self.disclosed.append(Disclosure(what, period, rows, subjects))


@dataclass(kw_only=True)
class Work(Look):
    """What a handler works with; add() stores a row as this office's own."""

    clock: Clock
    progress: Progress
    why: str = ""
    outcome: str = DONE
    subjects: list[str] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        """Store a new row with this office as its one writer; returns it with its id."""
        row.writer = self.office.code
        self.session.flush()
        store_row(self.session, row)
        self.subjects.append(str(row.id))
        return row

    def put(self, table: type[Any], **values: Any) -> str:
        """Store a new row of a table from its values, as add() does; its id."""
        return str(self.add(table(**values)).id)

    def note(self, key: tuple[Any, ...], value: Any) -> None:
        """Let later rows of an import see one that waits to be stored (see noted)."""

    def mine(self, row: Any) -> Any:
        """The row, if this office wrote it; raises Refused E903 otherwise."""
        if row.writer != self.office.code:
            raise Refused(
                "E903", "这条记录由其他单位登记，本单位不能改动。请由原单位更正，或另行登记审核意见。"
            )
        self.subjects.append(str(row.id))
        return row

    def alarm(self, kind: str, detail: str) -> None:
        """Leave a security entry that somebody must dismiss."""
        self.session.add(
            SecurityEvent(at=self.now.at, kind=kind, actor=self.actor.name, detail=detail, is_alarm=True)
        )


@dataclass(frozen=True)
class Done:
    """What a command returned, and the tables it touched."""

    value: Any
    touched: frozenset[str]


def shared_row(work: Look, table_name: str, row_id: str) -> Any:
    """The row of a shareable table by its id, or None."""
    return work.session.get(shared_classes()[table_name], row_id)
