"""A restored county cannot pay a month twice: the units below know what was paid (case 58)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.errors import Refused
from app.services.money.pay_month import PayMonth
from app.services.money.settle_final import SettleFinal
from tests.exchange.offices import Place
from tests.exchange.restoring import approve, backed_up, restored, rows, swap
from tests.services.money_book import Book, paid

Three = tuple[Place, Place, Place]
PAID = PayMonth("2022-05", date(2022, 6, 2), "记-001")


def refusal(place: Place, command: object) -> Refused:
    """Why it was refused."""
    with pytest.raises(Refused) as refused:
        place.do(command)
    return refused.value


def test_case_58_what_units_know_as_paid_waits_for_confirmation(three: Three) -> None:
    county, first, second = three
    site = first.office.identity.code
    book = Book(county)  # type: ignore[arg-type]
    book.worked(10)
    book.publish()
    county.clock.go_to(datetime(2022, 6, 2, 9))
    kept = backed_up(county)
    book.finish()
    run = paid(county, PAID)
    assert run.total_fen == 30000
    swap(county, first, site)
    assert rows(first, "SELECT month, voucher, total_fen, lines FROM payment_notice") == [
        ("2022-05", "记-001", 30000, 1)
    ]
    lines = rows(county, "SELECT id, net_fen FROM pay_line")

    county = restored(county, kept)
    county.do(SettleFinal("2022-05"))
    assert refusal(county, PAID).code == "E797"
    assert rows(county, "SELECT * FROM payment") == []
    for station in (first, second):
        station.take(county.export(station.office.identity.code)[0].file)
        approve(station, county)
        swap(station, county)
    told = refusal(county, PAID)
    assert told.code == "E796" and "记-001" in told.message and "300.00" in told.message
    again = paid(
        county, PayMonth(PAID.month, PAID.paid_on, PAID.voucher, confirmed="凭证和回单相符，已发放，补记")
    )
    assert again.total_fen == 30000
    assert rows(county, "SELECT id, net_fen FROM pay_line") == lines
    assert len(rows(county, "SELECT * FROM payment_notice")) == 1, "what came back is not told twice"
    assert county.do(PAID).posted == ()
    county.office.close()


def test_case_58_lines_that_came_back_are_not_settled_anew(three: Three) -> None:
    county, first, second = three
    site = first.office.identity.code
    book = Book(county)  # type: ignore[arg-type]
    book.worked(10)
    book.publish()
    county.clock.go_to(datetime(2022, 6, 2, 9))
    kept = backed_up(county)
    book.finish()
    swap(county, first, site)
    county = restored(county, kept)
    first.take(county.export(site)[0].file)
    approve(first, county)
    swap(first, county)
    assert len(rows(county, "SELECT id FROM pay_line")) == 1
    made = county.do(SettleFinal("2022-05"))
    assert made.total_fen == 30000
    assert rows(county, "SELECT total_fen FROM settlement") == [(30000,)]
    assert len(rows(county, "SELECT id FROM pay_line")) == 1
    assert second.office.identity.code
    county.office.close()
