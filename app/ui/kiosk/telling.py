"""What people tell the kiosk besides signing: when they left a shift, their word on their pay, a client's rating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.services.consultations.rate_consultation import RateAtKiosk
from app.services.consultations.rating_waiting import RatingWaiting
from app.services.kiosk.explain_leaving import ExplainLeaving
from app.services.kiosk.reply_to_pay import ReplyToPay
from app.services.kiosk.shifts import OpenShift
from app.services.money.statement import MyPayView
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
        stage.pay.confirmed.connect(self._confirm)
        stage.pay.disputes.connect(self._ask_dispute)
        stage.dispute.given.connect(self._disputed)

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

    def _confirm(self, found: MyPayView) -> None:
        visit = self._asking.visit()
        if visit is not None:
            said = ReplyToPay(visit.person_id, visit.pin, found.month, False)
            self._asking.do(said, lambda _id: self._ways.say_done("已确认"), self._asking.failed)

    def _ask_dispute(self, found: MyPayView) -> None:
        self._stage.whole(self._stage.dispute)
        self._stage.dispute.start(found)
        self._asking.wait(2 * PATIENCE_MS)

    def _disputed(self, month: str, keys: tuple[str, ...], reason: str) -> None:
        visit = self._asking.visit()
        if visit is not None:
            said = ReplyToPay(visit.person_id, visit.pin, month, True, reason, keys)
            self._do(said, "已记下您的异议，由司法局核实后答复", self._stage.dispute)

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
