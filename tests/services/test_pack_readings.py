"""Each reading that is offered changes a result; the bureau's reading holds at its stations, and unknown ones hurt nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack, pack_keys
from app.models.duties import Complaint
from app.models.readings import PackReading
from app.rules.cases.clock_rules import clock_settings
from app.services.attendance.decide import Decide, refuse_unheard
from app.services.consultations.follow_up_list import FollowUps
from app.services.consultations.rate_consultation import RateConsultation
from app.services.money.enter_reply import EnterReply
from app.services.money.month_pay import ComputeSettlement
from app.services.money.replies import PayReplies
from app.services.money.review_matrix import ReviewMatrix
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.office.settings import ChangeSetting, Settings
from app.services.reports.show_report import ShowReport
from app.services.supervision.evidence_month import EvidenceMonth
from app.services.supervision.hear_person import NotifyPerson
from app.services.targets.progress import TargetsProgress
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from app.values import Month
from tests.direct_rows import write_rows
from tests.exchange.offices import JIEZHOU, Place, enrol, make_county
from tests.services.case_readings import CASE_READINGS, PURE_CASE_READINGS
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, OTHER, VERIFIER, Book

MAY = Month(2022, 5)
Result = Callable[[Book], Any]


def nets(write: Callable[[Book], object]) -> Result:
    """What a month's lines pay, once it was written."""

    def result(book: Book) -> Any:
        if not book.people:
            write(book)
        return book.nets()

    return result


def asked(write: Callable[[Book], object], ask: Callable[[Desk], Any]) -> Result:
    """What a query answers, once the month was written."""

    def result(book: Book) -> Any:
        if not book.people:
            write(book)
            book.publish()
        return ask(book.desk)

    return result


def _rated(book: Book) -> None:
    book.worked(10)
    book.worked(10, OTHER, "李四")
    for minute, rating in enumerate(("满意", "满意", "基本满意", "")):
        book.record(10, f"10:{minute:02d}", rating=rating)
    book.record(10, "10:30", rating="不满意", site=OTHER, who="李四")


def _followed_up(book: Book) -> None:
    book.worked(10)
    made = book.record(10, "10:00", rating="不满意")
    book.desk.do(RateConsultation(made, "满意", "5月12日电话回访", is_follow_up=True))


def _in_december(book: Book) -> None:
    book.desk.clock.go_to(datetime(2023, 1, 5, 9))
    book.month = 12
    book.worked(10)
    book.record(10, "10:00")


def _two_talks(book: Book) -> None:
    book.worked(10)
    book.record(10, "10:00")
    book.record(10, "11:00")


def _in_may(book: Book) -> None:
    book.desk.clock.go_to(datetime(2022, 5, 20, 9))
    book.worked(10)
    book.record(10, "10:00")


def _late_and_early(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:10", "12:30")


def _late_by_a_moment(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:00:30", "13:00")


def _early_sign_in(book: Book) -> None:
    book.duty(10)
    book.row(10, "07:10", "13:00")


def _two_faulty(book: Book) -> None:
    book.worked(10)
    book.record(10, "10:00", answer="")
    book.record(10, "11:00", answer="")


def _rating_and_complaint(book: Book) -> None:
    book.worked(10)
    book.record(10, "10:00", rating="不满意")
    book.complaint(10, "10:00", "0001")


def _absent_thrice(book: Book) -> None:
    for day in (5, 10, 17):
        book.worked(day)
        book.check(day, "10:00")
    book.worked(20, CENTRE)
    book.worked(24, OTHER)


def _sham_at_one(book: Book) -> None:
    book.worked(10, hours="08:00-12:00")
    book.worked(10, OTHER, hours="14:00-18:00")
    book.check(10, "15:00", "虚假值班", None, "属实", OTHER)


def _unscheduled(book: Book) -> None:
    row = book.row(10, "09:00", "13:00")
    book.desk.do(Decide(row, True, "临时安排"))


def _settled_in_may(book: Book) -> None:
    book.worked(10)
    book.finish()


def _disputed_in_may(book: Book) -> None:
    _settled_in_may(book)
    book.desk.do(EnterReply("2022-05", book.people["张三"], True, "少算一班"))


def _silent_in_may(book: Book) -> None:
    _settled_in_may(book)
    book.desk.clock.go_to(datetime(2022, 6, 20, 9))


def _reply(desk: Desk) -> Any:
    [found] = desk.ask(PayReplies("2022-05"))
    return found.state, found.held_fen


def _complained(book: Book) -> None:
    book.worked(10)
    book.complaint(10, "10:00", verdict="待核实")


def _told_now(book: Book) -> Any:
    """By when a person told of a new complaint explains himself; a notice that was given keeps its day."""
    made = book.desk.do(NotifyPerson(book.complaint(10, "10:00", verdict="待核实")))
    return made.due_on


def _may_be_found_proved(desk: Desk) -> bool:
    """Whether a finding against the person is taken though nobody told him; the finding itself is not left standing."""
    with desk.office._dispatcher.looking(VERIFIER) as look:
        row = look.session.get_one(Complaint, desk.ask(EvidenceMonth(MAY)).complaints[0].id)
        try:
            refuse_unheard(look, row, is_proved=True)
        except Refused:
            return False
    return True


def _satisfaction(desk: Desk) -> Any:
    return desk.ask(TargetsProgress("2022-05")).total.satisfaction.rate


YUNCHENG: dict[str, tuple[str, Result]] = {
    "record_unit": ("duty", nets(_two_faulty)),
    "grace_minutes": ("5", nets(_late_by_a_moment)),
    "match_window_minutes": ("60", nets(_early_sign_in)),
    "late_and_early": ("once", nets(_late_and_early)),
    "same_matter_once": ("否", nets(_rating_and_complaint)),
    "month_ban_scope": ("stations", nets(_absent_thrice)),
    "sham_scope": ("unit", nets(_sham_at_one)),
    "short_duty": ("confirm", nets(lambda book: book.worked(10, hours="09:00-11:00"))),
    "unscheduled_approved": ("noted", nets(_unscheduled)),
    "outreach_pay_fen": ("20000", nets(lambda book: book.worked(10, kind="下乡"))),
    "court_pay_fen": ("15000", nets(lambda book: book.worked(10, kind="值班律师"))),
    "satisfied_counts": ("satisfied", asked(_rated, _satisfaction)),
    "unrated_in_denominator": ("是", asked(_rated, _satisfaction)),
    "follow_up_replaces_desk": ("否", asked(_followed_up, _satisfaction)),
    "units_averaged": ("by_units", asked(_rated, _satisfaction)),
    "pace_basis": ("months", asked(_rated, lambda desk: desk.ask(TargetsProgress("2022-05")).total.pace)),
    "period_basis": (
        "from_december",
        asked(_in_december, lambda desk: len(desk.ask(ShowReport("consultations", "2022")).table.texts)),
    ),
    **CASE_READINGS,
    "follow_up_percent": ("100", asked(_two_talks, lambda desk: len(desk.ask(FollowUps(MAY)).lines))),
    "follow_up_due_days": ("9", asked(_two_talks, lambda desk: desk.ask(FollowUps(MAY)).lines[0].call.by)),
    "audit_due_days": ("1", asked(_in_may, lambda desk: UrgentKind.audits in desk.ask(Waiting()))),
    "spot_checks_per_month": ("4", asked(_complained, lambda desk: desk.ask(EvidenceMonth(MAY)).quota.asked)),
    "explanation_workdays": ("5", _told_now),
    "explanation_first": ("always", asked(_complained, _may_be_found_proved)),
    "silence_confirms": ("否", asked(_silent_in_may, _reply)),
    "disputed_pay": ("pay", asked(_disputed_in_may, _reply)),
    "submission_due_day": ("12", asked(_rated, lambda desk: desk.ask(ReviewMatrix("2022-05")).due_at)),
}
"""Reading → another value, and the result of a county's month that it changes."""
PURE = {
    "d4_city_centre": ("station", lambda pack: pack.rates.d4_fen["市中心"]),
    "statement_reply_days": ("9", lambda pack: pack.setting("statement_reply_days")),
    "rates_from": ("none", lambda pack: pack.rates is None),
    **PURE_CASE_READINGS,
    "complaint_accept_workdays": ("7", lambda pack: clock_settings(pack).complaint_accept_workdays),
    "complaint_close_days": ("60", lambda pack: clock_settings(pack).complaint_close_days),
}
"""Readings of other offices than a county of 运城, and of cases: what the pack makes of them."""


def test_every_offered_reading_is_among_those_proved() -> None:
    offered = {one.name for key in pack_keys() for one in load_pack(key).settings.values() if one.is_offered}
    assert offered == {*YUNCHENG, *PURE}


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


@pytest.mark.parametrize("name", sorted(YUNCHENG))
def test_an_offered_reading_changes_a_result(book: Book, name: str) -> None:
    value, result = YUNCHENG[name]
    before = result(book)
    book.desk.do(ChangeSetting(f"pack.{name}", value, "市局口径"))
    assert result(book) != before
    book.desk.do(ChangeSetting(f"pack.{name}", str(_default(book.desk, name)), "恢复"))
    assert result(book) == before


@pytest.mark.parametrize("name", sorted(PURE))
def test_an_offered_reading_changes_the_pack(name: str) -> None:
    value, result = PURE[name]
    held = [one for one in map(load_pack, reversed(pack_keys())) if name in one.settings]
    pack = next((one for one in held if one.rates), held[0])
    assert result(pack.with_settings({name: value})) != result(pack)


def _default(desk: Desk, name: str) -> str:
    return next(one.default for one in desk.ask(Settings()) if one.name == f"pack.{name}")


def test_y23_stations_only_bans_the_station_duties_of_the_month(book: Book) -> None:
    _absent_thrice(book)
    assert book.nets() == [0, 0, 0, 0, 0]
    book.desk.do(ChangeSetting("pack.month_ban_scope", "stations", "只停工作站"))
    assert book.nets() == [0, 0, 0, 200, 0]
    book.desk.do(ChangeSetting("pack.month_ban_scope", "site", "只停本站"))
    assert book.nets() == [0, 0, 0, 200, 300]


@pytest.mark.parametrize("name", ["approval_by", "floor_unit"])
def test_a_reading_that_decides_nothing_yet_is_neither_shown_nor_changed(county: Desk, name: str) -> None:
    assert f"pack.{name}" not in {one.name for one in county.ask(Settings())}
    with pytest.raises(Refused, match="E084"):
        county.do(ChangeSetting(f"pack.{name}", "是", "试试"))


def test_the_december_year_counts_december_into_the_next(book: Book) -> None:
    _in_december(book)
    book.publish()
    book.desk.do(ChangeSetting("pack.period_basis", "from_december", "旧统计报表口径"))
    view = book.desk.ask(ShowReport("consultations", "2023-Q1"))
    assert (len(view.table.texts), view.period) == (1, "2023年第1季度（2022年12月至2023年2月）")
    found = book.desk.ask(TargetsProgress("2023"))
    assert (found.total.so_far, found.total.pace) == (1, pytest.approx(36 / 365))


def test_the_bureaus_reading_comes_down_in_a_bundle_and_holds_at_the_station(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        county.do(ChangeSetting("pack.late_and_early", "once", "市局2022年口径"))
        assert station.office.pack.setting("late_and_early") == "each"
        _carry(county, station)
        shown = next(one for one in station.ask(Settings()) if one.name == "pack.late_and_early")
        assert (shown.value, shown.reason, shown.may_change) == ("once", "市局2022年口径", False)
        assert station.office.pack.rule_settings.late_and_early == "once"
        county.do(ChangeSetting("pack.late_and_early", "each", "恢复"))
        _carry(county, station)
        assert station.office.pack.setting("late_and_early") == "each"
    finally:
        station.office.close()
        county.office.close()


def test_case_53_a_newer_bureaus_reading_is_left_out_and_told(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        newer = (("late_and_early", "thrice"), ("moon_phase", "full"))
        readings = (PackReading(id=f"140802/{n}", writer="140802", name=n, value=value) for n, value in newer)
        write_rows(county.office, *readings)
        county.do(ChangeSetting("theme", "high_contrast"))
        _carry(county, station)
        assert station.office.pack.setting("late_and_early") == "each"
        assert station.ask(ComputeSettlement("2022-05")).lines == ()
        words = next(one for one in station.ask(Health()) if one.key == "words")
        assert not words.is_good and "thrice" in words.text and "moon_phase" in words.text
    finally:
        station.office.close()
        county.office.close()


def test_a_second_process_reckons_by_the_reading_at_once(county: Desk, tmp_path: Path) -> None:
    other = Office(county.office.data, county.office.safe.key, county.clock)
    try:
        assert other.pack.setting("late_and_early") == "each"
        county.do(ChangeSetting("pack.late_and_early", "once", "市局口径"))
        assert other.pack.setting("late_and_early") == "once"
    finally:
        other.close()


def _carry(county: Place, station: Place) -> None:
    files = [county.stick / one.file for one in county.export(JIEZHOU)]
    assert [one.outcome for one in station.take(*files)] == ["APPLIED"]
