"""What a person looks at with the PIN: the records of the shift, and each month's pay; nothing before it was proved."""

from __future__ import annotations

from typing import Any

from app.services.kiosk.check_up import MyShift, ShiftRecord
from app.services.kiosk.pins import CheckPin
from app.services.money.statement import MyPay, MyPayView
from app.ui.kiosk.asking import Asking, Then
from app.ui.kiosk.stage import Stage
from app.ui.kiosk.visit import PATIENCE_MS, Visit
from app.values import Month


class Looking:
    """Every look proves the PIN anew, and an answer is shown only while the same person's turn lasts."""

    def __init__(self, stage: Stage, asking: Asking) -> None:
        self._stage, self._asking = stage, asking
        stage.pay.wanted.connect(self._ask_month)
        stage.pay.touched.connect(self._stay)

    def shift(self) -> None:
        """The records of the person's shift."""
        visit = self._asking.visit()
        if visit is not None:
            self._prove(visit, MyShift(visit.person_id), lambda found: self._show_shift(visit, found))

    def pay(self) -> None:
        """The person's pay of the month that runs."""
        visit = self._asking.visit()
        if visit is not None:
            self._stage.pay.start(visit.name, self._asking.month())
            self._ask_month(self._stage.pay.month)

    def _stay(self) -> None:
        if self._asking.visit() is not None:
            self._asking.wait(PATIENCE_MS)

    def _ask_month(self, month: Month) -> None:
        visit = self._asking.visit()
        if visit is not None:
            self._prove(visit, MyPay(str(month), visit.person_id), self._show_pay)

    def _prove(self, visit: Visit, query: Any, then: Then) -> None:
        def shown(found: Any) -> None:
            if self._asking.visit() is visit:
                then(found)

        def failed(error: Exception) -> None:
            if self._asking.visit() is visit:
                self._stage.pay.clear()
                self._asking.failed(error)

        def proved(_none: Any) -> None:
            if self._asking.visit() is visit:
                self._asking.ask(query, shown, failed)

        self._asking.do(CheckPin(visit.person_id, visit.pin), proved, failed)

    def _show_shift(self, visit: Visit, records: tuple[ShiftRecord, ...]) -> None:
        self._stage.whole(self._stage.records)
        self._stage.records.show_shift(visit.name, records)

    def _show_pay(self, found: MyPayView) -> None:
        if found.month == str(self._stage.pay.month):
            self._stage.whole(self._stage.pay)
            self._stage.pay.show_pay(found)
