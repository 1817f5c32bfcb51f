"""A station's May that was reported and passed, and what its staff may write about it afterwards, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.services.money.review_month import ReviewMonth
from tests.exchange.forging import forge
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.test_exchange_sense import Three, duty, send


def punch(row_id: str, direction: str, clock: str, *, origin: str = "kiosk", **fields: Any) -> dict[str, Any]:
    """A punch of 6 May, its time in UTC (01:00 is 09:00 here)."""
    return {
        "id": row_id, "writer": JIEZHOU, "site": JIEZHOU, "person_id": "p1", "direction": direction,
        "at": f"2022-05-06T{clock}:00.000000Z", "on": "2022-05-06", "pair_id": "", "origin": origin,
        "confirmed_by": "", "mono": 0, "boot": "", "grade": "green", "grade_reason": "", **fields,
    }  # fmt: skip


def report(number: int, answers: str | None = None) -> dict[str, Any]:
    """The submission of May; answers: the return that it answers."""
    return {
        "id": f"s{number}", "writer": JIEZHOU, "site": JIEZHOU, "month": "2022-05", "number": number, "is_nil": 0,
        "submitted_at": f"2022-06-0{number}T01:00:00.000000Z", "submitted_by": "x", "counts": "{}", "answers": answers,
    }  # fmt: skip


def better(station: Place) -> None:
    """Void the late sign-in and write one that is on time."""
    void = {"id": "v1", "writer": JIEZHOU, "site": JIEZHOU, "tbl": "punch", "row_id": "in1",
            "voided_by": "x", "voided_at": "2022-06-02T01:00:00.000000Z"}  # fmt: skip
    forge(station, "voided", void)
    forge(station, "punch", punch("in2", "in", "01:00"))
    forge(station, "punch", punch("out2", "out", "05:00", pair_id="in2"))


def report_may(three: Three) -> Three:
    """One duty, signed in 40 minutes late (−50), reported and passed; the attendance was typed from paper."""
    county, station, _ = three
    for place in (county, station):
        place.clock.go_to(datetime(2022, 6, 2, 9))
    forge(station, "duty", duty("d1"))
    forge(station, "punch", punch("in1", "in", "01:40", origin="paper"))
    forge(station, "punch", punch("out1", "out", "05:00", pair_id="in1"))
    forge(station, "submission", report(1))
    send(station, county)
    county.do(ReviewMonth(JIEZHOU, "2022-05", True))
    county.clock.advance(timedelta(hours=1))
    return three
