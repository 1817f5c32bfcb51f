"""Plays an invented month: rosters down, duties at the kiosks, advice at the desks, the month's end, the county's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from app.clock import local
from app.demo.nonsense import write_nonsense
from app.demo.offices import DemoOffice, carry_down, carry_up
from app.demo.paying import hear_people, pay
from app.demo.sample.records import SampleAttendance, SampleConsultation, SampleMonth, SamplePerson
from app.demo.sample.workbooks import write_workbooks
from app.demo.sent_back import explain_it, send_one_back
from app.errors import Refused
from app.services.attendance.ask_correction import AskCorrection
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.consultations.record_consultation import RecordConsultation
from app.services.exchange.outcome import BundleOutcome
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.kind import ImportReport
from app.services.kiosk.badge import IssueBadge
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.money.confirm_payee import AwaitedPayees, ConfirmPayee
from app.services.money.review_month import ReviewMonth
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.office.back_up import BackUp
from app.services.people.pool import Pool
from app.services.roster.publish_drafts import PublishDrafts
from app.services.sites.frequency import SetFrequency

TIMES = {"每周两次": 8, "每月": 1}
NINE = time(9, 0)
FRIDAY = 4


@dataclass
class Play:
    """The county, the stations that keep offices of their own, the invented month, and what came of it."""

    county: DemoOffice
    stations: dict[str, DemoOffice]
    month: SampleMonth
    bundles: Path
    sheets: dict[str, Path] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    outcomes: list[BundleOutcome] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    came_back: int = 0
    """Records of a restored station that the county gave back."""
    owed_fen: int = 0
    """What people owe once evidence was judged after the payment, 分."""
    late_waiting: int = 0
    """Changes of a reported month that nobody decided yet."""
    nonsense: str = ""
    """Id of the check that a changed program sent."""

    def office(self, site: str) -> DemoOffice:
        """Who keeps the books of a site: its own office, else the county."""
        return self.stations.get(site, self.county)

    def person(self, who: SamplePerson) -> str:
        """Id of somebody of the pool."""
        return self.people[who.licence or who.name]

    def is_on_paper(self, row: SampleAttendance) -> bool:
        """Whether the site keeps a paper sheet, which the county types in at the month's end."""
        return not row.site.is_centre and row.site.code not in self.stations

    @property
    def last_day(self) -> datetime:
        """Nine in the morning after the month."""
        return datetime.combine(self.month.month.last_day + timedelta(days=1), NINE)


def prepare_month(play: Play, folder: Path) -> None:
    """People, badges, frequencies and rosters at the county, before the month; all of it travels down."""
    county, month = play.county, play.month
    play.sheets = write_workbooks(month, folder)
    _import(county, "people", play.sheets["people"])
    for person in county.ask(Pool()):
        play.people[person.licence or person.name] = person.id
        county.do(IssueBadge(person.id))
    _confirm_accounts(county)
    for site, (often, reason) in month.frequencies.items():
        county.do(SetFrequency(site, TIMES[often], reason, month.month.first_day))
    _import(county, "roster", play.sheets["roster"])
    county.do(PublishDrafts(month.month))
    play.outcomes += carry_down(county, play.stations.values(), play.bundles)
    _set_pins(play)
    _begin(play)


def _confirm_accounts(county: DemoOffice) -> None:
    """The reviewer compares every account with the person's own paper: who typed it may not say so."""
    reviewer = county.office.actor_of("shenhe")
    for one in county.ask(AwaitedPayees()):
        county.office.do(ConfirmPayee(one.person_id, account_end=one.account[-4:]), reviewer)


def _begin(play: Play) -> None:
    """Before the first duty every office backs up and reports that it had nothing to report for the month before."""
    month = play.month.month
    for office in (play.county, *play.stations.values()):
        office.at(datetime.combine(month.first_day, time(7, 0)))
        office.do(BackUp())
        office.do(SubmitMonth(str(month.previous()), is_nil=True))


def _import(office: DemoOffice, kind: str, sheet: Path) -> None:
    """Raises Refused with the first faulty row, for an invented sheet has none."""
    report: ImportReport = office.do(ImportWorkbook(kind, sheet))
    if report.refused:
        fault = report.refused[0]
        raise Refused(fault.code, f"{sheet.name} 第 {fault.row} 行“{fault.column}”：{fault.text}")


def _set_pins(play: Play) -> None:
    """Each office gives a PIN to the people who sit duty there."""
    chance = Random(play.month.seed)
    for row in play.month.attendance:
        if play.is_on_paper(row):
            continue
        person = play.person(row.person)
        pin = play.pins.setdefault(
            person, f"{chance.choice('2468')}{chance.randrange(100, 999)}{chance.choice('13579')}"
        )
        office = play.office(row.site.code)
        office.do(SetPin(person, pin))


def live(play: Play, pause: Callable[[DemoOffice], None] = lambda office: None) -> None:
    """Every tap and every consultation at its own time, office by office.

    pause is called once for each office in the middle of its last duty, when somebody sits there.
    """
    for office in (play.county, *play.stations.values()):
        moment = _last_duty(play, office) + timedelta(hours=2)
        for when, act in sorted(_events(play, office), key=lambda event: event[0]):
            if local(office.clock.at) < moment <= when:
                pause(office.at(moment))
            office.at(when)
            try_act(play, act)
    papers = [row for row in play.month.attendance if play.is_on_paper(row)]
    if papers:
        play.county.at(play.last_day)
        _import(play.county, "attendance", _paper_sheet(play, papers))


def _last_duty(play: Play, office: DemoOffice) -> datetime:
    return max(
        row.in_at
        for row in play.month.attendance
        if play.office(row.site.code) is office and not play.is_on_paper(row)
    )


def _events(play: Play, office: DemoOffice) -> Iterable[tuple[datetime, Callable[[], object]]]:
    for day in play.month.month.days():
        if day.weekday() == FRIDAY:
            yield datetime.combine(day, time(17, 50)), lambda: office.do(BackUp())
    for row in play.month.attendance:
        if play.office(row.site.code) is office and not play.is_on_paper(row):
            yield from _shift(play, office, row)
    for record in play.month.consultations:
        if play.office(record.site.code) is office:
            yield record.at, partial(_record, play, office, record)


def _record(play: Play, office: DemoOffice, record: SampleConsultation) -> object:
    return office.do(_entry(play, record))


def _shift(
    play: Play, office: DemoOffice, row: SampleAttendance
) -> Iterable[tuple[datetime, Callable[[], object]]]:
    person = play.person(row.person)
    pin = play.pins[person]
    yield row.in_at, lambda: office.tap(SignIn(person, pin, row.unscheduled_reason))
    if row.out_at:
        yield row.out_at, lambda: office.tap(SignOut(person, pin))
    if row.correction:
        asked = row.correction
        yield (
            asked.asked_at,
            lambda: office.do(AskCorrection(row.site.code, person, "out", asked.out_at, asked.reason)),
        )


def _entry(play: Play, record: SampleConsultation) -> RecordConsultation:
    return RecordConsultation(
        client_name=record.client,
        sex=record.sex.value,
        id_number=record.id_number,
        is_id_refused=record.is_id_declined,
        phone=record.phone,
        groups=record.groups,
        channel=record.channel,
        topics=record.topics,
        content=record.question,
        answer=record.answer,
        handling=record.handling,
        rating=record.rating.value if record.rating else "",
        is_aid_mentioned=bool(record.answer),
        is_told_once=bool(record.answer),
        at=record.at,
        site=record.site.code,
        person_id=play.person(record.adviser),
        number=record.number,
    )


def _paper_sheet(play: Play, rows: list[SampleAttendance]) -> Path:
    folder = play.sheets["attendance"].parent / "paper"
    folder.mkdir(exist_ok=True)
    return write_workbooks(replace(play.month, attendance=tuple(rows)), folder)["attendance"]


def close(play: Play) -> None:
    """Checks and complaints, submissions, bundles up, decisions, review, settlement, payment, replies down."""
    county, month = play.county, play.month
    county.at(max(play.last_day, local(county.clock.at)))
    _import(county, "spotchecks", play.sheets["spotchecks"])
    _send_nonsense(play)
    for station in play.stations.values():
        station.at(play.last_day + timedelta(hours=1))
        station.do(SubmitMonth(str(month.month)))
        play.outcomes += carry_up(station, county.at(play.last_day + timedelta(hours=2)), play.bundles)
    _import(county, "complaints", play.sheets["complaints"])
    _decide(play)
    for site in (*play.stations, *(s.code for s in month.sites if s.code not in play.stations)):
        if site not in play.stations:
            county.do(SubmitMonth(str(month.month), site=site))
        county.do(ReviewMonth(site, str(month.month), True, "核对无误"))
    for site in (county.office.identity.own_site, *play.stations):
        county.do(ReviewMonth(site, str(month.month.previous()), True, "零报告"))


def _send_nonsense(play: Play) -> None:
    """The first station's bundle holds a row without sense, which is set aside; everything else is computed."""
    code, station = next(iter(play.stations.items()))
    sat = next(row for row in play.month.attendance if row.site.code == code)
    station.at(play.last_day)
    play.nonsense = write_nonsense(station, play.person(sat.person), sat.in_at + timedelta(hours=1))


def settle_month(play: Play) -> None:
    """The bureau's final settlement, the payment, and the replies."""
    county, month = play.county, play.month
    county.at(play.last_day + timedelta(days=5))
    outside = county.office.pack.outside_words(month.month)
    county.do(SettleFinal(str(month.month), "演示" if outside else ""))
    pay(county, str(month.month))
    hear_people(county, str(month.month), _pins_at_the_centre(play))
    first = next(iter(play.stations.values()))
    send_one_back(county, first, month.month)
    play.outcomes += carry_down(county, play.stations.values(), play.bundles)
    explain_it(first)


def _pins_at_the_centre(play: Play) -> dict[str, str]:
    """Of those who signed in at the county's own kiosk."""
    rows = [row for row in play.month.attendance if play.office(row.site.code) is play.county]
    people = {play.person(row.person) for row in rows if not play.is_on_paper(row)}
    return {one: play.pins[one] for one in people if one in play.pins}


def _decide(play: Play) -> None:
    """The reviewer approves the corrections and the unscheduled duties; unproved evidence stays open."""
    reviewer = play.county.office.actor_of("shenhe")
    for item in play.county.ask(ExceptionsList(play.month.month)):
        if item.may_decide and (item.kind == "unscheduled" or item.text.startswith("补签")):
            decision = Decide(item.id, True, "经核实情况属实")
            try_act(play, partial(play.county.office.do, decision, reviewer))


def try_act(play: Play, act: Callable[[], object]) -> None:
    """A refusal is part of a month's life: it is kept for the summary."""
    try:
        act()
    except Refused as refusal:
        play.refusals.append(str(refusal))
