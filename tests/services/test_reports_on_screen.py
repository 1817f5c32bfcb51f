"""Reports asked for on screen or on paper: the same figures, the right they need, and the months still open."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.documents.preview import page_count
from app.errors import Refused
from app.kernel.permissions import Actor
from app.services.reports.print_report import PrintReport
from app.services.reports.report import reports
from app.services.reports.show_report import ShowReport
from app.services.security.accounts import AddAccount
from app.values import Role
from tests.services.conftest import Desk


@pytest.mark.parametrize("key", sorted(reports()))
@pytest.mark.parametrize("period", ["2022-05", "2022-Q2", "2022"])
def test_p26_every_report_is_shown_for_every_period_and_nothing_changes(
    county: Desk, key: str, period: str
) -> None:
    report = reports()[key]
    view = county.ask(ShowReport(key, period))
    assert view.title == report.title and view.notes == report.notes
    assert [c.key for c in view.table.columns] == [c.key for c in report.columns if c.medium != "paper"]


def test_a_report_is_drawn_as_pages(county: Desk) -> None:
    printed = county.do(PrintReport("targets", "2022-05"))
    assert printed.title == "目标任务进度表" and page_count(printed.pdf) >= 1


def test_y22_an_ended_month_that_nobody_approved_makes_the_sum_incomplete(county: Desk) -> None:
    assert county.ask(ShowReport("targets", "2022-05")).missing == ()
    assert county.ask(ShowReport("targets", "2022-05")).is_running
    county.clock.go_to(datetime(2022, 7, 1, 9, 0))
    view = county.ask(ShowReport("targets", "2022-05"))
    assert view.units == len(view.missing) == 22 and not view.is_running
    people = county.ask(ShowReport("people", "2022-05"))
    assert (people.units, people.missing, people.is_running) == (0, (), False)


def test_a_report_needs_the_right_and_must_exist(county: Desk) -> None:
    nobody = Actor("x", "x", "某人", frozenset(), is_account=False)
    with pytest.raises(Refused, match="E001"):
        county.ask(ShowReport("targets", "2022-05"), nobody)
    with pytest.raises(Refused, match="E001"):
        county.do(PrintReport("targets", "2022-05"), nobody)
    with pytest.raises(Refused, match="E506"):
        county.ask(ShowReport("weather", "2022-05"))
    with pytest.raises(Refused, match="E922"):
        county.ask(ShowReport("targets", "五月"))
    county.do(AddAccount("leader", "Leader-2022", (Role.leader.value,), "局长"))
    leader = county.office.actor_of("leader")
    assert county.ask(ShowReport("targets", "2022-05"), leader).table.texts
