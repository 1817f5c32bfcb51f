"""The one door: checks the right, opens the transaction, runs the handler, writes journal and change log."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.bundle.limits import ENTRY_BYTES
from app.clock import Clock
from app.errors import Cancelled, Refused
from app.kernel.accounts import present
from app.kernel.database_trouble import READING, told_plainly
from app.kernel.entry_limit import too_long
from app.kernel.found_changes import LeftBehind, SetRight, refuse_left_behind
from app.kernel.handlers import ANSWERS, HANDLERS, TASKS, Handler, follow, handler_of, is_task
from app.kernel.identity import OfficeIdentity
from app.kernel.journal_lines import disclosure_line, journal_line
from app.kernel.kept import Keeping, KeptAnswers
from app.kernel.permissions import SYSTEM, Actor
from app.kernel.safe import Safe
from app.kernel.work import Done, Look, Progress, Silent, Work
from app.kernel.wrong_clock import refuse_wrong_clock
from app.models.case_standings import READINGS
from app.models.changelog import LOG_TABLES, Author, EntryTooLong, drain, noted_rows
from app.models.commits import Commits
from app.models.engine import Database
from app.models.journal_chain import write_line
from app.models.records import JournalEntry, SecurityEvent
from app.models.search_words import follow_changes
from app.models.table_use import TableUse
from app.models.use_option import OPTION
from app.rules.policy.pack import Pack


class Task:
    """What a long task works with: it reads in its own sessions and changes things through commands only."""

    def __init__(self, dispatcher: Dispatcher, actor: Actor, progress: Progress, request: Any):
        self._dispatcher = dispatcher
        self.actor = actor
        self.progress = progress
        self.clock = dispatcher.clock
        self._request = request
        self.touched: frozenset[str] = frozenset()
        self.is_begun = False
        """Whether anything was carried out, and stays even if the task is stopped."""

    def look(self, read: set[str] | None = None) -> AbstractContextManager[Look]:
        """A session that reads, as long as the block lasts (see looking); the tables are added to `read`."""
        return self._dispatcher.looking(self.actor, read, type(self._request).__name__)

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Put a refusal of the block on record, as one of a command is."""
        try:
            yield
        except Refused as refusal:
            self._dispatcher.record_refusal(self._request, self.actor, refusal)
            raise

    def do(self, command: Any) -> Any:
        """Carry out a command as part of the task; its result."""
        done = self._dispatcher.do(command, self.actor, self.progress)
        self.is_begun = True
        self.touched |= done.touched
        return done.value


_JOURNAL = frozenset({JournalEntry.__tablename__})
_EVENTS = frozenset({SecurityEvent.__tablename__})


class Dispatcher:
    """Runs commands one at a time and queries side by side, each with its right checked first."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        safe: Safe,
        identity: Callable[[Session], OfficeIdentity],
        pack: Callable[[Session], Pack],
        commits: Commits,
    ):
        self._database = database
        self.clock = clock
        self._safe = safe
        self._identity = identity
        self._pack = pack
        self._commits = commits
        self._writing = threading.Lock()
        self._kept = KeptAnswers()

    def forget(self) -> None:
        """Keep nothing that was found so far: somebody changed the file outside the program."""
        self._kept.clear()

    def do(self, command: Any, actor: Actor, progress: Progress | None = None) -> Done:
        """Run a command in one transaction. Raises Refused, Cancelled; nothing is changed then."""
        refuse_wrong_clock(self.clock.now())
        if is_task(command):
            return self._perform(command, actor, progress or Silent())
        entry = handler_of(HANDLERS, command)
        # Threads of this process queue here; SQLite's own lock, which gives up after a while, is for other processes.
        with self._writing, told_plainly():
            try:
                return self._run_after_setting_right(entry, command, actor, progress or Silent())
            except Refused as refusal:
                self._record_refusal(command, actor, refusal)
                raise

    def set_right(self) -> None:
        """Put back what was changed outside the program while no office was open; nothing where nothing was."""
        with self._database.reader.connect() as connection:
            is_due = bool(noted_rows(connection))
        if is_due:
            self.do(SetRight(), SYSTEM)

    def ask(self, query: Any, actor: Actor, read: set[str] | None = None) -> Any:
        """Answer a query. Raises Refused.

        The tables it reads are added to `read`, where it fails too, for another answer may come once they change.
        """
        entry = handler_of(ANSWERS, query)
        with told_plainly(READING), self.looking(actor, read, type(query).__name__) as look:
            look.actor = self._admitted(look.session, entry, query, actor)
            return entry.run(look, query)

    @contextmanager
    def looking(self, actor: Actor, read: set[str] | None = None, name: str = "") -> Iterator[Look]:
        """A reading session on the actor's behalf; the right was checked by whoever opens it.

        What it discloses is put on record under the request's name, before the block's result can be used; where
        that fails, nothing is handed out.
        """
        use = TableUse(read=set() if read is None else read)
        with Session(self._database.reader) as session:
            session.connection(execution_options={OPTION: use})
            look = Look(
                session=session,
                actor=actor,
                now=self.clock.now(),
                office=self._identity(session),
                pack=self._pack(session),
                safe=self._safe,
                known={},
                keeping=Keeping(self._kept, session, use, is_writing=False),
            )
            yield look
        if look.disclosed:
            with self._writing:
                self._record_disclosures(name, look)

    def _perform(self, request: Any, actor: Actor, progress: Progress) -> Done:
        entry = handler_of(TASKS, request)
        with told_plainly(READING), self.looking(actor) as look:
            now = self._admitted(look.session, entry, request, actor)
        task = Task(self, now, progress, request)
        try:
            with told_plainly():
                return Done(entry.run(task, request), task.touched)
        except Cancelled as stop:
            raise Cancelled(is_part_done=task.is_begun, touched=task.touched) from stop

    def _admitted(self, session: Session, entry: Handler, request: Any, actor: Actor) -> Actor:
        """The actor as of now, if it may; a refusal goes on record."""
        try:
            return self._permitted(session, entry, request, actor)
        except Refused as refusal:
            self.record_refusal(request, actor, refusal)
            raise

    def record_refusal(self, request: Any, actor: Actor, refusal: Refused) -> None:
        """Put on record that a request was refused before anything of it was carried out."""
        with self._writing:
            self._record_refusal(request, actor, refusal)

    def _permitted(self, session: Session, entry: Handler, request: Any, actor: Actor) -> Actor:
        """The actor as the accounts have it now. Raises Refused E006 disabled meanwhile, E001, and the problems."""
        now = present(session, actor)
        now.need(entry.permission)
        problems = tuple(request.problems()) if hasattr(request, "problems") else ()
        if problems:
            raise Refused.of(problems)
        return now

    def _run_after_setting_right(
        self, entry: Handler, command: Any, actor: Actor, progress: Progress
    ) -> Done:
        """Run it; where somebody changed rows outside the program, set them right first, in a transaction of its
        own, so that the alarm stands whatever becomes of the command."""
        while True:
            try:
                return self._run(entry, command, actor, progress)
            except LeftBehind:
                self._run(handler_of(HANDLERS, SetRight()), SetRight(), SYSTEM, Silent())

    def _run(self, entry: Handler, command: Any, actor: Actor, progress: Progress) -> Done:
        use = TableUse()
        with Session(self._database.writer, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options={OPTION: use})
            if type(command) is not SetRight:
                refuse_left_behind(session.connection())
            now = self.clock.now()
            keeping = Keeping(self._kept, session, use, is_writing=True)
            work = Work(
                session=session,
                actor=self._permitted(session, entry, command, actor),
                now=now,
                office=self._identity(session),
                pack=self._pack(session),
                safe=self._safe,
                clock=self.clock,
                progress=progress,
                keeping=keeping,
            )
            value = entry.run(work, command)
            written, touched = self._log(work, command, use)
        keeping.committed(written)
        try:
            for action in work.after_commit:
                action()
        # The commit stands, so pages must hear of it even where an action after it fails.
        finally:
            self._commits.tell(touched)
        return Done(value, touched)

    def _log(self, work: Work, command: Any, use: TableUse) -> tuple[int, frozenset[str]]:
        """The number of the journal's line, and the tables that the command touched."""
        session = work.session
        session.flush()
        if READINGS in use.written:
            work.pack = self._pack(session)
        follow(work, use.written)
        follow_changes(session.connection())
        noted = noted_rows(session.connection())
        touched = frozenset(use.written.keys() | _JOURNAL | (LOG_TABLES if noted else frozenset()))
        office, name = work.office, type(command).__name__
        line = journal_line(
            *(work.now, work.actor, name, self._commits.seat, work.outcome, touched, work.subjects, work.why)
        )
        written = write_line(session.connection(), line)
        author = Author(
            office.code,
            office.level,
            office.epoch,
            work.actor.account,
            written,
            name,
            work.now,
            self.clock.random,
        )
        try:
            drain(session.connection(), author, noted, ENTRY_BYTES)
        except EntryTooLong as fault:
            raise too_long(fault) from fault
        return written, touched

    def _record_disclosures(self, name: str, look: Look) -> None:
        """One entry for each; it tells no page, for the one that asked would ask again."""
        with Session(self._database.writer) as session, session.begin():
            for one in look.disclosed:
                write_line(session.connection(), disclosure_line(name, look, one, self._commits.seat))

    def _record_refusal(self, request: Any, actor: Actor, refusal: Refused) -> None:
        """Every refusal stays on record; one of missing rights, or of a disabled account, is also a security event.

        Where the record itself cannot be written (a full disk), the refusal is what the person must hear.
        """
        try:
            self._write_refusal(request, actor, refusal)
        except DatabaseError as error:
            raise refusal from error

    def _write_refusal(self, request: Any, actor: Actor, refusal: Refused) -> None:
        """A refused query tells nobody: the page that showed the record would ask again, and be refused again."""
        now = self.clock.now()
        is_alarming = refusal.code in ("E001", "E006")
        touched = _JOURNAL | (_EVENTS if is_alarming else frozenset())
        if type(request) in ANSWERS:
            touched = frozenset()
        with Session(self._database.writer) as session, session.begin():
            name = type(request).__name__
            line = journal_line(now, actor, name, self._commits.seat, refusal.code, touched)
            write_line(session.connection(), line)
            if is_alarming:
                session.add(
                    SecurityEvent(
                        at=now.at, kind="refused", actor=actor.account, detail=type(request).__name__
                    )
                )
        self._commits.tell(touched)
