"""Words the reminder for units that are late with a month: to be sent from the clipboard, or printed as a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from app.documents.text_pdf import Letter
from app.values import Month

END_OF_DAY = time(23, 59)


def reminder_letter(month: Month, due_at: datetime, late: Sequence[str], signer: str, today: date) -> Letter:
    """The letter to the units; due_at: naive local, when the month was due."""
    names = "、".join(late)
    return Letter(
        title=f"关于催报{month.words}月报的通知",
        addressee=names,
        paragraphs=(
            f"{month.words}月报应于{_due_words(due_at)}前报送。截至{_day(today)}，"
            f"以下 {len(late)} 个单位尚未报送：{names}。",
            "请尽快核对考勤和咨询记录，提交月报并导出上报包送达。确实没有安排值班的，请作零报。",
        ),
        signer=signer,
        issued_on=today,
    )


def reminder_text(letter: Letter) -> str:
    """The same for a message: addressee, text, signer and day, a line each."""
    day = [_day(letter.issued_on)] if letter.issued_on else []
    return "\n".join([f"{letter.addressee}：", *letter.paragraphs, letter.signer, *day])


def _due_words(due_at: datetime) -> str:
    clock = "" if due_at.time() == END_OF_DAY else f" {due_at:%H:%M}"
    return f"{_day(due_at.date())}{clock}"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
