"""Collects what must be done today, the most urgent first, each with the page that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from app.clock import local, local_date
from app.dates import time_text
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.models.records import JournalEntry, SecurityEvent
from app.models.service_desk import Consultation
from app.services.attendance.attendance_month import DutyAttendance, duty_attendances
from app.services.attendance.exceptions_list import ExceptionsList, exceptions_list
from app.services.attendance.freeze import frozen_state
from app.services.exchange.outcome import PARKED
from app.services.money.submissions import site_months
from app.services.office.last_backup import LastBackup, last_backup
from app.services.reading.roster import short_site_names
from app.services.reading.sites import duty_sites, may_write_for
from app.services.today.due import ReportDue
from app.values import Month, yuan_text

NO_SIGN_OUT = "E101"
"""昨日未签退: the one state of the day that has a code of its own, since people ask for it by telephone."""
NO_SIGN_OUT_STATE = "缺签退"
LOOK_BACK = timedelta(days=31)
MOST_PEOPLE = 3


@dataclass(frozen=True)
class Urgent:
    """One thing to do. state: fault, due or info; step: the words on its button; page and wanted: where it leads."""

    id: str
    state: str
    tag: str
    text: str
    step: str
    page: str
    wanted: tuple[tuple[str, Any], ...] = ()


def urgent(look: Look, due: ReportDue) -> tuple[Urgent, ...]:
    """Faults before what is due, what is due before what is only to be known; within each in the order of a day."""
    found = [
        *_missing_sign_outs(look),
        *_returned(look, due),
        *_alarms(look),
        *_report(look, due),
        *_decisions(look),
        *_faulty_records(look),
        *_parked(look),
        *_reviews(look),
        *_backup(look),
    ]
    return tuple(sorted(found, key=lambda one: ("fault", "due", "info").index(one.state)))


def _missing_sign_outs(look: Look) -> Iterator[Urgent]:
    today = local_date(look.now.at)
    yesterday = today - timedelta(days=1)
    lines = duty_attendances(look, today - LOOK_BACK, yesterday, None)
    writable = {site.id: may_write_for(look, site.id) for site in duty_sites(look)}
    writable[look.office.own_site] = True
    open_ones = [
        line
        for line in lines
        if line.state == NO_SIGN_OUT_STATE
        and not line.waiting
        and writable.get(line.site)
        and not frozen_state(look, line.site, Month.of(line.on))
    ]
    names = short_site_names(look) if look.office.is_bureau else {}
    open_ones.sort(key=lambda line: (line.on, line.hours), reverse=True)
    for line in open_ones[:MOST_PEOPLE]:
        tag = "昨日签退缺失" if line.on == yesterday else "签退缺失"
        yield Urgent(
            f"out-{line.id}",
            "fault",
            tag,
            f"{NO_SIGN_OUT} {_sentence(line, names.get(line.site, ''))}",
            "补签",
            "attendance",
            _of_line(line),
        )
    if len(open_ones) > MOST_PEOPLE:
        more = open_ones[MOST_PEOPLE]
        yield Urgent(
            "out-more",
            "fault",
            "签退缺失",
            f"另有 {len(open_ones) - MOST_PEOPLE} 次值班缺签退",
            "补签",
            "attendance",
            _of_line(more),
        )


def _sentence(line: DutyAttendance, site: str) -> str:
    came = f"，{time_text(line.in_at)} 签到" if line.in_at else ""
    place = f"（{site}）" if site else ""
    return f"{line.name}{place} {line.on.month}月{line.on.day}日 {line.hours}{came}，未签退"


def _of_line(line: DutyAttendance) -> tuple[tuple[str, Any], ...]:
    return (("on", line.on), ("site", line.site), ("row", line.id))


def _returned(look: Look, due: ReportDue) -> Iterator[Urgent]:
    if due.returned is not None:
        yield Urgent(
            "returned",
            "fault",
            f"{due.month.month}月月报被退回",
            due.returned or "请查看退回理由后更正并重新提交",
            "修改",
            "settlement",
            (("month", str(due.month)),),
        )


def _report(look: Look, due: ReportDue) -> Iterator[Urgent]:
    if not due.is_urgent or due.returned is not None or not look.actor.may(Permission.SUBMIT_MONTH):
        return
    is_over = due.left < timedelta()
    tag = f"{due.month.month}月月报{'已过期' if is_over else '待提交'}"
    by = f"{due.by.month}月{due.by.day}日 {due.by:%H:%M}"
    text = f"应在 {by} 前提交，{due.words}" if is_over else f"{by} 截止，还有 {due.words}"
    yield Urgent("report", due.state, tag, text, "去提交", "settlement", (("month", str(due.month)),))


def _decisions(look: Look) -> Iterator[Urgent]:
    if not look.actor.may(Permission.DECIDE):
        return
    month = Month.of(local_date(look.now.at))
    for one in (month.previous(), month):
        if frozen_state(look, look.office.own_site, one) == "settled":
            continue
        waiting = [item for item in exceptions_list(look, ExceptionsList(one)) if item.may_decide]
        if waiting:
            yield Urgent(
                f"decide-{one}",
                "due",
                f"{one.month}月待审定 {len(waiting)} 项",
                waiting[0].text,
                "去审定",
                "attendance",
                (("on", one.first_day), ("site", waiting[0].site), ("waiting", True)),
            )


def _faulty_records(look: Look) -> Iterator[Urgent]:
    """This office's own records that lack an item and can still be mended, with the yuan at stake (D1)."""
    month = Month.of(local_date(look.now.at))
    for one in (month, month.previous()):
        rows = look.session.execute(
            select(Consultation.site, Consultation.missing).where(
                Consultation.writer == look.office.code, Consultation.on.between(one.first_day, one.last_day)
            )
        ).all()
        faulty = [site for site, missing in rows if missing]
        count = sum(not frozen_state(look, site, one) for site in faulty)
        if count:
            yield Urgent(
                f"faulty-{one}",
                "due",
                f"{one.month}月记录缺项 {count} 条",
                _stake(look, count),
                "去补",
                "consultations",
                (("is_faulty_only", True), *_span(one)),
            )


def _stake(look: Look, count: int) -> str:
    fen = look.pack.rates.d1_fen * count if look.pack.rates else 0
    return f"补齐后不扣减，现在可能扣 {yuan_text(fen)} 元" if fen else "请在提交月报前补齐"


def _backup(look: Look) -> Iterator[Urgent]:
    """Once so many days have gone by as the setting says; an office that is newer than that is left in peace."""
    if not look.actor.may(Permission.KEEP_OFFICE):
        return
    age = last_backup(look, LastBackup())
    began = age.at or local(look.session.scalar(select(func.min(JournalEntry.at))) or look.now.at)
    days = (local(look.now.at) - began).days
    if days >= int(setting_value(look, "backup_days")):
        text = f"{days} 天没有备份，电脑坏了只能恢复到那一天" if age.at else f"启用 {days} 天，还没有备份过"
        yield Urgent("backup", "due", "该备份了", text, "去备份", "settings", (("tab", "backup"),))


def _span(month: Month) -> tuple[tuple[str, date], tuple[str, date]]:
    return (("first", month.first_day), ("last", month.last_day))


def _reviews(look: Look) -> Iterator[Urgent]:
    if not look.office.is_bureau or not look.actor.may(Permission.REVIEW_MONTH):
        return
    last = Month.of(local_date(look.now.at)).previous()
    months = site_months(look, [site.id for site in duty_sites(look)], [last, last.previous()])
    waiting = [one for one in months.values() if one.is_waiting]
    if waiting:
        yield Urgent(
            "review",
            "info",
            f"待审核 {len(waiting)} 份",
            "站点已提交的月报，审核后才能结算",
            "去审核",
            "review",
            (("month", str(waiting[0].month)), ("site", waiting[0].site)),
        )


def _parked(look: Look) -> Iterator[Urgent]:
    parked = (
        look.session.scalar(
            select(func.count()).select_from(ReceivedBundle).where(ReceivedBundle.outcome == PARKED)
        )
        or 0
    )
    if parked:
        yield Urgent(
            "parked",
            "due",
            f"暂存 {parked} 个包",
            "前面还缺包，补收后自动导入",
            "查看",
            "inbox" if look.office.is_bureau else "exchange",
        )


def _alarms(look: Look) -> Iterator[Urgent]:
    alarms = (
        look.session.scalar(
            select(func.count())
            .select_from(SecurityEvent)
            .where(SecurityEvent.is_alarm, SecurityEvent.dismissed_at.is_(None))
        )
        or 0
    )
    if alarms:
        yield Urgent(
            "alarms",
            "fault",
            f"警报 {alarms} 条",
            "需要有人核实并处理",
            "查看",
            "settings",
            (("tab", "security"),),
        )
