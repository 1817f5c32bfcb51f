"""收发 of a city and a county: the city invites, the county joins with what it has, its figures stand in the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.services.exchange.desk import ExchangeDesk
from app.services.reports.show_report import ShowReport
from tests.exchange.offices import Place, make_city, make_county
from tests.exchange.test_city import CENTRE, CITY, LAWYER, advise, carry
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["open_shell"]


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    city, county = make_city(tmp_path), make_county(tmp_path)
    yield city, county
    city.office.close()
    county.office.close()


def page_of(qtbot: Any, shell: Any) -> Any:
    shell.go("exchange")
    settle(qtbot, shell)
    return shell.view()


def test_y01_a_county_joins_its_city_by_two_files_and_a_telephone_call(
    qtbot: Any, places: tuple[Place, Place], open_shell: OpenShell, tmp_path: Path
) -> None:
    (city, county), invitation, answer = places, tmp_path / "邀请.hme", tmp_path / "答复.hme"
    above = page_of(qtbot, open_shell(city))
    assert above.join_button.isHidden()
    above.invite()
    settle(qtbot, above.window())
    above.invite_form.site.set_value("140802")
    above.invite_form.out.set_value(invitation)
    above.invite_form.submit()
    settle(qtbot, above.window())

    below = page_of(qtbot, open_shell(county))
    assert not below.join_button.isHidden()
    below.join()
    below.join_form.file.set_value(invitation)
    below.join_form._read()
    settle(qtbot, below.window())
    below.join_form.out.set_value(answer)
    below.join_form.submit()
    assert not answer.exists()
    below.join_form.compared.set_value(True)
    shoot(below.window(), "exchange-county-joins")
    below.join_form.submit()
    settle(qtbot, below.window())
    assert answer.exists()
    shoot(below.window(), "exchange-county-joined")

    above.admit()
    above.admit_form.file.set_value(answer)
    above.admit_form._read()
    settle(qtbot, above.window())
    above.admit_form.compared.set_value(True)
    above.admit_form.submit()
    settle(qtbot, above.window())
    assert [one.state for one in city.ask(ExchangeDesk()).peers] == ["admitted"]
    county.do(LAWYER)
    advise(county, CENTRE)
    carry(county, city, CITY)
    settle(qtbot, above.window())
    shoot(above.window(), "exchange-city")
    table = city.ask(ShowReport("figures", "2022-05")).table
    assert [(row[0], row[2]) for row in table.texts] == [("盐湖区司法局", "2022-05")]
