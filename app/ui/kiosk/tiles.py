"""The tiles of people on duty and of people found, each with the turn that pressing it begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.services.kiosk.board import Board, Tile
from app.services.kiosk.people import KioskPerson
from app.ui.kiosk.people_list import FocusTile, tile
from app.ui.kiosk.visit import Visit

Choose = Callable[[Visit], None]


def person_tile(one: Tile, choose: Choose) -> FocusTile:
    """Somebody on duty today, or signed in."""
    visit = Visit(one.person_id, one.name, one.hours, one.is_in)
    return tile(
        one.name, f"{one.kind} · {one.hours}", tone=one.tone, word=one.word, run=partial(choose, visit)
    )


def found_tile(one: KioskPerson, board: Board | None, choose: Choose) -> FocusTile:
    """Somebody found by the search, with today's hours or as 临时值班."""
    tone, word = ("none", one.hours.replace("-", "–")) if one.hours else ("due", "临时值班")
    line = f"{one.kind} · {one.organisation}".rstrip(" ·")
    return tile(one.name, line, tone=tone, word=word, run=partial(choose, visit_of(one, board)))


def visit_of(one: KioskPerson, board: Board | None) -> Visit:
    """The turn of a person found; the board knows whether the person is signed in."""
    known = next((t for t in board.tiles if t.person_id == one.person_id), None) if board else None
    return Visit(one.person_id, one.name, one.hours, known.is_in if known else False)
