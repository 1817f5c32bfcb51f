"""An open office: its database, its dispatcher, its secrets, and the people who log in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clock import Clock
from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.accounts import account_actor
from app.kernel.database_trouble import READING, told_plainly
from app.kernel.dispatcher import Dispatcher
from app.kernel.identity import OfficeIdentity
from app.kernel.packs import load_pack
from app.kernel.permissions import KIOSK, SYSTEM, Actor
from app.kernel.safe import Safe
from app.kernel.setting_values import readings_of
from app.kernel.slots import KeySlots, busy
from app.kernel.tables import office_tables
from app.kernel.work import Done, Progress
from app.models.commits import Commits
from app.models.engine import Database
from app.models.migrate import bring_up_to_date
from app.models.organisation import OfficeRow
from app.models.records import Account
from app.models.table_use import every_table
from app.network_place import refuse_network_place
from app.paths import DataDir
from app.private_files import tighten
from app.rules.policy.pack import Pack
from app.services.erasure.keep_list import ReplayErasures, is_replay_due
from app.services.office.begin_epoch import begin_epoch_if_restored, take_up_renewal
from app.services.office.begun_imports import FINISHER, FinishImports
from app.services.office.behind_cases import FollowCases, is_behind
from app.services.office.by_itself import BackUpDaily
from app.services.office.contract_rise import ReadNewerAgain, has_risen
from app.services.office.left_place import finish_putting_back
from app.services.office.unlocking import keys_of_code, verify_password
from app.services.office.written_by import note_schema
from app.services.reading.incoming import begun_senders
from app.services.security.change_key import (
    PATIENCE_SECONDS,
    change_on_leaving,
    key_to_open,
    opening,
)
from app.services.security.login_events import merge_attempts
from app.services.security.presence import Presence
from app.values import Level


class Office:
    """What windows and command line work with; everything goes through do() and ask()."""

    def __init__(self, data: DataDir, key: bytes, clock: Clock):
        self.data = data
        self.clock = clock
        self.safe = Safe(data, key)
        tighten(data.root)
        self._presence = Presence(data.presence_lock)
        self._presence.enter(busy(), PATIENCE_SECONDS)
        try:
            self.database: Database = office_tables(data).open(key)
            with told_plainly():
                bring_up_to_date(self.database)
                begin_epoch_if_restored(data, key, self.database, clock)
            note_schema(data)
        except BaseException:
            self._presence.leave()
            raise
        self._identity: OfficeIdentity | None = None
        self._pack: tuple[tuple[tuple[str, str], ...], Pack] | None = None
        self._commits = Commits(self.database.reader)
        self._dispatcher = Dispatcher(
            self.database, clock, self.safe, self._read_identity, self._read_pack, self._commits
        )
        try:
            self._catch_up()
        except BaseException:
            self._commits.close()
            self.database.close()
            self._presence.leave()
            raise

    @property
    def identity(self) -> OfficeIdentity:
        """Which office this is."""
        if self._identity is None:
            with told_plainly(READING), Session(self.database.reader) as session:
                return self._read_identity(session)
        return self._identity

    @property
    def pack(self) -> Pack:
        """The policy pack in force, with this office's settings."""
        with told_plainly(READING), Session(self.database.reader) as session:
            return self._read_pack(session)

    def do(self, command: Any, actor: Actor, progress: Progress | None = None) -> Done:
        """Carry out a command. Raises Refused or Cancelled; nothing is changed then."""
        return self._dispatcher.do(command, actor, progress)

    def ask(self, query: Any, actor: Actor, read: set[str] | None = None) -> Any:
        """Answer a query, adding the tables it reads to `read`. Raises Refused."""
        return self._dispatcher.ask(query, actor, read)

    def hear_commits(self, heard: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """heard(tables) is called after every commit to this file, whoever made it; call the result to stop.

        A commit that left no line in the journal was made outside the program: what it changed is set right first.
        """

        def set_right_first(tables: frozenset[str]) -> None:
            if tables == every_table():
                self._dispatcher.forget()
                # A lock or a full disk is no fault of whoever listens; the next command sets it right.
                with suppress(Refused):
                    self._set_right()
            heard(tables)

        return self._commits.listen(set_right_first)

    def login(self, name: str, password: str) -> Actor:
        """The actor of an account whose password is right. Raises Refused E002, E003, E006, E017."""
        verify_password(self.data, name, password, self.clock)
        actor = self.actor_of(name)
        merge_logins(self)
        return actor

    def actor_of(self, name: str) -> Actor:
        """The actor of an active account. Raises Refused E006."""
        with told_plainly(READING), Session(self.database.reader) as session:
            return account_actor(session, name)

    def finish_begun(self, progress: Progress | None = None) -> None:
        """Take in the rest of bundles of which only a part is here; nothing where there are none. Others may work
        meanwhile, for each part of it is short. Raises Cancelled; what was taken in until then stays."""
        with told_plainly(READING), Session(self.database.reader) as session:
            is_begun = bool(begun_senders(session))
        if is_begun:
            # Another window may be at it, or the disk is full: that stands in the inbox and keeps nobody out.
            with suppress(Refused):
                self.do(FinishImports(), FINISHER, progress)

    def back_up_daily(self, progress: Progress | None = None) -> bool:
        """Do today's backup where it is wanted and not done yet; whether it was done. Raises Refused, Cancelled."""
        return bool(self.do(BackUpDaily(), SYSTEM, progress).value)

    def close(self) -> None:
        """Let go of the file; who leaves last changes the database key, if that is due."""
        self._commits.close()
        self.database.close()
        self._presence.leave()
        change_on_leaving(self.data, self.safe.key, self.clock)

    def _catch_up(self) -> None:
        """Set right what was changed outside the program; after an upgrade, read again what newer ones had sent; after
        a restore, erase again what had been erased."""
        self._set_right()
        with told_plainly(READING), Session(self.database.reader) as session:
            is_due, is_back = has_risen(session), is_replay_due(session, self.safe.kept_out)
            is_stale = is_behind(session)
        if is_due:
            self.do(ReadNewerAgain(), SYSTEM)
        if is_stale:
            self.do(FollowCases(), SYSTEM)
        if is_back:
            self.do(ReplayErasures(), SYSTEM)

    def _set_right(self) -> None:
        with told_plainly(READING):
            self._dispatcher.set_right()

    def _read_identity(self, session: Session) -> OfficeIdentity:
        if self._identity is None:
            row = session.get(OfficeRow, 1)
            if row is None:
                raise Refused("E911", "数据目录里还没有办公点，请先完成初始设置。")
            self._identity = OfficeIdentity(
                row.code, row.name, Level(row.level), row.parent, row.pack, row.epoch
            )
        return self._identity

    def _read_pack(self, session: Session) -> Pack:
        identity = self._read_identity(session)
        overrides = tuple((row.name, row.value) for row in readings_of(session, identity))
        if self._pack is None or self._pack[0] != overrides:
            self._pack = (overrides, load_pack(identity.pack_key).with_readings(dict(overrides))[0])
        return self._pack[1]


def open_office(data: DataDir, name: str, password: str, clock: Clock) -> tuple[Office, Actor]:
    """Open the office with an account's password.

    Raises Refused E002, E003, E006, E911, E017 while another program changes the key, and the database's.
    """
    office = _opened(data, lambda: verify_password(data, name, password, clock), clock)
    try:
        actor = office.actor_of(name)
        merge_logins(office)
        _forget_disabled(office)
    except Refused:
        office.close()
        raise
    return office, actor


def open_with_recovery(data: DataDir, code: str, clock: Clock) -> Office:
    """Open the office with the printed recovery code, to give an administrator a new password."""
    office = _opened(data, lambda: keys_of_code(data, code, clock), clock)
    merge_logins(office)
    return office


def open_kiosk(data: DataDir, clock: Clock) -> tuple[Office, Actor]:
    """Open the office for an unattended kiosk, with the secret in the system's key store."""
    from app.kernel.unattended import stored_secret

    def stored_keys() -> tuple[bytes, ...]:
        secret = stored_secret(data)
        keys = KeySlots(data.keys).keys(key_slots.KIOSK, "", secret) if secret else ()
        if not keys:
            raise Refused("E605", "签到台还不能自行启动：请由工作人员登录后打开，或在设置里允许自行启动。")
        return keys

    return _opened(data, stored_keys, clock), KIOSK


def need_office(data: DataDir) -> None:
    """Raises Refused E911 when the data directory holds no office, E937 when it holds half of one."""
    if not has_office(data):
        raise Refused("E911", "数据目录里还没有办公点，请先完成初始设置。")


def has_office(data: DataDir) -> bool:
    """Whether the data directory holds an office; the beginnings of a set-up or of a restore are none.

    Raises Refused E937 for half of one: whoever deleted the other half must say what becomes of this one.
    """
    finish_putting_back(data)
    is_there = [data.tables.exists(), data.keys.exists()]
    if all(is_there):
        return True
    if is_there[0] or (is_there[1] and not data.draft.root.exists()):
        kept, gone = (data.tables, data.keys) if is_there[0] else (data.keys, data.tables)
        raise Refused(
            "E937",
            f"数据目录里只有 {kept.name}，没有 {gone.name}，打不开也不能覆盖。"
            f"请找回 {gone.name}；找不回的，把 {kept.name} 移到别处，再从备份恢复。",
        )
    return False


def merge_logins(office: Office) -> None:
    """Copy the attempts made before the database opened into its security events, each once."""
    with told_plainly(), Session(office.database.writer) as session, session.begin():
        merge_attempts(session, office.safe.logins.attempts())


def _opened(data: DataDir, unlock: Callable[[], tuple[bytes, ...]], clock: Clock) -> Office:
    """The office, opened with the key that unlock() finds; a change of the key that is due comes first."""
    need_office(data)
    refuse_network_place(data.root)
    with opening(data):
        key = key_to_open(data, unlock(), clock)
        take_up_renewal(data)
        return Office(data, key, clock)


def _forget_disabled(office: Office) -> None:
    """Remove the slot of an account that a power cut left one when it had just been disabled."""
    with told_plainly(READING), Session(office.database.reader) as session:
        disabled = session.scalars(select(Account.name).where(Account.is_active.is_(False))).all()
    for name in disabled:
        office.safe.slots.remove(key_slots.ACCOUNT, name)
