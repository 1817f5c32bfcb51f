"""Settings of the office, readings of the pack, the journal and the alarms."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.setting_values import setting_value
from app.models.organisation import SettingRow
from app.models.records import JournalEntry, SecurityEvent
from app.services.office.journal import DismissAlarm, Journal, OpenAlarms, SecurityEvents
from app.services.office.settings import ChangeSetting, Settings, SettingView
from app.services.people.add_person import AddPerson
from app.services.security.accounts import Accounts, AddAccount, SetRoles
from app.settings import SETTINGS
from tests.services.conftest import Desk


def view(desk: Desk, name: str) -> SettingView:
    return next(one for one in desk.ask(Settings()) if one.name == name)


def reading(desk: Desk) -> SettingView:
    """A reading of the pack that is a choice or a yes-or-no."""
    return next(
        one for one in desk.ask(Settings()) if one.name.startswith("pack.") and one.kind in ("choice", "bool")
    )


def other_value(one: SettingView) -> str:
    if one.kind == "bool":
        return "否" if one.value == "是" else "是"
    return next(value for value, _ in one.choices if value != one.value)


def test_every_setting_is_shown_with_its_default(county: Desk) -> None:
    shown = {one.name for one in county.ask(Settings())}
    assert shown >= set(SETTINGS)
    offered = {one.name for one in county.office.pack.settings.values() if one.is_offered}
    assert {name.removeprefix("pack.") for name in shown - set(SETTINGS)} == offered
    assert all(one.is_default for one in county.ask(Settings()))


def test_a_setting_is_changed_and_reset_on_record(county: Desk) -> None:
    county.do(ChangeSetting("service_phone", "0359-12348", "印海报"))
    county.do(ChangeSetting("theme", "高对比度"))
    assert (view(county, "service_phone").value, view(county, "theme").shown) == ("0359-12348", "高对比度")
    with county.office._dispatcher.looking(county.actor) as look:
        assert (setting_value(look, "service_phone"), setting_value(look, "kiosk_panel_seconds")) == (
            "0359-12348",
            5,
        )
    county.do(ChangeSetting("service_phone", ""))
    with Session(county.office.database.reader) as session:
        assert session.scalars(select(SettingRow.name)).all() == ["theme"]
        entry = session.scalars(select(JournalEntry).where(JournalEntry.command == "ChangeSetting")).first()
        assert (entry.subjects, entry.why) == (["service_phone"], "印海报")


@pytest.mark.parametrize(("name", "value", "code"), [
    ("nothing", "1", "E050"), ("backup_keep", "0", "E051"), ("backup_keep", "many", "E051"), ("theme", "dark", "E051"),
    ("pack.nothing", "1", "E985"),
])  # fmt: skip
def test_an_impossible_value_is_refused(county: Desk, name: str, value: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        county.do(ChangeSetting(name, value, "试试"))


def test_a_reading_of_the_pack_is_the_bureaus_with_reason_and_clause(county: Desk, station: Desk) -> None:
    one = reading(county)
    assert one.clause
    with pytest.raises(Refused, match="E052"):
        county.do(ChangeSetting(one.name, other_value(one)))
    with pytest.raises(Refused, match="E957"):
        county.do(ChangeSetting(one.name, "胡说", "市局口径"))
    county.do(ChangeSetting(one.name, other_value(one), "市局口径"))
    changed = view(county, one.name)
    assert (changed.value, changed.default, changed.reason) == (other_value(one), one.value, "市局口径")
    assert county.office.pack.settings[one.name.removeprefix("pack.")].words == changed.shown
    county.do(ChangeSetting(one.name, one.value, "恢复"))
    assert view(county, one.name).is_default
    with pytest.raises(Refused, match="E053"):
        station.do(ChangeSetting(one.name, other_value(one), "试试"))
    assert not view(station, one.name).may_change


def test_q02_the_journal_names_people_and_commands(county: Desk) -> None:
    county.do(AddPerson(name="安小满", kind="其他非公职"))
    with pytest.raises(Refused):
        county.do(AddPerson(name="", kind="其他非公职"))
    refused, done = county.ask(Journal())[:2]
    assert (refused.title, refused.outcome, refused.is_refused) == ("登记人员", "E432", True)
    assert (done.by, done.outcome, "安小满" in repr(done)) == ("管理员", "完成", False)
    assert county.ask(Journal(before=done.id))[0].id < done.id


def test_an_alarm_stays_open_until_somebody_says_what_was_found(county: Desk) -> None:
    with Session(county.office.database.writer) as session, session.begin():
        session.add(
            SecurityEvent(id=7, at=county.clock.now().at, kind="fork", detail="解州镇", is_alarm=True)
        )
    assert county.ask(OpenAlarms()) == 1
    with pytest.raises(Refused, match="E054"):
        county.do(DismissAlarm(7, " "))
    county.do(DismissAlarm(7, "已电话核实"))
    (event,) = county.ask(SecurityEvents())
    assert (event.is_open, event.dismissed_by, county.ask(OpenAlarms())) == (False, "管理员", 0)
    assert county.ask(SecurityEvents(open_alarms_only=True)) == ()
    with pytest.raises(Refused, match="E055"):
        county.do(DismissAlarm(7, "再次"))


def test_least_rights_settings_and_journal_need_their_rights(county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",)))
    clerk = county.office.actor_of("clerk")
    for request in (ChangeSetting("theme", "light"), AddAccount("x", "Other-2022")):
        with pytest.raises(Refused, match="E001"):
            county.do(request, clerk)
    with pytest.raises(Refused, match="E001"):
        county.ask(Journal(), clerk)
    assert not any(one.may_change for one in county.ask(Settings(), clerk))
    assert county.ask(SecurityEvents())[0].detail == "操作记录"


def test_roles_are_changed_but_one_administrator_stays(county: Desk) -> None:
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",)))
    county.do(SetRoles("clerk", ("审核员", "财务")))
    assert {one.name: one.roles for one in county.ask(Accounts())}["clerk"] == ("审核员", "财务")
    with pytest.raises(Refused, match="E013"):
        county.do(SetRoles("admin", ("工作人员",)))
    for roles in ((), ("皇帝",)):
        with pytest.raises(Refused, match="E009"):
            county.do(SetRoles("clerk", roles))
