"""What holds of every month, whatever happened in it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.duty.facts import MonthFacts
from app.rules.pay.settle import settle
from app.values import DutyKind
from tests.unit.settlement_facts import CENTRE, CITY, OTHER, STATION, Y_RATES, Book

DAYS = st.integers(2, 5)
SITE = st.sampled_from([CENTRE, CITY, STATION, OTHER])
PERSON = st.sampled_from(["zhang", "li", "wang"])
CLOCK = st.sampled_from(
    ["07:30", "08:00", "08:00:01", "09:10", "11:59", "12:00", "13:00", "14:20", "17:00", "18:00"]
)
SHIFT = st.sampled_from(
    ["08:00-12:00", "14:00-18:00", "08:00-12:00 14:00-18:00", "09:00-13:00", "08:00-11:59:50"]
)
VERDICT = st.sampled_from(["属实", "不属实", "待核实"])
RESULT = st.sampled_from(["在岗", "脱岗", "脱岗", "不在岗", "虚假值班"])


@st.composite
def books(draw: st.DrawFn) -> Book:
    book = Book()
    for _ in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from([None, None, None, *DutyKind]))
        book.duty(draw(DAYS), draw(SITE), draw(PERSON), draw(SHIFT), kind, draw(st.booleans()))
    for _ in range(draw(st.integers(0, 8))):
        out = draw(st.none() | CLOCK)
        book.row(
            draw(DAYS),
            draw(CLOCK),
            out,
            draw(SITE),
            draw(PERSON),
            is_unscheduled_approved=draw(st.booleans()),
        )
    for _ in range(draw(st.integers(0, 8))):
        good = draw(st.sampled_from([None, True, False, False]))
        book.check(draw(DAYS), draw(CLOCK), draw(RESULT), good, draw(VERDICT), draw(SITE), draw(PERSON))
    for _ in range(draw(st.integers(0, 5))):
        missing = draw(st.sampled_from([(), ("证件号",)]))
        audit = draw(st.sampled_from([None, "合格", "缺项", "不规范"]))
        rating = draw(st.sampled_from([None, "满意", "不满意"]))
        book.record(draw(DAYS), draw(CLOCK), missing, audit, rating, draw(SITE), draw(PERSON))
    for _ in range(draw(st.integers(0, 4))):
        about = draw(st.sampled_from([None, *[record.id for record in book.records]]))
        book.complaint(draw(DAYS), draw(CLOCK), about, draw(VERDICT), draw(SITE), draw(PERSON))
    return book


@given(books())
def test_p23_no_unit_is_below_zero_or_above_its_base_and_lines_sum_to_the_total(book: Book) -> None:
    settled = book.settle()
    assert all(line.net_fen == max(0, line.base_fen - line.deducted_fen) for line in settled.lines)
    assert all(isinstance(line.net_fen, int) for line in settled.lines)
    assert sum(line.net_fen for line in settled.lines) == settled.total_fen
    bases = Counter(line.unit for line in settled.lines if line.base_fen)
    assert all(count == 1 for count in bases.values())


@given(books())
def test_y16_every_duty_has_one_line_and_every_zero_a_reason(book: Book) -> None:
    lines = book.settle().lines
    keys = [line.key for line in lines]
    assert len(set(keys)) == len(keys)
    assert {duty.id for duty in book.duties} <= set(keys)
    assert all(line.reasons for line in lines if not line.net_fen)


@given(books())
def test_y16_public_servants_are_never_paid(book: Book) -> None:
    assert all(line.net_fen == 0 for line in book.settle().lines if line.person_id == "wang")


@given(books(), st.randoms(use_true_random=False))
def test_y18_the_order_of_the_facts_plays_no_part(book: Book, chance: random.Random) -> None:
    before = book.settle()
    for facts in (book.duties, book.rows, book.checks, book.records, book.complaints):
        chance.shuffle(facts)
    assert book.settle() == before


@given(books(), DAYS, CLOCK, SITE, PERSON)
def test_y17_pending_evidence_changes_no_amount(
    book: Book, day: int, clock: str, site: str, person: str
) -> None:
    before = [(line.key, line.net_fen, line.deductions) for line in book.settle().lines]
    book.check(day, clock, "脱岗", None, "属实", site, person)
    book.check(day, clock, "不在岗", False, "待核实", site, person)
    book.complaint(day, clock, None, "待核实", site, person)
    book.record(day, clock, rating="不满意", site=site, person=person)
    assert [(line.key, line.net_fen, line.deductions) for line in book.settle().lines] == before


@given(books(), DAYS, CLOCK, SITE, PERSON)
def test_y17_more_findings_never_pay_more(book: Book, day: int, clock: str, site: str, person: str) -> None:
    before = {line.key: line.net_fen for line in book.settle().lines}
    book.check(day, clock, "脱岗", False, "待核实", site, person)
    book.complaint(day, clock, None, "属实", site, person)
    assert all(line.net_fen <= before[line.key] for line in book.settle().lines)


@given(books())
def test_y23_the_months_of_different_people_do_not_touch(book: Book) -> None:
    together = defaultdict(int)
    for line in book.settle().lines:
        together[line.person_id] += line.net_fen
    for person in ("zhang", "li", "wang"):
        alone = Book(
            [one for one in book.duties if one.person_id == person],
            [one for one in book.rows if one.person_id == person],
            [one for one in book.checks if one.person_id == person],
            book.records,
            book.complaints,
        )
        assert alone.settle().total_fen == together[person]


@given(books())
@settings(max_examples=30)
def test_g00_without_rates_nothing_is_paid(book: Book) -> None:
    assert book.settle(None).total_fen == 0


def test_y18_a_countys_month_settles_well_under_a_second() -> None:
    facts = county_month()
    assert (len(facts.duties), len(facts.consultations)) == (1500, 10_000)
    began = perf_counter()
    settled = settle(facts, Y_RATES)
    assert perf_counter() - began < 5  # a loaded machine; alone it takes a tenth of a second
    assert len(settled.lines) == 1500


def county_month() -> MonthFacts:
    """1 500 attended duties and 10 000 records, one in ten faulty."""
    book = Book()
    for number in range(1500):
        day, person = number % 30 + 1, ("zhang", "li", "wang")[number % 3]
        book.worked(day, (CENTRE, STATION, OTHER)[number // 3 % 3], person)
    for number in range(10_000):
        duty = book.duties[number % 1500]
        missing = ("证件号",) if number % 10 == 0 else ()
        book.record(duty.on.day, f"{9 + number % 3:02d}:30", missing, None, None, duty.site, duty.person_id)
    return book.facts()
