"""What the kiosk knows of the person standing before it, forgotten as soon as the person leaves."""

from __future__ import annotations

from dataclasses import dataclass

SIGN_IN, SIGN_OUT, LOOK, PAY = "sign_in", "sign_out", "look", "pay"
PATIENCE_MS = 60_000
"""After this long without a touch the kiosk forgets who stood before it."""

QUESTION_MS = 30_000
BOARD_MS = 30_000
WORDS = {SIGN_IN: "签　到", SIGN_OUT: "签　退", LOOK: "查　看", PAY: "看补贴"}


@dataclass
class Visit:
    """One person's turn. act: what the PIN is asked for. pin: kept until the turn ends, in memory only."""

    person_id: str
    name: str
    hours: str = ""
    is_in: bool = False
    act: str = SIGN_IN
    reason: str = ""
    pin: str = ""
