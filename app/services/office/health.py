"""The office's health: database, hash chains, rows of others, backups, clock, disk, what waits to be sent or received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.tables import ServerTables
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle, SentBundle
from app.models.records import JournalEntry, SecurityEvent
from app.services.office.back_up import free_bytes
from app.services.office.case_items import case_items
from app.services.office.foreign_rows import Unfollowed, dangling_references, unknown_words
from app.services.office.health_item import HealthItem
from app.services.office.last_backup import LastBackup, last_backup
from app.services.office.last_rehearsal import is_rehearsal_due, last_rehearsal
from app.services.office.ledger_items import ledger_items
from app.services.office.paper_files import paper_files
from app.services.reading.incoming import parents_last_word
from app.services.security.key_state import KeyChange, key_change

LEAST_FREE = 500 * 1024 * 1024
SHOWN = 5
"""Kinds of rows named in one item; the number of all stands there too."""


@dataclass(frozen=True)
class Health:
    """Check everything that can be checked from inside."""


@answers(Health, permission=Permission.KEEP_OFFICE)
def health(look: Look, query: Health) -> tuple[HealthItem, ...]:
    """All items, good or not; of a damaged database only that, for nothing read from it means anything."""
    database = _database(look)
    if not database.is_good:
        return (database,)
    return (
        database,
        *ledger_items(look),
        _key(look),
        _words(look),
        _references(look),
        case_items(look),
        paper_files(look),
        _backups(look),
        _rehearsal(look),
        _clock(look),
        _disk(look),
        _queue(look),
        _alarms(look),
    )


def _database(look: Look) -> HealthItem:
    if look.session.get_bind().dialect.name != "sqlite":
        where = ServerTables(look.safe.data).address
        return HealthItem("database", "数据库", True, f"在服务器 {where.host} 的“{where.database}”里，连得上")
    try:
        is_whole = look.session.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
    except DatabaseError:  # a page so damaged that a table cannot even be opened
        is_whole = False
    return HealthItem("database", "数据库", is_whole, "完好" if is_whole else "损坏，请用备份恢复")


def _key(look: Look) -> HealthItem:
    found = key_change(look, KeyChange())
    return HealthItem("key", "数据库密钥", not found.is_due, found.words if found.is_due else "不用更换")


def _words(look: Look) -> HealthItem:
    found = unknown_words(look)
    told = f"{_named(found)}：由较新的程序写成，已原样保存，没有计入，请升级本程序"
    return HealthItem("words", "收到的用词", not found, told if found else "都认识")


def _references(look: Look) -> HealthItem:
    found = dangling_references(look)
    told = f"{_named(found)}：所指的记录还没有收到，请催收后再看"
    return HealthItem("references", "记录的关联", not found, told if found else "都找得到")


def _named(found: Sequence[Unfollowed]) -> str:
    more = sum(one.count for one in found[SHOWN:])
    return "；".join(one.words for one in found[:SHOWN]) + (f"；另有 {more} 条" if more else "")


def _backups(look: Look) -> HealthItem:
    age = last_backup(look, LastBackup())
    if age.at is None:
        return HealthItem("backups", "备份", False, "还没有备份，请在“设置”的“备份与检查”里备份")
    return HealthItem("backups", "备份", not age.is_old, f"最近一份 {age.at:%Y-%m-%d %H:%M}")


def _rehearsal(look: Look) -> HealthItem:
    at = last_rehearsal(look)
    told = f"最近一次 {at:%Y-%m-%d %H:%M}，备份能恢复" if at else "还没有演练过"
    advice = "，请在“设置”的“备份与检查”里演练恢复" if (is_due := is_rehearsal_due(look)) else ""
    return HealthItem("rehearsal", "恢复演练", not is_due, told + advice)


def _clock(look: Look) -> HealthItem:
    """The time is not before the last operation, nor before the parent made what already came (case 50)."""
    last = look.session.scalar(select(func.max(JournalEntry.at)))
    for what, at in (("上级发来的回执", parents_last_word(look)), ("最近一次操作", last)):
        if at is not None and look.now.at < at:
            words = f"本机时间早于{what}（{local(at):%Y-%m-%d %H:%M}），请校准"
            return HealthItem("clock", "时钟", False, words)
    return HealthItem("clock", "时钟", True, "正常")


def _disk(look: Look) -> HealthItem:
    free = free_bytes(look.safe.data.root)
    return HealthItem("disk", "磁盘", free >= LEAST_FREE, f"剩余 {free // 1024 // 1024} MB")


def _queue(look: Look) -> HealthItem:
    waiting = look.session.scalar(
        select(func.count()).select_from(SentBundle).where(SentBundle.receipted_at.is_(None))
    )
    parked = look.session.scalar(
        select(func.count()).select_from(ReceivedBundle).where(ReceivedBundle.outcome == "PARKED")
    )
    return HealthItem("queue", "收发", not parked, f"待回执 {waiting} 个，待补前包 {parked} 个")


def _alarms(look: Look) -> HealthItem:
    found = look.session.scalar(
        select(func.count())
        .select_from(SecurityEvent)
        .where(SecurityEvent.is_alarm.is_(True), SecurityEvent.dismissed_at.is_(None))
    )
    return HealthItem("alarms", "警报", not found, f"{found} 条未处理" if found else "没有")
