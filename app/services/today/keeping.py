"""Collects what keeping the office itself asks for today: alarms, bundles set aside, backups, updates, documents."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.clock import local, local_date
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.models.records import JournalEntry, SecurityEvent
from app.services.exchange.outcome import Outcome
from app.services.office.last_backup import LastBackup, last_backup
from app.services.today.urgent_kinds import (
    BackupDue,
    Counted,
    OutsideDocument,
    UpdateWaiting,
    Urgent,
    UrgentKind,
)
from app.services.update.handed import newest_from_above
from app.values import Month


def office_keeping(look: Look) -> Iterator[Urgent]:
    """A backup that is due, an update that waits, a month that no document covers."""
    yield from _backup(look)
    yield from _update(look)
    yield from _outside(look)


def alarms(look: Look) -> Iterator[Urgent]:
    """Alarms that nobody dismissed yet."""
    query = select(func.count()).select_from(SecurityEvent)
    query = query.where(SecurityEvent.is_alarm.is_(True), SecurityEvent.dismissed_at.is_(None))
    if count := look.session.scalar(query) or 0:
        yield Urgent(UrgentKind.alarms, Counted(count))


def parked_bundles(look: Look) -> Iterator[Urgent]:
    """Bundles that wait for one before them."""
    query = select(func.count()).select_from(ReceivedBundle).where(ReceivedBundle.outcome == Outcome.parked)
    if parked := look.session.scalar(query) or 0:
        yield Urgent(UrgentKind.parked, Counted(parked))


def _backup(look: Look) -> Iterator[Urgent]:
    """Once so many days have gone by as the setting says; an office that is newer than that is left in peace."""
    if not look.actor.may(Permission.KEEP_OFFICE):
        return
    age = last_backup(look, LastBackup())
    began = age.at or local(look.session.scalar(select(func.min(JournalEntry.at))) or look.now.at)
    days = (local(look.now.at) - began).days
    if days >= int(setting_value(look, "backup_days")):
        yield Urgent(UrgentKind.backup, BackupDue(days, age.at is None))


def _update(look: Look) -> Iterator[Urgent]:
    if look.actor.may(Permission.KEEP_OFFICE) and (found := newest_from_above(look)):
        yield Urgent(UrgentKind.update, UpdateWaiting(found.version))


def _outside(look: Look) -> Iterator[Urgent]:
    """A new document may be out; nothing is refused meanwhile."""
    month = Month.of(local_date(look.now.at))
    if words := look.pack.outside_words(month):
        yield Urgent(UrgentKind.outside, OutsideDocument(month, words))
