"""Puts what the three checks of a month found into words and a tone, and says on which page it is mended."""

from __future__ import annotations

from app.services.money.month_desk import Finding, MonthCheck
from app.services.money.month_pay import UNPAID
from app.ui.theme import State
from app.values import yuan_text

TONES = {
    Finding.attendance_open: State.DUE, Finding.attendance_whole: State.DONE, Finding.records_faulty: State.DUE,
    Finding.records_reported: State.INFO, Finding.records_settled: State.DONE,
    Finding.records_stray: State.DUE, Finding.records_whole: State.DONE, Finding.evidence_open: State.DUE,
    Finding.pay_settled: State.DONE, Finding.pay_expected: State.DONE,
    Finding.pay_unrated: State.DONE,
}  # fmt: skip
TITLES = {
    Finding.attendance_open: "待处理 {} 条", Finding.attendance_whole: "考勤无异常",
    Finding.records_faulty: "记录 {} 条缺项或不规范", Finding.records_stray: "{} 条记录对不上值班",
    Finding.records_reported: "记录 {} 条缺项或不规范", Finding.records_settled: "记录 {} 条缺项或不规范",
    Finding.records_whole: "记录齐全", Finding.evidence_open: "{} 条证据待核实", Finding.pay_settled: "补贴已确认",
    Finding.pay_expected: "补贴已算清", Finding.pay_unrated: "值班照列",
}  # fmt: skip
PAGES = {
    Finding.attendance_open: "attendance",
    Finding.records_faulty: "consultations",
    Finding.records_reported: "consultations",
    Finding.records_stray: "consultations",
    Finding.evidence_open: "spotchecks",
}
"""Where it is mended; what is whole needs no page."""


def check_title(check: MonthCheck) -> str:
    """The few words of the card's tag."""
    return TITLES[check.finding].format(check.count)


def check_sentence(check: MonthCheck, site_name: str) -> str:
    """The sentence below; the site, which the page names, is left out."""
    match check.finding:
        case Finding.attendance_open:
            more = f"，另有 {check.count - 1} 条" if check.count > 1 else ""
            return _first(check, site_name) + more
        case Finding.records_stray | Finding.evidence_open:
            return _first(check, site_name)
        case Finding.attendance_whole:
            return f"{check.count} 次值班均已签到签退" if check.count else "本月没有值班"
        case Finding.records_faulty:
            return f"补全缺项可少扣 {yuan_text(check.fen)} 元" if check.fen else "请在上报前补全"
        case Finding.records_reported:
            return "本月已上报；要补全，请先请司法局退回"
        case Finding.records_settled:
            return "本月已最终结算，按此计算，不再更改"
        case Finding.records_whole:
            return "咨询记录没有缺项"
        case Finding.pay_settled:
            return f"司法局已最终结算，共 {yuan_text(check.fen)} 元"
        case Finding.pay_expected:
            return f"预计 {yuan_text(check.fen)} 元，以司法局最终结算为准"
        case Finding.pay_unrated:
            return UNPAID


def _first(check: MonthCheck, site_name: str) -> str:
    one = check.first
    if one is None:
        return ""
    return f"{one.name} {one.what}" if one.site_name == site_name else one.text
