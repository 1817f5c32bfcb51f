"""The tiles of people on duty and of people found, each with the turn that pressing it begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.dates import time_text
from app.services.kiosk.board import Board, Tile, TileState
from app.services.kiosk.people import KioskPerson
from app.ui.kiosk.people_list import FocusTile, tile
from app.ui.kiosk.visit import Visit
from app.ui.theme import State

Choose = Callable[[Visit], None]


TONES = {
    TileState.on_duty: State.DONE,
    TileState.signed_out: State.DONE,
    TileState.later: State.NONE,
    TileState.awaited: State.DUE,
    TileState.no_sign_out: State.FAULT,
    TileState.no_sign_in: State.FAULT,
}
UNSCHEDULED = "临时值班"


def word_of(one: Tile) -> str:
    """在岗 08:57 起 · 已签退 13:02 · 下午 · 还未签到 · 缺签退 · 未签到."""
    at = time_text(one.at) if one.at else ""
    match one.state:
        case TileState.on_duty:
            return f"在岗 {at} 起"
        case TileState.signed_out:
            return f"已签退 {at}"
        case TileState.later:
            return _part_of_day(one.at) if one.at else ""
        case TileState.awaited:
            return "还未签到"
        case TileState.no_sign_out:
            return "缺签退"
        case TileState.no_sign_in:
            return "未签到"


def hours_words(hours: str) -> str:
    """The hours as the screen sets them, 临时值班 for none."""
    return hours.replace("-", "–") or UNSCHEDULED


def person_tile(one: Tile, choose: Choose) -> FocusTile:
    """Somebody on duty today, or signed in."""
    visit = Visit(one.person_id, one.name, one.hours, one.is_in)
    return tile(
        one.name,
        one.kind,
        hours_words(one.hours),
        tone=TONES[one.state],
        word=word_of(one),
        run=partial(choose, visit),
    )


def found_tile(one: KioskPerson, board: Board | None, choose: Choose) -> FocusTile:
    """Somebody found by the search, with today's hours or as 临时值班."""
    tone = State.NONE if one.hours else State.DUE
    visit = visit_of(one, board)
    return tile(
        one.name,
        one.kind,
        one.organisation,
        tone=tone,
        word=hours_words(one.hours),
        run=partial(choose, visit),
    )


def visit_of(one: KioskPerson, board: Board | None) -> Visit:
    """The turn of a person found; the board knows whether the person is signed in."""
    known = next((t for t in board.tiles if t.person_id == one.person_id), None) if board else None
    return Visit(one.person_id, one.name, one.hours, known.is_in if known else False)


def _part_of_day(at: datetime) -> str:
    return "上午" if at.hour < 12 else "下午" if at.hour < 18 else "晚上"
