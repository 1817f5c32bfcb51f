"""Shows who did what and when, failed logins and refusals, and lets an alarm be dismissed on record (Q02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.clock import local
from app.errors import Problem, Refused
from app.kernel.found_changes import EVENT
from app.kernel.handlers import answers, command_words, handles
from app.kernel.permissions import KIOSK, Permission
from app.kernel.work import DONE, NOTHING, TRIED, Look, Work
from app.models.organisation import Person
from app.models.records import Account, JournalEntry, SecurityEvent
from app.services.office.event_words import event_words, outcome_words
from app.services.office.found_rows import waiting_of
from app.text import clean

PAGE_ROWS = 100


@dataclass(frozen=True)
class Journal:
    """The newest commands older than entry `before` (0: from the newest), at most PAGE_ROWS."""

    before: int = 0


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """One command in local time; outcome is 完成, 只检查, 没有保存 or the refusal's code."""

    id: int
    at: datetime
    by: str
    command: str
    title: str
    subjects: tuple[str, ...]
    why: str
    outcome: str
    is_refused: bool


@dataclass(frozen=True)
class SecurityEvents:
    """The newest security events older than event `before` (0: from the newest); open alarms only, if asked."""

    before: int = 0
    open_alarms_only: bool = False


@dataclass(frozen=True, kw_only=True)
class SecurityEventLine:
    """One event in local time; is_open: an alarm nobody has dismissed yet."""

    id: int
    at: datetime
    title: str
    by: str
    detail: str
    is_alarm: bool
    is_open: bool
    dismissed_at: datetime | None
    dismissed_by: str
    is_about_rows: bool
    """Whether `FoundRows` tells which rows it is about."""


@dataclass(frozen=True)
class OpenAlarms:
    """How many alarms wait to be dismissed."""


@dataclass(frozen=True)
class DismissAlarm:
    """An alarm that was looked into, and what was found."""

    event_id: int
    reason: str

    def problems(self) -> Iterable[Problem]:
        """What was found."""
        if not clean(self.reason):
            yield Problem("reason", "请写明核查情况。", "E054")


@answers(Journal, title="操作记录", permission=Permission.DISMISS_ALARM)
def journal(look: Look, query: Journal) -> tuple[JournalLine, ...]:
    """Newest first."""
    statement = select(JournalEntry).order_by(JournalEntry.id.desc()).limit(PAGE_ROWS)
    if query.before:
        statement = statement.where(JournalEntry.id < query.before)
    names = _names(look)
    return tuple(
        JournalLine(
            id=row.id,
            at=local(row.at),
            by=names.get(row.actor, row.actor),
            command=row.command,
            title=command_words(row.command),
            subjects=tuple(row.subjects),
            why=row.why,
            outcome=outcome_words(row.outcome),
            is_refused=row.outcome not in (DONE, TRIED, NOTHING),
        )
        for row in look.session.scalars(statement)
    )


@answers(SecurityEvents, title="安全事件", permission=Permission.DISMISS_ALARM)
def security_events(look: Look, query: SecurityEvents) -> tuple[SecurityEventLine, ...]:
    """Newest first."""
    statement = select(SecurityEvent).order_by(SecurityEvent.id.desc()).limit(PAGE_ROWS)
    if query.before:
        statement = statement.where(SecurityEvent.id < query.before)
    if query.open_alarms_only:
        statement = statement.where(SecurityEvent.is_alarm.is_(True), SecurityEvent.dismissed_at.is_(None))
    names = _names(look)
    return tuple(_line(row, names) for row in look.session.scalars(statement))


@answers(OpenAlarms, permission=Permission.LOOK)
def open_alarms(look: Look, query: OpenAlarms) -> int:
    """Their number."""
    statement = select(func.count()).select_from(SecurityEvent)
    return (
        look.session.scalar(
            statement.where(SecurityEvent.is_alarm.is_(True), SecurityEvent.dismissed_at.is_(None))
        )
        or 0
    )


@handles(DismissAlarm, title="处理警报", permission=Permission.DISMISS_ALARM)
def dismiss_alarm(work: Work, command: DismissAlarm) -> None:
    """The event stays on record. Raises Refused E055, E058 while rows that it tells of wait for a decision."""
    event = work.session.get(SecurityEvent, command.event_id)
    if event is None or not event.is_alarm or event.dismissed_at is not None:
        raise Refused("E055", "这条警报不存在或已经处理，请刷新后再看。")
    if waiting := waiting_of(work, event.id):
        raise Refused("E058", f"还有 {waiting} 条库外添加的记录没有决定。请先决定采纳或不采纳，再处理警报。")
    event.dismissed_at, event.dismissed_by = work.now.at, work.actor.account
    work.subjects.append(str(event.id))
    work.why = clean(command.reason)


def _line(row: SecurityEvent, names: dict[str, str]) -> SecurityEventLine:
    dismissed_at = local(row.dismissed_at) if row.dismissed_at else None
    title, detail = event_words(row.kind, row.detail)
    return SecurityEventLine(
        id=row.id,
        at=local(row.at),
        title=title,
        by=names.get(row.actor, row.actor),
        detail=detail,
        is_alarm=row.is_alarm,
        is_open=row.is_alarm and dismissed_at is None,
        dismissed_at=dismissed_at,
        dismissed_by=names.get(row.dismissed_by, row.dismissed_by),
        is_about_rows=row.kind == EVENT,
    )


def _names(look: Look) -> dict[str, str]:
    """Display names by account id and by login name; at the kiosk people act themselves."""
    names = {person.id: person.name or "" for person in look.session.scalars(select(Person))}
    names |= {KIOSK.account: KIOSK.display_name, "system": "系统", "recovery": "恢复码", "": "未知账号"}
    for account in look.session.scalars(select(Account)):
        names[account.id] = names[account.name] = account.display_name
    return names
