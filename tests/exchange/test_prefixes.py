"""A long bundle is taken in by prefixes: stopped anywhere, a whole prefix stands with its cursor, and the rest follows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from app.case_values import Fund
from app.errors import Cancelled, Refused
from app.kernel.permissions import SYSTEM, Actor, Permission
from app.models.bundle_files import ReceivedBundle
from app.quarters import Quarter
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import PayCases
from app.services.cases.settle_cases import SettleCases
from app.services.exchange import prefixes, verifying
from app.services.exchange.kept_files import DiscardBundle
from app.services.exchange.receive import ImportBundles
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_month import PayMonth
from app.services.money.review_month import ReviewMonth
from app.services.money.settle_final import SettleFinal
from app.services.office import office as opening
from app.services.reports.export_report import ExportReport
from app.services.reports.show_report import ShowReport
from tests.direct_rows import Write, write_rows
from tests.exchange.forging import Note, NoteMany, signed_bundle
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.test_exchange_power import Door, is_sound
from tests.killing import forked, kills, needs_fork, put_aside

PEOPLE, PREFIX = 120, 50
Three = tuple[Place, Place, Place]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefixes of a few entries, without the pause between them."""
    monkeypatch.setattr(verifying, "BATCH", PREFIX)
    monkeypatch.setattr(prefixes, "PAUSE_SECONDS", 0)


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], after: int = 1) -> None:
    """Do something in the pause behind that prefix."""
    seen = [0]

    def pause(_seconds: float) -> None:
        seen[0] += 1
        if seen[0] == after:
            act()

    monkeypatch.setattr(prefixes.time, "sleep", pause)


def state(place: Place) -> tuple[int, int, int, bool]:
    """People, logged entries, the cursor, and whether the cursor's head is that of the last entry."""
    with place.office.database.reader.connect() as connection:
        row = connection.execute(
            text(
                "SELECT s.seq, s.head = e.hash FROM received_stream s "
                "LEFT JOIN received_entry e ON e.stream = s.id AND e.seq = s.seq"
            )
        ).first()
    seq, fits = (row[0], bool(row[1])) if row else (0, True)
    return place.count("person"), place.count("received_entry"), seq, fits


def line(place: Place) -> tuple[Any, ...]:
    """The newest line of the inbox: outcome, code, number of entries."""
    with place.office.database.reader.connect() as connection:
        query = "SELECT outcome, code, applied FROM received_bundle ORDER BY id DESC LIMIT 1"
        return tuple(connection.execute(text(query)).one())


def begun(county: Place, bundle: Path, monkeypatch: pytest.MonkeyPatch, after: int = 1) -> Place:
    """The county as it is after a kill behind that prefix, opened without going on."""
    door = Door(county)

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as patch:
        between(patch, die, after)
        status = os.waitpid(forked(lambda: str(door.try_import(bundle))), 0)[1]
    assert os.WIFSIGNALED(status)
    return door.open()


@needs_fork
@pytest.mark.usefixtures("short")
def test_case_40_a_killed_import_leaves_a_whole_prefix_and_goes_on_by_itself(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    door = Door(county)
    prepare = put_aside(door.root, tmp_path / "saved")
    seen = set()
    for _ in kills(door.root, lambda: str(door.try_import(bundle)), prepare, times=12):
        place = door.open()
        people, entries, seq, fits = state(place)
        assert is_sound(place)
        assert people == entries == seq and fits
        assert people in (0, PREFIX, 2 * PREFIX, PEOPLE)
        is_begun = people in (PREFIX, 2 * PREFIX)
        assert (place.count("received_bundle") and line(place)[:2] == ("PARKED", "E740")) == is_begun
        seen.add(people)
        place.office.finish_begun()
        if is_begun:
            assert line(place) == ("APPLIED", "", PEOPLE)
        assert place.take(bundle)[0].outcome == ("APPLIED" if not people else "NOOP")
        assert state(place) == (PEOPLE, PEOPLE, PEOPLE, True)
        assert [path.name for path in place.office.data.quarantine.iterdir()] == ["turn.lock"]
        place.office.close()
    assert len(seen) > 1


@needs_fork
@pytest.mark.usefixtures("short")
def test_what_was_begun_goes_on_with_the_next_import_of_anything(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, other = three
    station.do(NoteMany(PEOPLE))
    other.do(Note("孙丽"))
    county = begun(county, Path(station.export()[0].file), monkeypatch)
    assert state(county) == (PREFIX, PREFIX, PREFIX, True)
    assert county.take(other.export()[0].file)[0].outcome == "APPLIED"
    assert county.count("person") == PEOPLE + 1
    assert county.count("received_bundle WHERE outcome = 'APPLIED' AND applied = 120") == 1
    county.office.close()


@needs_fork
@pytest.mark.usefixtures("short")
def test_a_program_of_its_own_goes_on(three: Three, monkeypatch: pytest.MonkeyPatch) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    county = begun(county, Path(station.export()[0].file), monkeypatch)
    door = Door(county)
    code = (
        "import sys; from pathlib import Path; from app.clock import SystemClock; from app.paths import DataDir; "
        "from app.services.office.office import Office; "
        "office = Office(DataDir(Path(sys.argv[1])), bytes.fromhex(sys.argv[2]), SystemClock()); "
        "office.finish_begun(); office.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(door.root), door.key.hex()], check=True)
    county = door.open()
    assert state(county) == (PEOPLE, PEOPLE, PEOPLE, True)
    assert line(county) == ("APPLIED", "", PEOPLE)
    county.office.close()


@pytest.mark.usefixtures("short")
def test_an_office_with_a_begun_bundle_opens_at_once_and_goes_on_when_told(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    with pytest.raises(Cancelled):
        county.office.do(ImportBundles((Path(station.export()[0].file),)), county.actor, Stops())
    county.office.close()
    office = opening.Office(county.office.data, county.office.safe.key, county.clock)
    again, steps = Place(office, county.actor, county.clock, county.stick), Told()
    assert state(again) == (PREFIX, PREFIX, PREFIX, True)
    office.finish_begun(steps)
    assert state(again) == (PEOPLE, PEOPLE, PEOPLE, True) and "正在收入" in steps.words
    told = len(steps.words)
    office.finish_begun(steps)
    assert len(steps.words) == told, "nothing is left"
    office.close()


class Told:
    """What was said of how far it is."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def step(self, done: int, total: int, words: str) -> None:
        self.words.append(words)


@pytest.mark.usefixtures("short")
def test_somebody_saves_between_two_prefixes_and_another_program_opens_meanwhile(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    seen = []

    def other_program() -> None:
        place = Place(
            opening.Office(county.office.data, county.office.safe.key, county.clock),
            county.actor, county.clock, county.stick,
        )  # fmt: skip
        place.do(Note("卫明"))
        seen.append(place.count("person"))
        place.office.close()

    between(monkeypatch, other_program)
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.applied, seen) == ("APPLIED", PEOPLE, [PREFIX + 1])
    assert county.count("person") == PEOPLE + 1
    assert county.count("journal WHERE command = 'TakePrefix'") == 2


def test_a_bundle_of_a_thousand_entries_is_one_transaction(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(1000))
    assert county.take(station.export()[0].file)[0].applied == 1000
    assert county.count("journal WHERE command = 'TakePrefix'") == 0


class Stops:
    """Somebody who stops the import once a part is in."""

    def step(self, done: int, total: int, words: str) -> None:
        if words == "正在收入":
            raise Cancelled


@pytest.mark.usefixtures("short")
def test_case_49_a_cancelled_import_keeps_its_file_and_goes_on(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    with pytest.raises(Cancelled) as stop:
        county.office.do(ImportBundles((bundle,)), county.actor, Stops())
    assert stop.value.is_part_done
    assert state(county) == (PREFIX, PREFIX, PREFIX, True)
    assert len(list(county.office.data.quarantine.glob("*.hmb"))) == 1
    with pytest.raises(Refused) as refusal:
        county.do(DiscardBundle(bundle.name, "不要了"))
    assert refusal.value.code == "E741"
    [outcome] = county.take(bundle)
    assert (outcome.outcome, outcome.applied) == ("APPLIED", PEOPLE)
    assert not list(county.office.data.quarantine.glob("*.hmb"))
    assert county.count("received_bundle") == 1


@pytest.mark.usefixtures("short")
def test_what_was_begun_and_whose_file_is_gone_says_so_until_somebody_gives_it_up(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    with pytest.raises(Cancelled):
        county.office.do(ImportBundles((bundle,)), county.actor, Stops())
    for path in county.office.data.quarantine.glob("*.hmb"):
        path.unlink()
    station.do(Note("卫明"))
    assert county.take(station.export()[0].file)[0].outcome == "APPLIED"
    assert county.count("received_bundle WHERE code = 'E740' AND text LIKE '%读不到文件%'") == 1
    county.do(DiscardBundle(bundle.name, "已由下一个包补齐"))
    assert county.count("received_bundle WHERE outcome = 'PARKED'") == 0


@pytest.mark.usefixtures("short")
def test_case_64_control_totals_of_a_long_bundle_are_compared_before_its_first_entry(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    before = county.digest()
    [outcome] = county.take(signed_bundle(station, tmp_path / "a.hmb", totals={"entries": PEOPLE + 1}))
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E726")
    assert county.digest() == before


@pytest.mark.usefixtures("short")
def test_a_receipt_that_names_another_history_stops_a_long_bundle_before_its_first_entry(
    three: Three,
) -> None:
    county, station, _ = three
    county.do(NoteMany(2))
    station.take(county.export(JIEZHOU)[0].file)
    station.do(NoteMany(PEOPLE))
    with station.office.database.writer.begin() as connection:
        connection.execute(text(f"UPDATE received_stream SET head = x'{'ab' * 32}' WHERE seq > 0"))
    before = county.digest()
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E727")
    assert county.digest() == before


def a_part_is_here(county: Place, sender: str = JIEZHOU) -> None:
    """The inbox as it is while a bundle of that station is taken in."""
    county.clock.at = county.clock.at.replace(year=county.clock.at.year + 1)
    row = ReceivedBundle(
        file="a.hmb", sha256="0" * 64, sender=sender, outcome="PARKED", code="E740", at=county.clock.now().at
    )
    write_rows(county.office, row)


def whole_again(county: Place) -> None:
    """As once the rest is in."""
    gone = Write(lambda session: session.execute(text("DELETE FROM received_bundle")) and None)
    county.office.do(gone, SYSTEM)


DOORS = {
    "review": ReviewMonth(JIEZHOU, "2022-05", is_approved=True),
    "settlement": SettleFinal("2022-05"),
    "pay": PayMonth("2022-05", date(2022, 6, 1), "1"),
    "cases, settlement": SettleCases("2022-Q2"),
    "cases, examination": ExamineLine("2022-Q2", "1", is_passed=True),
    "cases, pay": PayCases(str(Quarter.parse("2022-Q2")), Fund.special, date(2022, 7, 1), "1"),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_passes_settles_or_pays_while_a_part_is_still_to_come(three: Three, door: str) -> None:
    county, _, _ = three
    command = DOORS[door]
    actor = _allowed()
    a_part_is_here(county)
    with pytest.raises(Refused) as refusal:
        county.do(command, actor)
    assert refusal.value.code == "E740"
    assert "解州镇" in refusal.value.message
    whole_again(county)
    try:
        county.do(command, actor)
    except Refused as other:
        assert other.code != "E740"


def test_a_month_of_another_site_may_be_passed_and_its_own_returned(three: Three) -> None:
    county, _, _ = three
    actor = _allowed()
    a_part_is_here(county)
    for command in (
        ReviewMonth(LONGJU, "2022-05", is_approved=True),
        ReviewMonth(JIEZHOU, "2022-05", is_approved=False, reason="缺两天"),
    ):
        with pytest.raises(Refused) as refusal:
            county.do(command, actor)
        assert refusal.value.code == "E189"


def test_the_pay_of_a_month_says_that_it_is_incomplete(three: Three) -> None:
    county, _, _ = three
    a_part_is_here(county)
    assert "解州镇" in county.ask(ComputeSettlement("2022-05")).validity_note
    whole_again(county)
    assert county.ask(ComputeSettlement("2022-05")).validity_note == ""


def test_every_report_says_that_it_is_incomplete(three: Three, tmp_path: Path) -> None:
    county, _, _ = three
    a_part_is_here(county)
    assert [found for found in _notes(county, tmp_path) if "不完整：" in found and "解州镇" in found] != []
    whole_again(county)
    assert [found for found in _notes(county, tmp_path) if "不完整" in found] == []


def _notes(county: Place, folder: Path) -> list[str]:
    """Below the table on screen and in the workbook; nothing where they differ."""
    shown = county.ask(ShowReport("consultations", "2022-05")).notes
    county.do(ExportReport("consultations", "2022-05", folder / "a.xlsx"))
    page = load_workbook(folder / "a.xlsx").worksheets[0]
    cells = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value}
    assert all(any(note in cell for cell in cells) for note in shown)
    return list(shown)


def _allowed() -> Actor:
    """Somebody with every right, for the rights are not what is asked here."""
    return replace(SYSTEM, permissions=frozenset(Permission))
