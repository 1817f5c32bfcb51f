"""收发: an administrator orders new keys, and stops those of a station whose computer was stolen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.services.exchange.desk import ExchangeDesk
from app.services.security.accounts import AddAccount
from app.ui.exchange.keys import OWN
from app.values import Role
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import county, station
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["county", "open_shell", "station"]


def test_new_keys_are_ordered_and_another_offices_stopped(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    shell = open_shell(county)
    shell.go("exchange")
    settle(qtbot, shell)
    page = shell.view()
    page.change_keys()
    form = page.keys_form
    form.save_button.click()
    settle(qtbot, shell)
    assert not county.ask(ExchangeDesk()).waits_for_keys, "nothing was chosen"
    form.site.set_value(JIEZHOU)
    form.reason.set_value("电脑被盗")
    shoot(shell, "exchange-keys")
    form.save_button.click()
    settle(qtbot, shell)
    assert [row.state for row in page.peers.rows() if row.site == JIEZHOU] == ["stopped"]
    assert JIEZHOU not in [one.site for one in county.ask(ExchangeDesk()).admitted]
    form.site.set_value(OWN)
    form.reason.set_value("送修过")
    form.save_button.click()
    settle(qtbot, shell)
    assert county.ask(ExchangeDesk()).waits_for_keys
    assert page.own_key.isVisibleTo(page) and not page.own_key.fingerprint.isVisibleTo(page)


def test_only_who_may_enrol_is_offered_it(qtbot: Any, county: Place, open_shell: OpenShell) -> None:
    for role, is_offered in ((Role.clerk, False), (Role.administrator, True)):
        county.do(AddAccount(role.value, "Someone-2022", (role.value,), "某"))
        shell = open_shell(replace(county, actor=county.office.actor_of(role.value)))
        shell.go("exchange")
        settle(qtbot, shell)
        assert any(step.title == "更换或停用密钥" for step in shell.view().steps()) is is_offered
