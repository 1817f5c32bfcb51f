"""收发: a restored station reads its fingerprint out, the county types it and goes on (case 56)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.services.security.accounts import AddAccount
from app.ui.exchange.bundle_words import state_word
from app.values import Role
from tests.exchange.offices import Place
from tests.exchange.pair import TypePerson, county, station
from tests.exchange.restoring import backed_up, restored
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["county", "open_shell", "station"]


def test_case_56_a_restored_station_is_approved_by_its_fingerprint(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    kept = backed_up(station)
    again = restored(station, kept)
    station.office = again.office
    station.do(TypePerson("孙丽"))
    county.take(station.export()[0].file)
    shell = open_shell(station)
    shell.go("exchange")
    settle(qtbot, shell)
    page = shell.view()
    assert page.own_key.isVisibleTo(page)
    told = page.own_key.fingerprint.digits
    shoot(shell, "exchange-own-fingerprint")

    shell = open_shell(county)
    shell.go("exchange")
    settle(qtbot, shell)
    page = shell.view()
    assert [state_word(row) for row in page.history.rows()] == ["待核对指纹"]
    assert "1 个换了密钥，等核对指纹" in page.head.lead.whole()
    assert not page.own_key.isVisibleTo(page)
    assert page.approve_button.isVisibleTo(page)
    page.approve()
    form = page.approve_form
    form.fingerprint.set_value("12345" * 6)
    form.save_button.click()
    settle(qtbot, shell)
    assert "没有等待认可的这个指纹" in page.head.banner.words.text()
    form.fingerprint.set_value(told)
    shoot(shell, "exchange-approve")
    form.save_button.click()
    settle(qtbot, shell)
    assert not page.approve_button.isVisibleTo(page)
    assert "等核对指纹" not in page.head.lead.whole()
    assert [state_word(row) for row in page.history.rows()] == ["已接收"]


@pytest.mark.parametrize(("role", "is_offered"), [(Role.clerk, False), (Role.administrator, True)])
def test_only_who_may_enrol_is_offered_the_approval(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell, role: Role, is_offered: bool
) -> None:
    again = restored(station, backed_up(station))
    station.office = again.office
    county.take(station.export()[0].file)
    county.do(AddAccount("someone", "Someone-2022", (role.value,), "某"))
    shell = open_shell(replace(county, actor=county.office.actor_of("someone")))
    shell.go("exchange")
    settle(qtbot, shell)
    page = shell.view()
    assert (page.approve_button is not None and page.approve_button.isVisibleTo(page)) is is_offered
    assert any(step.title == "认可换了密钥的单位" for step in page.steps()) is is_offered
