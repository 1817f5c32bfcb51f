"""Every state that an answer may carry has its tone, and its words where it brings none of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import pytest

from app.services.attendance.attendance_state import AttendanceState
from app.services.attendance.exceptions_list import MEANINGS, TITLES, ExceptionKind, Judgement
from app.services.exchange.history import SequenceCheck, SignatureCheck
from app.services.exchange.outcome import Outcome
from app.services.kiosk.board import Tile, TileState
from app.services.money.month_desk import Finding, MonthCheck
from app.services.money.review_sheet import LineStanding
from app.services.money.submissions import MonthState
from app.services.sites.site_list import SiteOffice
from app.services.supervision.evidence_month import CheckStanding
from app.services.today.due import DueState
from app.services.today.urgent_kinds import UrgentKind
from app.ui.attendance import states
from app.ui.attendance.deciding import ANSWERS
from app.ui.exchange import bundle_words
from app.ui.kiosk import tiles
from app.ui.review.line_words import STANDINGS as LINE_STANDINGS
from app.ui.review.matrix_columns import STATES as MATRIX_STATES
from app.ui.settings.sites import OFFICE_TONES
from app.ui.settlement import check_words
from app.ui.settlement.page import STATES as MONTH_STATES
from app.ui.theme import State
from app.ui.today import urgent_steps
from app.ui.today.due_words import DUE_TONES
from app.values import ClockGrade, DeliveryState, SpotResult, Verdict

MAPPINGS: tuple[tuple[type[Enum], Mapping[Any, Any]], ...] = (
    (AttendanceState, states.DUTY_TONES), (ClockGrade, states.GRADES), (CheckStanding, states.STANDINGS),
    (SpotResult, states.RESULT_TONES), (Verdict, states.VERDICT_TONES), (Judgement, ANSWERS), (Judgement, MEANINGS),
    (ExceptionKind, TITLES), (Outcome, bundle_words.OUTCOMES), (DeliveryState, bundle_words.DELIVERIES),
    (SignatureCheck, bundle_words.SIGNATURES), (SequenceCheck, bundle_words.SEQUENCES), (TileState, tiles.TONES),
    (LineStanding, LINE_STANDINGS), (MonthState, MATRIX_STATES), (MonthState, MONTH_STATES),
    (Finding, check_words.TONES), (Finding, check_words.TITLES), (UrgentKind, urgent_steps.SHOWN),
    (SiteOffice, OFFICE_TONES), (DueState, DUE_TONES),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "shown"), MAPPINGS, ids=lambda one: getattr(one, "__name__", ""))
def test_every_state_is_shown(kind: type[Enum], shown: Mapping[Any, Any]) -> None:
    assert set(shown) == set(kind)
    for one in shown.values():
        words = [part for part in (one if isinstance(one, tuple) else (one,)) if not isinstance(part, State)]
        assert all(words)


@pytest.mark.parametrize("finding", Finding)
def test_every_check_of_a_month_has_a_sentence_and_a_way_to_mend_what_is_not_whole(finding: Finding) -> None:
    check = MonthCheck(finding, 2, 1000)
    assert check_words.check_title(check)
    assert check_words.check_sentence(check, "解州镇") or not check.is_whole
    assert (finding in check_words.PAGES) is not check.is_whole
    assert (check_words.TONES[finding] is State.DONE) is check.is_whole


@pytest.mark.parametrize("state", TileState)
def test_every_tile_says_how_the_person_stands(state: TileState) -> None:
    tile = Tile(
        person_id="p-1",
        name="卫明",
        kind="律师",
        hours="09:00-13:00",
        state=state,
        at=datetime(2022, 5, 10, 9, 0),
        is_in=False,
        has_pin=True,
    )
    assert tiles.word_of(tile)


def test_what_is_a_problem_has_a_tone_of_warning() -> None:
    warning = (State.DUE, State.FAULT)
    assert all((states.DUTY_TONES[one] in warning) is one.is_problem for one in AttendanceState)
