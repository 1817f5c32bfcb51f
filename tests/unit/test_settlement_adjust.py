"""A locked month is put right by added lines only (P19, P20, P24, P25)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.errors import Refused
from app.rules.pay.adjust import adjustment_lines, with_locked_faults
from app.rules.pay.amend import decided_adjustment, reversal
from app.rules.pay.lines import PayLine
from app.rules.pay.stored import AdjustmentFact, AdjustReason, StoredLine
from app.values import LineOrigin
from tests.unit.settlement_facts import CENTRE, Book


def locked(lines: Iterable[PayLine]) -> list[StoredLine]:
    return [
        StoredLine(
            id=f"line-{line.key}",
            key=line.key,
            unit=line.unit,
            person_id=line.person_id,
            on=line.on,
            site=line.site,
            kind=line.kind,
            base_fen=line.base_fen,
            net_fen=line.net_fen,
            deductions=line.deductions,
        )
        for line in lines
    ]


def added(one: AdjustmentFact, line_id: str) -> StoredLine:
    return StoredLine(
        id=line_id,
        key=one.key,
        unit=one.unit,
        person_id=one.person_id,
        on=one.on,
        site=one.site,
        kind=one.kind,
        base_fen=0,
        net_fen=one.net_fen,
        deductions=(),
        adjusts=one.adjusts,
        origin=one.origin,
    )


@pytest.fixture
def book() -> Book:
    made = Book()
    for day in (3, 10, 17):
        made.worked(day)
    return made


def test_p19_settling_twice_gives_the_same_lines_and_no_adjustment(book: Book) -> None:
    assert book.settle() == book.settle()
    assert adjustment_lines(locked(book.settle().lines), book.settle().lines) == ()


def test_p24_evidence_after_the_lock_becomes_a_linked_adjustment(book: Book) -> None:
    stored = locked(book.settle().lines)
    complaint = book.complaint(10, "10:00")
    (made,) = adjustment_lines(stored, book.settle().lines)
    assert (made.adjusts, made.net_fen, made.origin) == (stored[1].id, -5000, LineOrigin.evidence)
    assert made.evidence == (complaint,)
    assert made.reasons[0] == "结算后的证据：原 300 元，现 250 元"
    assert made.reasons[1].startswith("新增：投诉经核实属实")


def test_p24_stored_adjustments_are_not_made_again(book: Book) -> None:
    stored = locked(book.settle().lines)
    book.complaint(10, "10:00")
    stored += [added(one, "adj-1") for one in adjustment_lines(stored, book.settle().lines)]
    assert adjustment_lines(stored, book.settle().lines) == ()
    book.complaint(10, "11:00")
    (second,) = adjustment_lines(stored, book.settle().lines)
    assert (second.adjusts, second.net_fen) == ("line-" + second.key, -5000)


def test_p24_a_third_absence_after_the_lock_takes_the_month_back(book: Book) -> None:
    book.check(3, "10:00")
    book.check(10, "10:00")
    stored = locked(book.settle().lines)
    book.check(17, "10:00")
    assert [one.net_fen for one in adjustment_lines(stored, book.settle().lines)] == [-15000, -15000, -30000]


def test_p24_a_correction_after_the_lock_pays_what_was_withheld(book: Book) -> None:
    duty = book.duty(24)
    stored = locked(book.settle().lines)
    book.row(24, "09:00", "13:00")
    (made,) = adjustment_lines(stored, book.settle().lines)
    assert (made.adjusts, made.net_fen) == (f"line-{duty}", 30000)


def test_p24_pay_that_only_moves_within_a_person_day_is_no_change() -> None:
    book = Book()
    book.duty(10, CENTRE, hours="08:00-12:00")
    book.worked(10, CENTRE, hours="14:00-18:00")
    stored = locked(book.settle().lines)
    book.row(10, "08:00", "12:00", CENTRE)
    assert adjustment_lines(stored, book.settle().lines) == ()


def test_p24_a_duty_unknown_to_the_lock_is_paid_without_a_link(book: Book) -> None:
    stored = locked(book.settle().lines)
    duty = book.worked(24)
    (made,) = adjustment_lines(stored, book.settle().lines)
    assert (made.adjusts, made.key, made.net_fen) == (None, duty, 30000)
    stored.append(added(made, "adj-1"))
    assert adjustment_lines(stored, book.settle().lines) == ()


def test_p24_a_duty_that_is_gone_is_taken_back(book: Book) -> None:
    stored = locked(book.settle().lines)
    gone = book.duties.pop(0)
    (made,) = adjustment_lines(stored, book.settle().lines)
    assert (made.adjusts, made.net_fen) == (f"line-{gone.id}", -30000)


def test_p24_an_item_filled_in_after_the_lock_does_not_undo_its_deduction(book: Book) -> None:
    record = book.record(10, "10:00", missing=("证件号",))
    stored = locked(book.settle().lines)
    book.records.clear()
    assert book.record(10, "10:00") != record
    book.records = [replace(book.records[0], id=record, number="5", missing=())]
    assert len(adjustment_lines(stored, book.settle().lines)) == 1
    book.records = list(with_locked_faults(book.records, stored))
    assert adjustment_lines(stored, book.settle().lines) == ()


def test_p25_an_adjustment_without_a_change_is_refused(book: Book) -> None:
    line = locked(book.settle().lines)[0]
    with pytest.raises(Refused) as refused:
        decided_adjustment(line, 30000, 30000, AdjustReason.review)
    assert refused.value.code == "E840"


@pytest.mark.parametrize(
    ("code", "note", "refusal"), [("", "", "E841"), ("随便", "", "E841"), ("其他", " ", "E842")]
)
def test_p25_an_adjustment_without_a_coded_reason_is_refused(
    book: Book, code: str, note: str, refusal: str
) -> None:
    line = locked(book.settle().lines)[0]
    with pytest.raises(Refused) as refused:
        decided_adjustment(line, 30000, 25000, code, note)
    assert refused.value.code == refusal


def test_p25_the_bureaus_adjustment_keeps_the_original_and_stands(book: Book) -> None:
    stored = locked(book.settle().lines)
    made = decided_adjustment(stored[0], 30000, 25000, "异议成立", "签到机故障")
    assert (made.adjusts, made.net_fen) == (stored[0].id, -5000)
    assert (made.reasons, made.note) == (("由 300 元调整为 250 元：异议成立",), "签到机故障")
    assert adjustment_lines([*stored, added(made, "adj-1")], book.settle().lines) == ()


def test_p20_a_paid_line_is_reversed_once_with_all_that_adjusted_it(book: Book) -> None:
    stored = locked(book.settle().lines)
    adjusted = added(decided_adjustment(stored[0], 30000, 25000, "复核改正"), "adj-1")
    made = reversal(stored[0], [adjusted], "误付")
    assert made is not None
    assert (made.adjusts, made.net_fen, made.origin) == (stored[0].id, -25000, LineOrigin.reversal)
    kept = [adjusted, added(made, "rev-1")]
    assert reversal(stored[0], kept, "误付") is None
    assert adjustment_lines([*stored, *kept], book.settle().lines) == ()
