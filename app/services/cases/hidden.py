"""Shows the personal words of cases to those who may see them, and says to others that something stands there."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "（无权查看）"


@dataclass(frozen=True)
class Hidden:
    """Shows personal words to those who may see them."""

    may_see: bool

    def words(self, text: str | None, otherwise: str = "") -> str:
        """The words; "" stays ""."""
        return (text or "") if self.may_see or not text else otherwise or HIDDEN
