"""The invented month holds every story the demo tells, is nobody's, and is the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from stdnum import luhn
from stdnum.cn import ric

from app.demo.sample.month import FULL, SMALL, SampleSize, invent_month
from app.demo.sample.records import SampleMonth
from app.demo.sample.vocabulary import Vocabulary
from app.demo.sample.words import cases
from app.identity import judge_id
from app.values import AuditResult, DutyKind, Month, PersonKind, Rating, SpotResult, Verdict
from app.workdays import WorkCalendar

_TOWNS = ("中城街道", "解州镇", "龙居镇", "北相镇", "陶村镇", "席张乡", "王范乡", "上王乡")
SITES = [
    ("140802-01", "盐湖区公共法律服务中心", "县中心"),
    *(
        (f"1408021{place:02d}", f"盐湖区{town}公共法律服务工作站", "工作站")
        for place, town in enumerate(_TOWNS)
    ),
]


def _month(seed: int = 1, size: SampleSize = FULL, month: Month | None = None) -> SampleMonth:
    calendar = WorkCalendar()
    return invent_month(seed, SITES, month or Month(2022, 5), is_workday=calendar.is_workday, size=size)


@pytest.fixture(scope="module")
def full() -> SampleMonth:
    return _month()


def test_same_seed_same_figures_other_seed_others(full: SampleMonth) -> None:
    assert _month() == full
    assert _month(seed=2).people != full.people


def test_y08_pool_has_every_kind_with_its_papers(full: SampleMonth) -> None:
    assert len(full.people) >= 20
    assert {person.kind for person in full.people} == set(PersonKind)
    assert len({person.name for person in full.people}) == len(full.people)
    for person in full.people:
        if person.kind is PersonKind.lawyer:
            assert len(person.licence) == 17 and person.licence[9] == (
                "6" if person.is_public_servant else "1"
            )
        if person.kind is PersonKind.retired_official:
            assert (person.years or 0) >= 5
        assert bool(person.approval) == (person.kind is PersonKind.relaxed)
    assert sum(person.is_public_servant for person in full.people) >= 2


def test_invented_numbers_pass_their_checks_and_belong_to_nobody(full: SampleMonth) -> None:
    numbers = [person.id_number for person in full.people]
    numbers += [one.id_number for one in full.consultations if one.id_number]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert ric.calc_check_digit(number) == number[-1]
        assert not judge_id(number).problems
        assert number.startswith("140800"), "no identity card carries a city's own code"
    assert all(person.phone.startswith("140") for person in full.people)
    assert all(luhn.is_valid(person.account) for person in full.people)


def test_client_sex_fits_the_number_and_the_story(full: SampleMonth) -> None:
    for one in full.consultations:
        if one.id_number:
            assert judge_id(one.id_number).sex == one.sex
        if "妇女" in one.groups:
            assert one.sex == "女"


def test_y09_centre_every_working_day_of_may_2022(full: SampleMonth) -> None:
    days = {duty.on for duty in full.duties if duty.kind is DutyKind.centre}
    assert date(2022, 5, 7) in days, "adjusted Saturday"
    assert not days & {date(2022, 5, day) for day in (1, 2, 3, 4)}
    assert len(days) == 20
    assert all(len(duty.ranges) == 2 for duty in full.duties if duty.kind is DutyKind.centre)


def test_y09_roster_flaws_are_warnings_never_overlaps(full: SampleMonth) -> None:
    for first, second in combinations(full.duties, 2):
        if first.person == second.person:
            assert first.end <= second.start or second.end <= first.start
    assert [d for d in full.duties if d.kind is DutyKind.centre and d.hours < 8]
    assert [
        d for d in full.duties if d.kind is DutyKind.station and d.hours < 4 and not _has_outreach(full, d)
    ]
    assert {text for text, _ in full.frequencies.values()} == {"每周两次", "每月"}
    monthly = [code for code, (text, _) in full.frequencies.items() if text == "每月"]
    assert [sum(d.site.code == code for d in full.duties) for code in monthly] == [1]


def _has_outreach(month: SampleMonth, duty: object) -> bool:
    keys = {(d.person, d.on) for d in month.duties if d.kind is DutyKind.outreach}
    return (duty.person, duty.on) in keys  # type: ignore[attr-defined]


def test_attendance_tells_late_early_absent_forgotten_and_unscheduled(full: SampleMonth) -> None:
    kept = [row for row in full.attendance if row.duty]
    late = [row for row in kept if row.duty and row.in_at > row.duty.start]
    early = [row for row in kept if row.duty and row.out_at and row.out_at < row.duty.end]
    assert len(late) == max(1, round(len(full.duties) * 0.08)) and early
    assert len(full.duties) - len(kept) == 1, "one duty nobody signed in for"
    forgotten = [row for row in kept if row.out_at is None]
    assert sum(row.correction is not None for row in forgotten) == 1
    assert all(row.correction.asked_at > row.correction.out_at for row in forgotten if row.correction)
    unscheduled = [row for row in full.attendance if row.duty is None]
    assert len(unscheduled) == 1 and unscheduled[0].unscheduled_reason
    assert any(row.confirmed_by for row in kept), "one station signs on paper"


def test_spot_checks_hold_a_ban_a_sham_and_a_pending_one(full: SampleMonth) -> None:
    unjustified = Counter(
        check.person for check in full.spot_checks if check.is_justified is False and _in_a_range(full, check)
    )
    assert [count for count in unjustified.values() if count >= 3] == [3]
    sham = [c for c in full.spot_checks if c.result is SpotResult.sham]
    assert [c.verdict for c in sham] == [Verdict.confirmed]
    same_day = [d for d in full.duties if d.person == sham[0].person and d.on == sham[0].at.date()]
    assert len({d.site for d in same_day}) == 2, "the sham duty is one of two stations that day"
    assert [c.verdict for c in full.spot_checks if c.result is SpotResult.not_on_site] == [Verdict.pending]
    absent = {c.is_justified for c in full.spot_checks if c.result is SpotResult.absent}
    assert absent == {True, False, None}


def _in_a_range(month: SampleMonth, check: object) -> bool:
    return any(
        begin <= check.at < end  # type: ignore[attr-defined]
        for duty in month.duties
        if (duty.site, duty.person) == (check.site, check.person)  # type: ignore[attr-defined]
        for begin, end in duty.ranges
    )


def test_y10_register_reads_like_a_real_one(full: SampleMonth) -> None:
    register = full.consultations
    assert len(register) >= 300
    assert len({one.question for one in register}) == len(register), "no question twice"
    assert not any(mark in one.question + one.answer for one in register for mark in "[]{}|")
    assert sum(len(one.topics) > 1 for one in register) >= 10
    assert 0.25 < sum(one.is_id_declined for one in register) / len(register) < 0.65
    assert {"来访", "来电"} <= {one.channel for one in register}
    assert sum(one.rating is Rating.dissatisfied for one in register) == 3
    assert sum(one.audit is AuditResult.irregular for one in register) >= 3
    faulty = [one for one in register if not _is_complete(one)]
    assert len(faulty) == round(len(register) * 0.04)
    assert len({(one.site.code, one.number) for one in register}) == len(register)


def _is_complete(one: object) -> bool:
    names = ("client", "phone", "groups", "channel", "topics", "question", "answer", "handling")
    papers = one.id_number or one.is_id_declined  # type: ignore[attr-defined]
    return bool(papers) and all(getattr(one, name) for name in names)


def test_every_consultation_lies_in_time_signed_for(full: SampleMonth) -> None:
    for one in full.consultations:
        assert any(
            row.in_at.replace(second=0) <= one.at <= (row.effective_out_at or row.in_at)
            for row in full.attendance
            if (row.site, row.person) == (one.site, one.adviser)
        )


def test_y24_complaints_hold_every_verdict_and_one_about_an_unhappy_client(full: SampleMonth) -> None:
    assert {one.verdict for one in full.complaints} == set(Verdict)
    ratings = {(one.site.code, one.number): one.rating for one in full.consultations}
    assert any(
        ratings.get((one.site.code, one.number)) is Rating.dissatisfied and one.verdict is Verdict.confirmed
        for one in full.complaints
    )
    assert any(not one.number and one.verdict is Verdict.confirmed for one in full.complaints)


def test_small_and_scaled_sizes() -> None:
    small = _month(size=SMALL)
    assert len(small.sites) == 3 and len(small.consultations) == 42
    assert {person.kind for person in small.people} == set(PersonKind)
    double = _month(size=FULL.scaled(2))
    assert len(double.consultations) == 652 and len(double.people) >= 50


@pytest.mark.parametrize("month", ["2022-01", "2022-10", "2023-02", "2024-06"])
@pytest.mark.parametrize("seed", range(4))
def test_other_months_and_seeds_work_too(month: str, seed: int) -> None:
    for size in (FULL, SMALL):
        found = _month(seed, size, Month.parse(month))
        assert len(found.consultations) == size.consultations
        assert all(duty.on in found.month for duty in found.duties)


def test_register_keeps_to_a_packs_words() -> None:
    words = Vocabulary(("婚姻家庭", "劳动", "其他"), ("农民工", "妇女"), ("解答", "申请法律援助", "其他"))
    is_workday = WorkCalendar().is_workday
    found = invent_month(1, SITES, is_workday=is_workday, size=SMALL, vocabulary=words)
    assert {topic for one in found.consultations for topic in one.topics} <= set(words.topics)
    assert {group for one in found.consultations for group in one.groups} <= {*words.groups, "其他"}
    assert {one.handling for one in found.consultations} <= {*words.handlings, ""}


def test_word_lists_hold_sixty_templates_over_fourteen_topics() -> None:
    assert len(cases()) >= 60
    assert len({case.topics[0] for case in cases()}) >= 14
    assert any("法律援助法第四十二条" in case.answer for case in cases() if case.topics[0] == "劳动报酬")
