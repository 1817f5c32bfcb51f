"""Signs the person of this turn in and out, the check-up before a sign-out, and tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.clock import Clock
from app.services.kiosk.check_up import CheckUp, SignOutCheckUp
from app.services.kiosk.pins import CheckPin
from app.services.kiosk.punch_result import PunchResult
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.ui.kiosk.asking import Asking
from app.ui.kiosk.stage import Stage
from app.ui.kiosk.visit import QUESTION_MS


class Signing:
    """panel_seconds: how long an ended turn stays on the screen."""

    def __init__(self, stage: Stage, asking: Asking, clock: Clock, panel_seconds: Callable[[], int]) -> None:
        self._stage, self._asking, self._clock, self._panel_seconds = stage, asking, clock, panel_seconds
        self._found: CheckUp | None = None

    def sign_in(self) -> None:
        """With the reason where one was asked for."""
        visit = self._asking.visit()
        if visit is not None:
            self._do(SignIn(visit.person_id, visit.pin, visit.reason, self._clock.now()))

    def check_first(self) -> None:
        """Whether it is too early, then the faulty records; nothing of it is shown before the PIN was right."""
        visit = self._asking.visit()
        assert visit is not None
        query, asking = SignOutCheckUp(visit.person_id), self._asking
        asking.do(
            CheckPin(visit.person_id, visit.pin),
            lambda _none: asking.ask(query, self._checked_up, asking.failed),
            asking.failed,
        )

    def check_records(self) -> None:
        """Show what is faulty in the records; sign out where nothing is."""
        if self._found is None or not self._found.faulty:
            self.sign_out()
            return
        self._stage.whole(self._stage.records)
        self._stage.records.show_check_up(self._found)

    def sign_out(self) -> None:
        """Whatever the check-up showed."""
        visit = self._asking.visit()
        if visit is not None:
            self._do(SignOut(visit.person_id, visit.pin, self._clock.now()))

    def say_done(self, words: str) -> None:
        """Thank, then wait as after a punch."""
        self._stage.whole(self._stage.done)
        self._stage.done.show_words(words)
        self._asking.wait(self._panel_seconds() * 1000)

    def _checked_up(self, found: CheckUp) -> None:
        visit, self._found = self._asking.visit(), found
        if visit is None:
            return
        if found.early is None:
            self.check_records()
            return
        self._stage.whole(self._stage.early)
        self._stage.early.show_early(visit.name, found)

    def _do(self, command: Any) -> None:
        self._asking.do(command, self._signed, self._asking.failed)

    def _signed(self, result: PunchResult) -> None:
        self._stage.whole(self._stage.done)
        self._stage.done.show_result(result)
        self._asking.wait(QUESTION_MS if result.open_shifts else self._panel_seconds() * 1000)
