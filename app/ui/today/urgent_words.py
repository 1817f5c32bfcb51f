"""Puts what waits for somebody into words and a tone, and says on which page it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from app.dates import time_text
from app.services.cases.waiting_cases import WaitingList
from app.services.roster.missing_rosters import MissingRoster
from app.services.today.due import ReportDue
from app.services.today.urgent_kinds import (
    BackupDue,
    Counted,
    DueCases,
    DueErrands,
    DueMeasures,
    FaultyRecords,
    MoreSignOuts,
    OpenAudits,
    OpenDecisions,
    OpenHearings,
    OpenPayBatches,
    OpenProblems,
    OpenReplies,
    OpenReviews,
    OpenSignOut,
    OutsideDocument,
    Quota,
    SingleReturns,
    UnpublishedRosters,
    UpdateWaiting,
    Urgent,
    UrgentKind,
)
from app.ui.quarter_choice import quarter_words
from app.ui.today.due_words import left_words
from app.values import yuan_text

NO_SIGN_OUT = "E101"
"""昨日未签退: the one state of the day that has a code of its own, since people ask for it by telephone."""


def urgent_tag(found: Urgent) -> str:
    """The few words before the sentence."""
    match found.subject:
        case OpenSignOut(is_of_yesterday=is_of_yesterday):
            return "昨日签退缺失" if is_of_yesterday else "签退缺失"
        case MoreSignOuts():
            return "签退缺失"
        case ReportDue(month=month):
            return f"{month.month}月月报{_REPORTS[found.kind]}"
        case OpenDecisions(month=month, count=count):
            return f"{month.month}月待审定 {count} 项"
        case OpenHearings(to_notify=to_notify, awaited=awaited):
            return f"待通知本人 {to_notify} 件" if to_notify else f"待本人说明 {awaited} 件"
        case OpenProblems(to_mend=to_mend, to_recheck=to_recheck):
            return f"待整改 {to_mend} 项" if to_mend else f"待复查 {to_recheck} 项"
        case DueMeasures(count=count):
            return f"任务措施 {count} 项"
        case Quota(words=words):
            return words
        case FaultyRecords(month=month, count=count):
            return f"{month.month}月记录缺项 {count} 条"
        case OpenAudits(count=count):
            return f"咨询待审核 {count} 条"
        case OpenReplies(month=month, count=count):
            word = "补贴异议" if found.kind is UrgentKind.disputes else "补贴待本人确认"
            return f"{month.month}月{word} {count} 人"
        case UnpublishedRosters(month=month, sites=sites):
            return f"{month.month}月排班未发布 {len(sites)} 个站点"
        case OpenPayBatches(count=count, is_to_pay=is_to_pay):
            return f"发放批次待{'付款' if is_to_pay else '办理'} {count} 个"
        case OpenReviews(count=count):
            return f"待审核 {count} 份"
        case BackupDue():
            return "该备份了"
        case UpdateWaiting(version=version):
            return f"新版本 {version}"
        case OutsideDocument(month=month):
            return f"{month.month}月没有文件依据"
        case DueCases(count=count):
            return f"{_CASES[found.kind]} {count} 件"
        case DueErrands(count=count):
            return f"转办到期 {count} 件"
        case WaitingList(quarter=quarter, is_late=is_late):
            return f"{quarter_words(quarter)}案件清单{'已过期' if is_late else '待定稿'}"
        case SingleReturns(count=count):
            return f"县里退回 {count} 条" if found.kind is UrgentKind.sent_back else f"退回已答复 {count} 条"
        case Counted(count=count):
            return _COUNTED[found.kind][0].format(count)
        case _:
            assert_never(found.subject)


def urgent_sentence(found: Urgent, own_site: str) -> str:
    """The sentence; the place one sits in is not named."""
    match found.subject:
        case OpenSignOut():
            return _sign_out(found.subject, own_site)
        case MoreSignOuts(count=count):
            return f"另有 {count} 次值班缺签退"
        case ReportDue():
            return _report(found.kind, found.subject)
        case OpenDecisions(first=first):
            return first.text if first.site_name != own_site else f"{first.name} {first.what}"
        case OpenHearings(to_notify=to_notify, due_on=due_on):
            told = f"最早一件 {due_on.month}月{due_on.day}日到期" if due_on else ""
            return told if told and not to_notify else "先通知本人说明，再由另一人核实"
        case OpenProblems(to_mend=to_mend, due_on=due_on):
            day = f"{due_on.month}月{due_on.day}日"
            return f"最早一项应在 {day} 前整改" if to_mend else "已经登记整改，请去复查"
        case DueMeasures(title=title, due_on=due_on):
            return f"“{title}”应在 {due_on.month}月{due_on.day}日前做完并登记"
        case Quota(missing=missing, by=by):
            return f"还差 {missing} 次，{by.month}月{by.day}日以前做完"
        case FaultyRecords(stake_fen=fen):
            return f"补齐后不扣减，现在可能扣 {yuan_text(fen)} 元" if fen else "请在提交月报前补齐"
        case OpenAudits(oldest=oldest, days=days):
            return f"最早一条是 {oldest.month}月{oldest.day}日的，规定 {days} 日内审核"
        case OpenReplies(by=by):
            if found.kind is UrgentKind.disputes:
                return "答复以后，有异议的补贴才能发放"
            return f"请本人 {by.month}月{by.day}日 前在签到台确认，或提出异议"
        case UnpublishedRosters(sites=sites):
            return _missing(sites)
        case OpenPayBatches(month=month):
            return f"{month.month}月的补贴，制单、复核、付款须是三个不同的人"
        case OpenReviews():
            return "站点已提交的月报，审核后才能结算"
        case UpdateWaiting():
            return "上级下发了程序更新，核对签名、备份以后就能装"
        case BackupDue(days=days, is_first=True):
            return f"启用 {days} 天，还没有备份过"
        case BackupDue(days=days):
            return f"{days} 天没有备份，电脑坏了只能恢复到那一天"
        case OutsideDocument(words=words):
            return words
        case DueCases(first=date() as first):
            return f"最早一件 {first.month}月{first.day}日到期"
        case DueCases():
            return "没有在计的期限，或有不合顺序的登记，须有人处理"
        case DueErrands(first=first):
            return f"答应群众的事，最早一件 {first.month}月{first.day}日到期"
        case WaitingList(due=due):
            return f"归档的案件应在 {due.month}月{due.day}日前列报"
        case SingleReturns(first=first):
            return f"{first.what}：{'，'.join(filter(None, (first.code, first.comment)))}"
        case Counted():
            return _COUNTED[found.kind][1]
        case _:
            assert_never(found.subject)


def _sign_out(found: OpenSignOut, own_site: str) -> str:
    line = found.line
    came = f"，{time_text(line.in_at)} 签到" if line.in_at else ""
    place = f"（{found.site_name}）" if found.site_name not in ("", own_site) else ""
    on = f"{line.on.month}月{line.on.day}日"
    return f"{line.name}{place} {on} {line.hours}{came}，未签退（{NO_SIGN_OUT}）"


def urgent_wanted(found: Urgent) -> dict[str, Any]:
    """What the page is to open."""
    match found.subject:
        case OpenSignOut(line=line) | MoreSignOuts(line=line):
            return {"on": line.on, "site": line.site, "row": line.id}
        case ReportDue(month=month):
            return {"month": str(month)}
        case OpenDecisions(month=month, first=first):
            return {"on": month.first_day, "site": first.site, "waiting": True}
        case OpenHearings(month=month):
            return {"month": month}
        case FaultyRecords(month=month):
            return {"is_faulty_only": True, "first": month.first_day, "last": month.last_day}
        case OpenAudits(oldest=oldest):
            return {"is_unaudited_only": True, "first": oldest}
        case OpenReviews(month=month, site=site):
            return {"month": str(month), "site": site}
        case OutsideDocument(month=month) | OpenReplies(month=month) | OpenPayBatches(month=month):
            return {"month": str(month)}
        case UnpublishedRosters(month=month, sites=sites):
            return {"month": month, "site": sites[0].site}
        case DueCases():
            return {"which": "waiting"}
        case DueErrands():
            return {"tab": "errands"}
        case WaitingList(quarter=quarter):
            return {"quarter": quarter}
        case DueMeasures():
            return {"tab": "measures"}
        case OpenProblems():
            return {"tab": "problems"}
        case SingleReturns(first=first):
            return {"id": first.id}
        case Quota():
            return {"tab": "checks"}
        case BackupDue():
            return {"tab": "backup"}
        case UpdateWaiting():
            return {"tab": "update"}
        case Counted():
            return _COUNTED[found.kind][2]
        case _:
            assert_never(found.subject)


_COUNTED: Mapping[UrgentKind, tuple[str, str, dict[str, Any]]] = {
    UrgentKind.alarms: ("警报 {} 条", "需要有人核实并处理", {"tab": "security"}),
    UrgentKind.parked: ("暂存 {} 个包", "前面还缺包，补收后自动导入", {}),
    UrgentKind.posters: ("值班表已过期 {} 张", "张贴以后排班改过，请重新打印、换下旧的", {}),
    UrgentKind.visits: ("待安排上门 {} 人", "群众行动不便，还没有安排谁去", {"tab": "errands"}),
}
"""Few words before the sentence, the sentence, what the page is to open."""


def _missing(sites: Sequence[MissingRoster]) -> str:
    """`等站点报来：龙居镇；由本局排：盐湖区中心`, the first few of each."""
    awaited = [one.name for one in sites if one.is_awaited]
    own = [one.name for one in sites if not one.is_awaited]
    parts = (("等站点报来", awaited), ("由本单位排", own))
    return "；".join(
        f"{word}：{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}" for word, names in parts if names
    )


_CASES = {
    UrgentKind.cases_late: "案件超期",
    UrgentKind.cases_soon: "案件快到期",
    UrgentKind.cases_lost: "案件待处理",
}
_REPORTS = {
    UrgentKind.returned: "被退回",
    UrgentKind.report_late: "已过期",
    UrgentKind.report_soon: "待提交",
}


def _report(kind: UrgentKind, due: ReportDue) -> str:
    if kind is UrgentKind.returned:
        return due.returned or "请查看退回理由后更正并重新提交"
    by = f"{due.by.month}月{due.by.day}日 {due.by:%H:%M}"
    words = left_words(due.left)
    return f"应在 {by} 前提交，{words}" if kind is UrgentKind.report_late else f"{by} 截止，还有 {words}"
