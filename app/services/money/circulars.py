"""Drafts the circulated notices that follow verified absence from the site and sham duty (Y17 (5))."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local
from app.documents.forms.circular import Circular, open_number
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.organisation import Person
from app.rules.pay import lines as rules
from app.services.money.month_pay import MonthPay, month_pay
from app.services.reading.evidence import SpotCheckRow, spot_check_rows
from app.services.reading.sites import find_site
from app.values import Month


@dataclass(frozen=True)
class CircularDrafts:
    """The notices that a month (2022-05) calls for."""

    month: str


@answers(CircularDrafts, title="拟通报批评", permission=Permission.REPORT)
def circular_drafts(look: Look, query: CircularDrafts) -> tuple[Circular, ...]:
    """One draft a person and day, by date; serial number and date of issue are left open."""
    pay = month_pay(look, Month.parse(query.month))
    checks = {row.id: row for row in spot_check_rows(look, pay.month.first_day, pay.month.last_day)}
    if pay.circulars:
        people = tuple(found.person_id for found in pay.circulars)
        look.disclose("通报批评草稿", period=str(pay.month), rows=len(people), subjects=people)
    return tuple(_draft(look, pay, found, checks) for found in pay.circulars)


def _draft(look: Look, pay: MonthPay, found: rules.CircularCase, checks: dict[str, SpotCheckRow]) -> Circular:
    person = look.session.get(Person, found.person_id)
    own = [checks[one] for one in found.evidence if one in checks]
    days = [line for line in pay.lines if (line.person_id, line.on) == (found.person_id, found.on)]
    basis = found.clause or look.pack.notices_clause
    cancelled = sum(one.fen for line in days for one in line.deductions if one.rule == "D5")
    return Circular(
        issuer=look.office.name,
        person=found.name,
        organisation=person.organisation if person else "",
        site=find_site(look, found.site).name,
        on=found.on,
        result="、".join(dict.fromkeys(row.result.value for row in own)),
        findings=tuple(_finding(row) for row in own),
        basis=basis,
        clause_text=look.pack.clause_text(basis),
        cancelled_fen=cancelled,
        number=open_number(str(setting_value(look, "document_mark")), local(look.now.at).year),
    )


def _finding(row: SpotCheckRow) -> str:
    """What was found; the remark of the check is the inspector's, and is not put into the person's mouth."""
    reason = f"。抽查人记录：{row.reason}" if row.reason else ""
    return f"{row.at:%H:%M}{row.method}抽查，结果为{row.result.value}，经核实属实{reason}"
