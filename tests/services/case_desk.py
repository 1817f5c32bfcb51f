"""A county's cases built in few words through the program's own commands, for the tests of cases and their money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState, Fund
from app.clock import local_to_utc
from app.kernel.permissions import Actor, staff
from app.rules.cases.facts import FactValue
from app.services.cases.case_card import CaseCard, OpenCase
from app.services.cases.enter_event import DecideCase, EnterCaseEvent, EnterIntake
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import CasesPaid, PayCases
from app.services.cases.register_case import RegisterCase
from app.services.cases.settle_cases import CaseQuarter, QuarterList, SettleCases
from app.values import Role
from tests.services.conftest import Desk

CLERK = staff("clerk", "clerk", "受理员", [Role.clerk])
REVIEWER = staff("aid", "aid", "李审查", [Role.aid_reviewer])
HEAD = staff("head", "head", "王主任", [Role.aid_head])
EXAMINER = staff("shen", "shen", "审核员", [Role.reviewer])
CASHIER = staff("cai", "cai", "财务", [Role.cashier])
SIGNED = {"reviewer": "李审查", "head": "王主任"}
LAWYER = {"handler": "卫明", "firm": "河东律师事务所", "handler_kind": "社会律师"}
GRANT: dict[str, FactValue] = {**SIGNED, "ground": "援31", "means": "免核查", "exemption": "农民工讨薪"}


PAPER_ONLY = "纸质卷宗齐全，扫描件后补"
"""Why the tests' files are archived without a scan."""


def accountless(actor: Actor) -> Actor:
    """The actor as a test uses it: with its role's rights, without a stored account."""
    return Actor(actor.account, actor.name, actor.display_name, actor.permissions, is_account=False)


@dataclass
class CaseDesk:
    """Registers cases of a county and takes them on, a day at a time."""

    desk: Desk
    count: int = 0
    ids: list[str] = field(default_factory=list)

    def today(self, day: date) -> None:
        """Set the clock to nine o'clock of a day."""
        self.desk.clock.at = local_to_utc(datetime.combine(day, time(9)))

    def register(self, on: date, **changed: object) -> str:
        """A civil wage claim of a migrant worker, received on a day."""
        self.count += 1
        said: dict[str, object] = {
            "received_on": on,
            "applicant": f"申请人{self.count}",
            "kind": "民事",
            "form": "诉讼",
            "stage": "一审",
            "ground": "援31",
            "matter": "劳动报酬",
            "groups": ("农民工",),
        }
        made = self.desk.do(RegisterCase(**(said | changed)), accountless(CLERK))  # type: ignore[arg-type]
        self.ids.append(made.id)
        return str(made.id)

    def intake(self, case: str, kind: Kind, on: date, **facts: FactValue) -> CaseState:
        return self._enter(EnterIntake, case, kind, on, facts, CLERK)

    def step(self, case: str, kind: Kind, on: date, **facts: FactValue) -> CaseState:
        return self._enter(EnterCaseEvent, case, kind, on, facts, REVIEWER)

    def decide(self, case: str, kind: Kind, on: date, *, reason: str = "", **facts: FactValue) -> CaseState:
        return self._enter(DecideCase, case, kind, on, facts, HEAD, reason)

    def _enter(
        self,
        command: type,
        case: str,
        kind: Kind,
        on: date,
        facts: Mapping[str, FactValue],
        by: Actor,
        reason: str = "",
    ) -> CaseState:
        entry = command(case=case, kind=kind, on=on, facts=facts, reason=reason)
        made = self.desk.do(entry, accountless(by))
        return CaseState(made.state)

    def granted(self, on: date, **changed: object) -> str:
        """A case decided five days after it came."""
        case = self.register(on, **changed)
        self.step(case, Kind.review_begun, on, reviewer="李审查")
        self.decide(case, Kind.granted, on.replace(day=on.day + 5), **GRANT)
        return case

    def archived(self, on: date, *, grade: str = "合格", entered: bool = True, **changed: object) -> str:
        """A case from its application on the month's first to its file archived on a day of a later month."""
        begun = date(on.year, on.month - 2, 1)
        case = self.granted(begun, **changed)
        self.step(case, Kind.assigned, begun.replace(day=7), **LAWYER)
        self.step(case, Kind.contracted, begun.replace(day=9))
        closed = date(on.year, on.month - 1, 20)
        self.step(case, Kind.closed, closed, result="胜诉", paper_on=closed.isoformat())
        self.step(case, Kind.handed_in, on)
        if entered:
            self.step(case, Kind.entered, on, entered_number=f"SX{self.count}", entered_on=on.isoformat())
        self.decide(case, Kind.archived, on, reason=PAPER_ONLY, grade=grade, examiner="赵验")
        return case

    def card(self, case: str) -> OpenCase:
        found: OpenCase = self.desk.ask(CaseCard(case))
        return found

    def quarter(self, quarter: str) -> QuarterList:
        found: QuarterList = self.desk.ask(CaseQuarter(quarter))
        return found

    def final(self, quarter: str) -> QuarterList:
        found: QuarterList = self.desk.do(SettleCases(quarter), accountless(HEAD))
        return found

    def examine_all(self, quarter: str) -> None:
        for line in self.quarter(quarter).lines:
            if line.outcome == "pays":
                self.desk.do(ExamineLine(quarter, line.number, True), accountless(EXAMINER))

    def pay(self, quarter: str, fund: Fund, on: date, voucher: str = "V1") -> CasesPaid:
        made: CasesPaid = self.desk.do(PayCases(quarter, fund, on, voucher), accountless(CASHIER))
        return made
