"""What a bureau sums while a bundle of an office below still waits says so: the quarter's list of case money, and the
figures that a county gives its city (case 4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from app.kernel.permissions import SYSTEM
from app.models.bundle_files import ReceivedBundle
from app.services.cases.settle_cases import CaseQuarter
from app.services.reports.export_rows import ExportReportRows
from app.services.reports.show_report import ShowReport
from app.services.targets.progress import TargetsProgress
from tests.direct_rows import Write, write_rows
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.test_city import CITY, LAWYER, advise, carry, city, county

__all__ = ["city", "county"]


def a_bundle_waits(place: Place, sender: str) -> None:
    """For the one before it."""
    row = ReceivedBundle(
        file="a.hmb", sha256="0" * 64, sender=sender, outcome="PARKED", code="E721", at=place.clock.now().at
    )
    write_rows(place.office, row)


def the_gap_closes(place: Place) -> None:
    gone = Write(
        lambda session: session.execute(text("DELETE FROM received_bundle WHERE code = 'E721'")) and None
    )
    place.office.do(gone, SYSTEM)


def test_case_04_the_list_of_a_quarter_says_that_it_is_incomplete(county: Place) -> None:
    assert county.ask(CaseQuarter("2022-Q2")).incomplete == ""
    a_bundle_waits(county, JIEZHOU)
    found = county.ask(CaseQuarter("2022-Q2"))
    assert "合计不完整" in found.incomplete and "解州" in found.incomplete
    assert found.document["incomplete"] == found.incomplete
    the_gap_closes(county)
    again = county.ask(CaseQuarter("2022-Q2"))
    assert again.incomplete == "" and "incomplete" not in again.document


def settled_word(city: Place) -> list[str]:
    """What the city's list of figures says of each site's month."""
    return [row["settled"] for row in city.ask(ExportReportRows("figures", "2022-05")).rows]


def notes(city: Place) -> str:
    shown: Any = city.ask(ShowReport("figures", "2022-05"))
    return "".join(shown.notes)


def test_case_04_figures_for_the_city_say_which_site_they_lack_records_of(city: Place, county: Place) -> None:
    county.do(LAWYER)
    advise(county, JIEZHOU)
    a_bundle_waits(county, JIEZHOU)
    carry(county, city, CITY)
    assert settled_word(city) == ["不全"]
    told = city.ask(TargetsProgress("2022-05")).incomplete
    assert told.startswith("合计不完整：下级报来的数字里，") and "解州" in told
    assert told in notes(city)
    the_gap_closes(county)
    carry(county, city, CITY)
    assert settled_word(city) == ["否"]
    assert city.ask(TargetsProgress("2022-05")).incomplete == "" and "合计不完整" not in notes(city)
