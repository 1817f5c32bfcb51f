"""A county's month built in few words through the program's own commands, for the tests of money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Protocol

from app.clock import local_to_utc, new_id
from app.dates import parse_time_ranges
from app.kernel.permissions import Actor, Permission
from app.models.duties import Punch
from app.services.attendance.decide import Decide
from app.services.consultations.record_consultation import RecordConsultation
from app.services.money.check_batch import CheckBatch
from app.services.money.confirm_payee import ConfirmPayee
from app.services.money.make_batch import MakeBatch
from app.services.money.month_pay import ComputeSettlement, MonthPay
from app.services.money.pay_month import PayMonth, PayRun
from app.services.money.settle_final import SettleFinal
from app.services.people.add_person import AddPerson
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.publish_roster import PublishRoster
from app.services.supervision.record_complaint import RecordComplaint
from app.services.supervision.record_spot_check import RecordSpotCheck
from app.values import DutyKind, Month
from tests.direct_rows import write_rows
from tests.services.conftest import Desk

CENTRE, STATION, OTHER = "140802-01", "140802100", "140802101"
AFTER_MAY = datetime(2022, 6, 2, 9, 0)
VERIFIER = Actor("verifier", "verifier", "核实人", frozenset({Permission.DECIDE}), is_account=False)
"""Who verifies what the administrator recorded."""
SECOND = Actor("second", "second", "复核人", frozenset({Permission.CONFIRM_PAYEE}), is_account=False)
"""Confirms every account, so that tests of other things can pay."""
MAKER = Actor("maker", "maker", "制单人", frozenset({Permission.SETTLE}), is_account=False)
CHECKER = Actor("checker", "checker", "复核人", frozenset({Permission.REVIEW_MONTH}), is_account=False)
"""Make and check the batches, so that tests of other things pay with a third hand."""
HOURS = {CENTRE: "08:30-12:00；14:00-18:30"}


def at(day: int, clock: str, month: int = 5, year: int = 2022) -> datetime:
    """10, "09:12:34" → that local time in May 2022."""
    return datetime.combine(date(year, month, day), datetime.fromisoformat(f"2022-01-01 {clock}").time())


class Doing(Protocol):
    """An office that carries out commands."""

    def do(self, command: Any, actor: Actor | None = None) -> Any: ...


def ready_to_pay(desk: Doing, month: str = "2022-05", *people: str) -> str:
    """A batch of everybody due, or of these, made and checked; its id."""
    batch: str = desk.do(MakeBatch(month, people, cash_reason="没有账户"), MAKER)
    desk.do(CheckBatch(batch, True), CHECKER)
    return batch


def paid(desk: Doing, command: PayMonth, *people: str) -> PayRun:
    """What a payment posts of a batch made and checked for it."""
    ready_to_pay(desk, command.month, *people)
    run = desk.do(command)
    assert isinstance(run, PayRun)
    return run


@dataclass
class Book:
    """Writes a month into a county's office; every method returns the new row's id."""

    desk: Desk
    month: int = 5
    year: int = 2022
    people: dict[str, str] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)
    serial: count = field(default_factory=lambda: count(1))

    def person(self, name: str = "张三", *, is_public: bool = False) -> str:
        """The person of that name, entered when first named."""
        if name not in self.people:
            self.people[name] = self.desk.do(
                AddPerson(
                    name=name,
                    kind="律师",
                    is_public_servant=is_public,
                    organisation="河东律师事务所",
                    licence=f"114082010{len(self.people):08d}",
                    bank_name="农业银行盐湖支行",
                    bank_account=f"62284800312345{len(self.people):05d}",
                )
            )
            self.desk.do(ConfirmPayee(self.people[name]), SECOND)
        return self.people[name]

    def duty(
        self, day: int, site: str = STATION, who: str = "张三", *, hours: str = "", kind: str = ""
    ) -> str:
        """A draft; publish() makes it count."""
        self.sites.add(site)
        words = kind or (DutyKind.centre if site == CENTRE else DutyKind.station)
        ranges = parse_time_ranges(hours or HOURS.get(site, "09:00-13:00"))
        return str(
            self.desk.do(
                DraftDuty(site, date(self.year, self.month, day), self.person(who), ranges, DutyKind(words))
            )
        )

    def publish(self) -> None:
        """Publish all drafts."""
        for site in sorted(self.sites):
            self.desk.do(PublishRoster(site, Month(self.year, self.month)))
        self.sites.clear()

    def row(self, day: int, came: str, left: str = "", site: str = STATION, who: str = "张三") -> str:
        """A sign-in and its sign-out as punched, written as the kiosk does."""
        person, on = self.person(who), date(self.year, self.month, day)
        opened = self._punch(site, person, on, "in", came)
        opened.id = new_id()
        closed = [self._punch(site, person, on, "out", left, opened.id)] if left else []
        write_rows(self.desk.office, opened, *closed)
        return opened.id

    def _punch(self, site: str, person: str, on: date, direction: str, clock: str, pair: str = "") -> Punch:
        moment = local_to_utc(at(on.day, clock, on.month, on.year))
        return Punch(
            writer="140802",
            site=site,
            person_id=person,
            direction=direction,
            at=moment,
            on=on,
            pair_id=pair,
            origin="kiosk",
        )

    def worked(
        self, day: int, site: str = STATION, who: str = "张三", *, hours: str = "", kind: str = ""
    ) -> str:
        """A duty that was signed in and out on time."""
        made = self.duty(day, site, who, hours=hours, kind=kind)
        ranges = parse_time_ranges(hours or HOURS.get(site, "09:00-13:00"))
        self.row(day, f"{ranges[0][0]:%H:%M}", f"{ranges[-1][1]:%H:%M}", site, who)
        return made

    def check(
        self,
        day: int,
        clock: str,
        result: str = "脱岗",
        good: bool | None = False,
        verdict: str = "待核实",
        site: str = STATION,
        who: str = "张三",
    ) -> str:
        """A spot check."""
        return str(
            self.desk.do(
                RecordSpotCheck(
                    site=site,
                    at=at(day, clock, self.month, self.year),
                    person_id=self.person(who),
                    method="电话",
                    result=result,
                    reason="下村",
                    is_justified=good,
                    verdict=verdict,
                    inspector="查验" if good is not None or verdict != "待核实" else "",
                )
            )
        )

    def record(
        self,
        day: int,
        clock: str,
        *,
        rating: str = "满意",
        answer: str = "可申请劳动仲裁",
        site: str = STATION,
        who: str = "张三",
    ) -> str:
        """A service record; answer "" makes it lack one item."""
        made = self.desk.do(
            RecordConsultation(
                client_name="李某",
                sex="男",
                is_id_refused=True,
                phone="13800001234",
                groups=("农民工",),
                channel="来访",
                topics=("劳动",),
                content="拖欠工资",
                answer=answer,
                handling="解答",
                rating=rating,
                at=at(day, clock, self.month, self.year),
                site=site,
                person_id=self.person(who),
            )
        )
        return str(made.id)

    def complaint(
        self,
        day: int,
        clock: str,
        number: str = "",
        verdict: str = "属实",
        site: str = STATION,
        who: str = "张三",
    ) -> str:
        """A complaint about a record of that number, or about the time, verified by another."""
        when = at(day, clock, self.month, self.year)
        made = str(self.desk.do(RecordComplaint(site, when, self.person(who), "态度不好", number)))
        if verdict != "待核实":
            self.desk.office.do(Decide(made, verdict == "属实", "录音为证"), VERIFIER)
        return made

    @property
    def text(self) -> str:
        """2022-05."""
        return f"{self.year}-{self.month:02d}"

    def settle(self) -> MonthPay:
        """Publish what is drafted and compute."""
        self.publish()
        found = self.desk.ask(ComputeSettlement(self.text))
        assert isinstance(found, MonthPay)
        return found

    def finish(self) -> MonthPay:
        """Publish what is drafted and settle finally."""
        self.publish()
        found = self.desk.do(SettleFinal(self.text))
        assert isinstance(found, MonthPay)
        return found

    def nets(self) -> list[int]:
        """What each line pays, in yuan."""
        return [line.net_fen // 100 for line in self.settle().lines]
