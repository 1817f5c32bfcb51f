"""Each setting of the office changes what the program does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.case_values import Grade, ReviewKind
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.services.exchange.desk import ExchangeDesk
from app.services.kiosk.board import KioskBoard
from app.services.office.back_up import BackUp
from app.services.office.backups import Backups
from app.services.office.last_backup import LastBackup
from app.services.office.settings import ChangeSetting, Settings
from app.services.people.add_person import AddPerson
from app.services.quality.review_file import ReviewSheets, ScoreFile
from app.services.reading.cut_offs import cut_offs
from app.services.roster.preview_poster import PreviewPoster
from app.settings import SETTINGS
from app.ui.look import look_of
from app.values import Month
from tests.exchange.offices import JIEZHOU, enrol, make_county
from tests.services.case_desk import CaseDesk
from tests.services.conftest import Desk
from tests.services.kiosk_desk import KioskDesk
from tests.services.money_book import STATION, Book

PROVED_BY = {
    "backup_daily": "test_daily_backup",
    "rehearsal_days": "test_daily_backup",
    "kiosk_unattended": "test_key_change",
    "audit_by": "test_consultations_register",
    "idle_lock_minutes": "test_windows",
    "inbox_folder": "test_windows",
    "parked_megabytes": "test_kept_files",
    "document_mark": "test_money_reporting",
    "residents": "test_other_targets",
    "aid_mark": "test_case_papers",
    "approval_delegated_to": "test_approval_delegation",
}
"""Settings whose effect another module of tests proves."""


def board(desk: Desk) -> Any:
    """What the kiosk shows."""
    return desk.ask(KioskBoard(), KIOSK)


def look(desk: Desk) -> Any:
    """How the windows look."""
    return look_of({one.name: one.value for one in desk.ask(Settings())}, "", "")


ANSWERED: dict[str, tuple[str, Callable[[Desk], Any]]] = {
    "theme": ("high_contrast", lambda desk: look(desk).is_high_contrast),
    "ui_scale": ("150", lambda desk: look(desk).scale),
    "kiosk_panel_seconds": ("9", lambda desk: board(desk).panel_seconds),
    "kiosk_rating": ("否", lambda desk: board(desk).asks_rating),
    "supervision_phone": ("0359-2021234", lambda desk: board(desk).supervision_phone),
    "outbox_folder": ("/media/stick", lambda desk: desk.ask(ExchangeDesk()).folder),
    "backup_folder": ("/media/backup", lambda desk: desk.ask(Backups()).folder),
    "backup_keep": ("3", lambda desk: desk.ask(Backups()).keep),
}
"""Setting → another value, and what the program answers by it."""
DONE = {
    "service_phone", "office_address", "backup_days", "freshness_days", "kiosk_double_tap_seconds", "kiosk_pin_attempts",
    "case_number_template", "grade_excellent_from", "grade_good_from", "grade_passed_from",
}  # fmt: skip
"""Settings with a test of their own below."""


def test_every_setting_of_the_office_is_among_those_proved() -> None:
    assert set(SETTINGS) == {*ANSWERED, *DONE, *PROVED_BY}
    assert all(list(Path(__file__).parents[1].glob(f"*/{name}.py")) for name in PROVED_BY.values())


@pytest.mark.parametrize("name", sorted(ANSWERED))
def test_a_setting_changes_what_is_answered(county: Desk, name: str) -> None:
    value, ask = ANSWERED[name]
    before = ask(county)
    county.do(ChangeSetting(name, value))
    assert ask(county) != before


def test_the_public_lines_stand_on_the_poster(county: Desk) -> None:
    book = Book(county)
    book.duty(20)
    book.publish()
    for name, value in (("service_phone", "0359-12348"), ("office_address", "解放路1号")):
        county.do(ChangeSetting(name, value))
    poster = county.ask(PreviewPoster(STATION, Month(2022, 5))).poster
    assert (poster.telephone, poster.address) == ("0359-12348", "解放路1号")


def test_backup_days_say_when_a_backup_is_old(county: Desk) -> None:
    county.do(BackUp())
    county.clock.advance(timedelta(days=3))
    assert not county.ask(LastBackup()).is_old
    county.do(ChangeSetting("backup_days", "2"))
    assert county.ask(LastBackup()).is_old


def test_freshness_days_say_when_a_partner_was_not_heard_of(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        county.clock.advance(timedelta(days=3))
        assert not county.ask(ExchangeDesk()).peers[0].is_stale
        county.do(ChangeSetting("freshness_days", "2"))
        assert county.ask(ExchangeDesk()).peers[0].is_stale
    finally:
        station.office.close()
        county.office.close()


def test_a_second_tap_within_the_seconds_of_the_setting_is_the_same(county: Desk) -> None:
    kiosk = KioskDesk(county)
    kiosk.duty(10)
    kiosk.publish()
    county.do(ChangeSetting("kiosk_double_tap_seconds", "60"))
    kiosk.sign_in()
    kiosk.wait(seconds=40)
    kiosk.sign_in()
    assert len(kiosk.punches()) == 1


def test_a_pin_is_locked_after_the_tries_of_the_setting(county: Desk) -> None:
    kiosk = KioskDesk(county)
    kiosk.duty(10)
    kiosk.publish()
    county.do(ChangeSetting("kiosk_pin_attempts", "3"))
    for _ in range(3):
        with pytest.raises(Refused):
            kiosk.sign_in(pin="1111")
    with pytest.raises(Refused, match="E6"):
        kiosk.sign_in()
    assert kiosk.punches() == []


def test_the_form_of_case_numbers_is_the_settings(county: Desk) -> None:
    cases = CaseDesk(county)
    cases.today(date(2022, 6, 30))
    county.do(ChangeSetting("case_number_template", "盐法援〔{年}〕{号:3}号"))
    assert cases.card(cases.granted(date(2022, 3, 1))).row.number == "盐法援〔2022〕001号"
    for useless in ("盐法援", "盐法援{号}〔{年}〕"):
        with pytest.raises(Refused, match="E320"):
            county.do(ChangeSetting("case_number_template", useless))
    assert cases.card(cases.granted(date(2022, 3, 1))).row.number == "盐法援〔2022〕002号"


def test_the_cut_offs_make_the_grade_of_a_score(county: Desk) -> None:
    cases = CaseDesk(county)
    cases.today(date(2022, 6, 30))
    case = cases.archived(date(2022, 5, 20))
    reviewer = county.do(
        AddPerson(name="孙评", kind="律师", licence="11408201000000001", organisation="另一所")
    )

    def graded(score: int, kind: ReviewKind, **said: Any) -> str:
        county.do(ScoreFile(case=case, kind=kind, reviewer_id=reviewer, scores={"总评": score}, **said))
        return next(one.grade.value for one in county.ask(ReviewSheets(case)) if one.kind is kind)

    assert graded(89, ReviewKind.every_case) == "良好"
    for key, value in (
        ("grade_excellent_from", "85"),
        ("grade_good_from", "70"),
        ("grade_passed_from", "65"),
    ):
        county.do(ChangeSetting(key, value))
    assert graded(89, ReviewKind.peer) == "优秀"
    for key, value in (("grade_excellent_from", "70"), ("grade_passed_from", "70")):
        with pytest.raises(Refused, match="E397"):
            county.do(ChangeSetting(key, value))
    with pytest.raises(Refused, match="E829"):
        graded(64, ReviewKind.administrative, grade=Grade.passed)
    assert graded(64, ReviewKind.administrative, grade=Grade.passed, comment="有一项不适用") == "合格"


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "优秀"),
        (90, "优秀"),
        (89, "良好"),
        (75, "良好"),
        (74, "合格"),
        (60, "合格"),
        (59, "不合格"),
        (0, "不合格"),
    ],
)
def test_the_usual_cut_offs(county: Desk, score: int, grade: str) -> None:
    with county.office._dispatcher.looking(county.actor) as look:
        assert cut_offs(look).grade_of(score) == grade
