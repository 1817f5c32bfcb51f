"""The clerk's day and the lawyer's day in real windows on a real screen, by keyboard alone: `make desk` (screens.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.demo.offices import PASSWORD, carry_down, enrol, make_county
from app.services.kiosk.set_pin import SetPin
from app.services.people.add_person import AddPerson
from tests.journeys.real_screen import OfficeAt, RealScreen, ended

STATION = "140802001"
MONTH, ON = "2022-06", "2022-06-08"
PIN = "246813"
VISITS = (
    ("李桂花", "13835901234", "ldbc", "欠薪三个月", "去投诉"),
    ("王大山", "13835905678", "hy", "问手续", ""),
)
PEOPLE = (("卫明", "11408201810123456"), ("孙丽", "11408201910123457"))


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[OfficeAt, OfficeAt]]:
    """A station and its county with two lawyers, on the morning before the day."""
    county = make_county(tmp_path, "yuncheng-2022", "140802", datetime(2022, 6, 7, 9, 0))
    people = [
        county.do(AddPerson(name=name, kind="律师", licence=licence, organisation="山西禾律师事务所"))
        for name, licence in PEOPLE
    ]
    station = enrol(county, tmp_path, STATION, "station")
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    carry_down(county, [station], bundles)
    for person in people:
        station.do(SetPin(person, PIN))
    for office in (county, station):
        office.office.close()
    yield OfficeAt(tmp_path / "station", PASSWORD), OfficeAt(tmp_path / "county", PASSWORD)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[RealScreen]:
    folder = tmp_path / "screen"
    folder.mkdir()
    signs = "".join(one for visit in VISITS for one in visit if not one.isascii())
    with RealScreen(folder, signs) as made:
        yield made


@pytest.mark.desk
def test_a_day_by_keyboard_alone(
    screen: RealScreen, offices: tuple[OfficeAt, OfficeAt], tmp_path: Path
) -> None:
    """The clerk opens the day, the lawyer serves it, the clerk reports it; the county reads it all from the bundle."""
    station, county = offices
    the_clerk_plans_and_registers(screen, station)
    duties = station.ask(f"{ON}T11:00", "roster", "list", "--month", MONTH, "--site", STATION)
    assert [(one["on"], one["name"], one["time"], one["state"]) for one in duties] == [
        (ON, "卫明", "09:00-13:00", "已发布"),
        ("2022-06-09", "孙丽", "13:30-17:30", "已发布"),
    ]
    the_lawyer_signs_in(screen, station)
    the_lawyer_signs_out_and_is_rated(screen, station)
    the_clerk_exports(screen, station, tmp_path / "out")
    [bundle] = (tmp_path / "out").glob("*.hmb")
    outcome = county.ask(f"{ON}T18:00", "bundle", "import", bundle)
    assert [one["outcome"] for one in outcome] == ["APPLIED"]
    the_county_knows_it_all(county, tmp_path)


def the_clerk_plans_and_registers(screen: RealScreen, station: OfficeAt) -> None:
    """Two duties by initials, checked and published; two visits, the second with an answer missing; search; lock."""
    program = station.open(screen, f"{ON}T08:30")
    screen.look("today")
    screen.keys("alt+2", rest=1.5)
    screen.keys("space", rest=1)
    screen.type("wm")
    screen.keys("Return")
    screen.keys("ctrl+Return", "Right", rest=1.5)
    screen.keys("space", rest=1)
    screen.type("sl")
    screen.keys("Return", "Return")
    screen.type("1330-1730")
    screen.keys("ctrl+Return", rest=1.5)
    screen.keys("v", rest=1)
    screen.look("roster-checked")
    screen.keys("p", rest=1)
    screen.look("roster-asks")
    screen.keys("shift+Tab")
    screen.keys("Return", rest=2)
    screen.look("roster-published")
    screen.keys("alt+4", "ctrl+n", rest=1.5)
    _register(screen, *VISITS[0])
    screen.look("consultation-asks")
    screen.keys("ctrl+Return", rest=2)
    _register(screen, *VISITS[1])
    screen.look("consultation-lacks")
    screen.keys("ctrl+Return", rest=2)
    screen.look("consultation-next")
    screen.keys("ctrl+k", rest=0.5)
    screen.type("5678")
    screen.keys("Return", rest=1.5)
    screen.look("found")
    screen.keys("F9", rest=1)
    screen.keys("Tab", "Tab", "Tab", "Tab", "Tab", "a", "p", "ctrl+n")
    screen.look("locked")
    screen.keys("alt+F4", rest=2)
    ended(program)


def _register(screen: RealScreen, name: str, phone: str, topic: str, content: str, answer: str) -> None:
    """The five fields and no mouse; saved once, so that what is missing is asked about."""
    screen.type(name)
    screen.keys("Return")
    screen.type(phone)
    screen.keys("Return", "Return", "Return")
    screen.type("nmg")
    screen.keys("Return", "Return", "Return")
    screen.type(topic)
    screen.keys("Return", "Return", "Return")
    screen.type(content)
    screen.keys("Tab")
    if answer:
        screen.type(answer)
    screen.keys("ctrl+Return", rest=1.5)


def the_lawyer_signs_in(screen: RealScreen, station: OfficeAt) -> None:
    """A wrong PIN, the right one; an early sign-out is thought better of; nobody leaves without a staff password."""
    program = station.open(screen, f"{ON}T08:57", "kiosk")
    screen.look("kiosk")
    screen.keys("Return", rest=1)
    screen.type("135791")
    screen.keys("Return", rest=1.5)
    screen.look("kiosk-wrong-pin")
    screen.type(PIN)
    screen.keys("Return", rest=1.5)
    screen.look("kiosk-signed-in")
    screen.keys("Return", rest=1)
    screen.keys("Return", rest=1)
    screen.keys("Return", rest=0.5)
    screen.type(PIN)
    screen.keys("Return", rest=1.5)
    screen.look("kiosk-early")
    screen.keys("Return", rest=1)
    screen.keys("alt+F4", rest=1)
    screen.type(PIN)
    screen.keys("Return", rest=2)
    screen.look("kiosk-stays")
    assert program.poll() is None, "the kiosk was left with a lawyer's PIN"
    screen.type(station.password)
    screen.keys("Return", rest=1)
    ended(program)


def the_lawyer_signs_out_and_is_rated(screen: RealScreen, station: OfficeAt) -> None:
    """My shift, the check-up before signing out, and a client who taps a face by its number."""
    program = station.open(screen, f"{ON}T13:01", "kiosk")
    screen.keys("Return", rest=1)
    screen.keys("Tab", "Return", rest=0.7)
    screen.type(PIN)
    screen.keys("Return", rest=1.5)
    screen.look("kiosk-my-shift")
    screen.keys("Escape", rest=1)
    screen.keys("Return", rest=1)
    screen.keys("Return", rest=0.7)
    screen.type(PIN)
    screen.keys("Return", rest=1.5)
    screen.look("kiosk-check-up")
    screen.keys("shift+Tab")
    screen.keys("Return", rest=2)
    screen.look("kiosk-signed-out")
    screen.keys("Return", rest=1)
    screen.keys("Tab", "Tab", "Tab")
    screen.keys("Return", rest=1)
    screen.keys("Return", rest=0.5)
    screen.look("kiosk-rating")
    screen.keys("1", rest=2.5)
    screen.look("kiosk-thanks")
    screen.keys("alt+F4", rest=1)
    screen.type(station.password)
    screen.keys("Return", rest=1)
    ended(program)


def the_clerk_exports(screen: RealScreen, station: OfficeAt, folder: Path) -> None:
    """The month and its chapter of the manual are looked at; a bundle is written into a folder that is typed."""
    folder.mkdir()
    program = station.open(screen, f"{ON}T17:00")
    screen.look("today-evening")
    screen.keys("alt+5", rest=2)
    screen.look("month")
    screen.keys("F1", rest=2)
    screen.look("help")
    screen.keys("Escape", rest=1)
    screen.keys("alt+7", rest=2)
    screen.keys("ctrl+e", rest=1.5)
    screen.type(str(folder))
    screen.keys("Return", rest=3)
    screen.look("exported")
    screen.keys("alt+F4", rest=2)
    ended(program)


def the_county_knows_it_all(county: OfficeAt, folder: Path) -> None:
    """What the keys wrote stands in the county's books: duty, punches, records, rating."""
    visits = _rows(county, "consultations", folder)
    told = ("编号", "咨询人", "人群类别", "事项类别", "咨询内容", "答复意见", "满意度")
    assert [tuple(one[name] for name in told) for one in visits] == [
        ("0001", "李**", "农民工", "劳动报酬", "（已填）", "（已填）", None),
        ("0002", "王**", "农民工", "婚姻家庭", "（已填）", None, "满意"),
    ]
    [duty] = [one for one in _rows(county, "attendance", folder) if one["姓名"] == "卫明"]
    assert str(duty["签到时间"]).startswith(f"{ON} 08:5") and str(duty["签退时间"]).startswith(f"{ON} 13:0")
    assert duty["考勤"] == "正常"


def _rows(office: OfficeAt, report: str, folder: Path) -> list[dict[str, Any]]:
    """The rows of a report's workbook by their headings."""
    file = folder / f"{report}.xlsx"
    office.ask(f"{ON}T18:00", "report", report, "--period", MONTH, "--out", file)
    rows = [list(row) for row in openpyxl.load_workbook(file).active.iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if sum(1 for cell in row if cell) > 4)
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :] if row[2]]
