"""The field of the household: one line a person, read as it is typed."""

from __future__ import annotations

from typing import Any

from app.errors import Refused
from app.services.cases.typed_household import HINT, household_words, read_household
from app.ui.widgets.fields import TextField


class HouseholdField(TextField):
    """The household as lines, one a person."""

    def __init__(self) -> None:
        super().__init__("家庭成员和收入", hint=HINT, rows=3)

    def value(self) -> Any:
        try:
            return read_household(self.draft())
        except Refused:
            return None

    def is_empty(self) -> bool:
        return not self.draft()

    def own_fault(self) -> str:
        try:
            read_household(self.draft())
        except Refused as refusal:
            return refusal.message
        return ""

    def draft(self) -> str:
        return self.text.toPlainText().strip()

    def set_draft(self, kept: Any) -> None:
        super().set_value(kept)

    def set_value(self, value: Any) -> None:
        super().set_value(household_words(value) if value else "")
