"""The final settlement of a county's month, done and asked again, for three sizes. HUIMIN_BENCH_DUTIES: how many duties."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from app.clock import local_to_utc
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Duty, Punch
from app.models.organisation import Person
from app.services.money.month_pay import ComputeSettlement
from app.services.money.settle_final import SettleFinal
from app.services.office.office import Office
from app.services.reading.sites import duty_sites
from app.values import DutyKind, SiteKind
from tests.bench.report import exponent, report, worked
from tests.services.conftest import COUNTY, Desk, make_desk

__all__ = ["make_desk"]
SIZES = tuple(int(one) for one in os.environ.get("HUIMIN_BENCH_DUTIES", "375,750,1500").split(","))
PEOPLE = 120
FIRST = date(2022, 5, 4)


@dataclass(frozen=True)
class FillMonth:
    """As many duties, each signed in and out, every seventh late."""

    duties: int


@handles(FillMonth, title="填满一个月", permission=Permission.DRAFT_ROSTER)
def fill_month(work: Work, command: FillMonth) -> int:
    """In one transaction, as an import does it; the number of duties."""
    stations = [site.id for site in duty_sites(work) if site.kind == SiteKind.station.value]
    people = [
        work.add(Person(name=f"值班人{n:03d}", kind="律师", licence=f"1140820{n:010d}")).id
        for n in range(PEOPLE)
    ]
    days = [FIRST + timedelta(days=n) for n in range(27)]
    for number in range(command.duties):
        day, person = days[number // len(people) % len(days)], people[number % len(people)]
        _serve(work, stations[number % len(stations)], person, day, is_late=number % 7 == 0)
    return command.duties


def _serve(work: Work, site: str, person: str, day: date, *, is_late: bool) -> None:
    nine = datetime.combine(day, datetime.min.time()) + timedelta(hours=9)
    rows = [
        Duty(
            site=site,
            on=day,
            kind=DutyKind.station.value,
            person_id=person,
            ranges=[["09:00:00", "13:00:00"]],
            version=1,
        )
    ]
    came = Punch(
        site=site,
        person_id=person,
        direction="in",
        on=day,
        origin="kiosk",
        at=local_to_utc(nine + timedelta(minutes=12 if is_late else -3)),
    )
    work.session.add_all([_own(work, row) for row in (*rows, came)])
    work.session.flush()
    work.session.add(
        _own(
            work,
            Punch(
                site=site,
                person_id=person,
                direction="out",
                on=day,
                origin="kiosk",
                pair_id=came.id,
                at=local_to_utc(nine + timedelta(hours=4)),
            ),
        )
    )


def _own(work: Work, row: object) -> object:
    row.writer = work.office.code  # type: ignore[attr-defined]
    return row


def settle_once(county: Desk, duties: int) -> float:
    """Processor seconds of the settlement itself, of an office that has found nothing of the month before."""
    county.do(FillMonth(duties))
    county.clock.go_to(datetime(2022, 6, 2, 9, 0))
    settled = worked(lambda: county.do(SettleFinal("2022-05")))
    again = worked(lambda: county.do(SettleFinal("2022-05")))
    afresh = Office(county.office.data, county.office.safe.key, county.clock)
    computed = worked(lambda: afresh.ask(ComputeSettlement("2022-05"), county.actor))
    afresh.close()
    lines = county.ask(ComputeSettlement("2022-05")).lines
    assert len(lines) == duties
    figures = {
        "cpu_s": round(again, 3),
        "floor_cpu_s": round(settled, 2),
        "compute_cpu_s": round(computed, 2),
        "per_duty_ms": round(settled / duties * 1000, 2),
    }
    report(f"settlement of {duties} duties, again", figures, ratio=again / settled, wanted=0.1)
    return settled


@pytest.mark.bench
def test_final_settlement(make_desk: Callable[..., Desk]) -> None:
    """Each size in a fresh office, so that the exponent of growth can be told."""
    costs = [settle_once(make_desk(COUNTY, f"county-{size}"), size) for size in SIZES]
    report("settlement: growth", {"exponent": exponent(SIZES, costs)})
