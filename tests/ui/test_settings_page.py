"""The settings page on a real office: settings, readings, accounts, sites, records, alarms."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.records import SecurityEvent
from app.services.office.found_rows import FoundRows
from app.services.office.journal import OpenAlarms
from app.services.office.settings import Settings
from app.services.security.accounts import Accounts, AddAccount
from app.services.sites.site_list import SiteList
from app.ui import theme
from app.ui.settings.page import SettingsPage
from app.ui.widgets.preview import Preview
from tests.services.conftest import Desk, county, make_desk, station  # noqa: F401
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Open]:
    """Opens the page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(office: Desk, tab: str = "office", actor: Any = None) -> Shown:
        one = Shown(qtbot, office, SettingsPage, actor)
        opened.append(one)
        one.page.open_with(tab=tab)
        one.settle()
        return one

    yield show
    for one in opened:
        one.close()


def press(page: Any, words: str) -> None:
    """Press the button of these words that can be seen."""
    found = [b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]
    assert found, words
    found[0].click()


def select(one: Shown, **wanted: Any) -> None:
    """Make the row with these values the current one."""
    table = one.page.tab().table
    table.select(next(row for row in table.rows() if all(getattr(row, k) == v for k, v in wanted.items())))
    one.settle()


def fill(one: Shown, **values: Any) -> None:
    """Fill the open form and save it."""
    one.page.tab().side.currentWidget().form.set_values(values)
    one.page.save_item()
    one.settle()
    one.settle()


def value(office: Desk, name: str) -> str:
    return next(one.value for one in office.ask(Settings()) if one.name == name)


def test_settings_are_built_from_their_declarations_and_changed(shown: Open, county: Desk) -> None:
    one = shown(county)
    select(one, name="service_phone")
    one.picture("settings")
    press(one.page, "修改")
    one.picture("settings-change")
    fill(one, value="0359-12348", reason="换号")
    assert value(county, "service_phone") == "0359-12348"
    select(one, name="service_phone")
    press(one.page, "恢复默认")
    fill(one)
    assert value(county, "service_phone") == ""


def test_a_new_text_size_shows_at_once(shown: Open, county: Desk) -> None:
    one = shown(county)
    select(one, name="ui_scale")
    press(one.page, "修改")
    fill(one, value="125")
    assert (value(county, "ui_scale"), theme.current().scale) == ("125", 125)


def test_a_reading_shows_its_clause_and_needs_a_reason(shown: Open, county: Desk) -> None:
    one = shown(county, "pack")
    row = next(row for row in one.page.tab().table.rows() if row.kind == "bool" and row.clause_text)
    select(one, name=row.name)
    one.picture("settings-pack")
    press(one.page, "修改")
    other = "否" if row.value == "是" else "是"
    fill(one, value=other)
    assert one.page.tab().side.currentWidget().form.fields["reason"].fault()
    fill(one, value=other, reason="市局口径")
    assert value(county, row.name) == other


def test_least_rights_a_station_sees_readings_but_cannot_change_them(shown: Open, station: Desk) -> None:
    one = shown(station, "pack")
    assert "修改" not in {b.text() for b in one.page.findChildren(QAbstractButton) if b.isVisible()}
    one.page.open_with(tab="sites")
    one.settle()
    assert not one.page.new_button.isVisible()


def test_accounts_are_added_reset_and_disabled(shown: Open, county: Desk) -> None:
    one = shown(county, "accounts")
    one.page.new_item()
    one.picture("settings-account-new")
    fill(one, name="clerk", display_name="柴秀英", password="Clerk-2022", again="Clerk-2023")
    assert "不同" in one.page.tab().side.currentWidget().form.fields["again"].fault()
    fill(one, again="Clerk-2022")
    select(one, name="clerk")
    one.picture("settings-accounts")
    press(one.page, "更改角色")
    fill(one, roles=("审核员", "财务"))
    select(one, name="clerk")
    press(one.page, "停用")
    one.page.tab().confirm._do()
    one.settle()
    assert [(a.name, a.roles, a.is_active) for a in county.ask(Accounts())][1] == (
        "clerk",
        ("审核员", "财务"),
        False,
    )


def test_y09_a_station_gets_its_frequency_with_a_reason(shown: Open, county: Desk) -> None:
    one = shown(county, "sites")
    select(one, short_name="解州镇")
    press(one.page, "设定频次")
    one.picture("settings-frequency")
    fill(one, times_a_month=2, reason="偏远山区")
    found = next(site for site in county.ask(SiteList()) if site.short_name == "解州镇")
    assert (found.frequency, found.frequency_reason) == ("每月 2 次", "偏远山区")
    select(one, short_name="解州镇")
    one.picture("settings-sites")


def test_rows_added_outside_the_program_are_decided_on_beside_their_alarm(shown: Open, county: Desk) -> None:
    with county.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO site_frequency (id, writer, site, times_a_month, reason, valid_from) "
                "VALUES ('forged', '140802', '140802100', 1, '偏远', '2022-05-01')"
            )
        )
    county.office._dispatcher.set_right()
    one = shown(county, "security")
    select(one, title="库外改动")
    one.settle()
    one.picture("settings-found-rows")
    press(one.page, "采纳…")
    one.page.tab().confirm.reason().set_value("技术人员补录")
    one.page.tab().confirm._do()
    one.settle()
    [row] = county.ask(FoundRows())
    assert (row.title, row.words, row.state) == ("值班频次", "被添加", "已采纳")
    select(one, title="库外改动")
    one.settle()
    press(one.page, "处理警报")
    one.page.tab().confirm.reason().set_value("已核实")
    one.page.tab().confirm._do()
    one.settle()
    assert county.ask(OpenAlarms()) == 0


def test_alarms_are_counted_and_dismissed_on_record(shown: Open, county: Desk) -> None:
    with Session(county.office.database.writer) as session, session.begin():
        session.add(
            SecurityEvent(
                at=county.clock.now().at,
                kind="exchange",
                actor="",
                detail="解州镇的流水与已收记录不一致",
                is_alarm=True,
            )
        )
    one = shown(county, "security")
    one.picture("settings-security")
    press(one.page, "处理警报")
    one.page.tab().confirm.reason().set_value("已电话核实")
    one.page.tab().confirm._do()
    one.settle()
    assert county.ask(OpenAlarms()) == 0
    one.page.open_with(tab="journal")
    one.settle()
    assert one.page.tab().table.rows()[0].title == "处理警报"
    one.picture("settings-journal")


def test_least_rights_a_clerk_sees_neither_accounts_nor_records(shown: Open, county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",)))
    one = shown(county, actor=county.office.actor_of("clerk"))
    assert one.page.tabs.names() == ("office", "pack", "sites", "backup", "update")


def test_an_account_is_handed_over_with_what_only_it_may_do(
    shown: Open, station: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Preview] = []
    monkeypatch.setattr(Preview, "exec", lambda preview: seen.append(preview))
    for name, roles in (("zhang", ("工作人员", "审核员")), ("li", ("工作人员",))):
        station.do(AddAccount(name, "Jiaojie-2022", roles, f"{name}先生"))
    one = shown(station, "accounts")
    select(one, name="zhang")
    press(one.page, "交接…")
    one.settle()
    form = one.page.tab().side.currentWidget()
    assert form.form.values()["roles"] == ("审核员",) and "审核员" in form.note.text()
    form.form.set_values({"taking": "li"})
    if folder := os.environ.get("HUIMIN_SHOTS"):
        one.page.window().resize(1366, 698)
        one.settle()
        one.page.window().grab().save(f"{folder}/handover.png")
    press(one.page, "打印交接单…")
    one.qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    fill(one, taking="li")
    found = {row.name: (row.is_active, row.roles) for row in station.ask(Accounts())}
    assert found["zhang"][0] is False and found["li"] == (True, ("工作人员", "审核员"))
