"""What people tell the kiosk besides signing: when they left an open shift, and how a client found the advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.services.consultations.rate_consultation import RateAtKiosk
from app.services.consultations.rating_waiting import RatingWaiting
from app.services.kiosk.explain_leaving import ExplainLeaving
from app.services.kiosk.shifts import OpenShift
from app.ui.kiosk.asking import Asking
from app.ui.kiosk.side_panels import Panel
from app.ui.kiosk.stage import Stage
from app.ui.kiosk.visit import PATIENCE_MS


@dataclass(frozen=True)
class Ways:
    """How it ends: forget whose turn it was, thank, put an error into words."""

    forget: Callable[[], None]
    say_done: Callable[[str], None]
    words: Callable[[Exception], str]


class Telling:
    """Asks, and hands on what was told."""

    def __init__(self, stage: Stage, asking: Asking, ways: Ways) -> None:
        self._stage, self._asking, self._ways = stage, asking, ways
        stage.done.explain.connect(self._ask_leaving)
        stage.explain.given.connect(self._explained)
        stage.rating.rated.connect(self._rated)

    def rating(self) -> None:
        """Ask a client to rate one of today's visits."""
        self._asking.ask(RatingWaiting(), self._show_rating, self._asking.failed)

    def _ask_leaving(self, shift: OpenShift) -> None:
        self._stage.whole(self._stage.explain)
        self._stage.explain.start(shift)
        self._asking.wait(2 * PATIENCE_MS)

    def _explained(self, left_at: datetime, reason: str) -> None:
        visit, shift = self._asking.visit(), self._stage.explain.shift
        if visit is None or shift is None:
            return
        told = ExplainLeaving(visit.person_id, visit.pin, shift.punch_id, left_at, reason)
        self._do(told, "已记下您的说明，由司法所审核", self._stage.explain)

    def _show_rating(self, records: Any) -> None:
        self._ways.forget()
        self._stage.whole(self._stage.rating)
        self._stage.rating.show_records(records)
        self._asking.wait(PATIENCE_MS)

    def _rated(self, record_id: str, word: str) -> None:
        self._do(RateAtKiosk(record_id, word), "谢谢您的评价", self._stage.rating)

    def _do(self, command: Any, thanks: str, panel: Panel) -> None:
        self._asking.do(
            command,
            lambda _done: self._ways.say_done(thanks),
            lambda error: panel.show_fault(self._ways.words(error)),
        )
