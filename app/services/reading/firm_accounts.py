"""Finds the account that a firm's case subsidies go to, who typed it, and whether a second person confirmed it (Y14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.work import Look
from app.models.payees import FirmAccount, FirmConfirmation
from app.services.reading.accounts import AWAITED, CONFIRMED
from app.services.reading.rulings import in_parts


@dataclass(frozen=True, kw_only=True)
class FirmPayee:
    """A firm's account as pay uses it. source: the row it stands in; confirmed_by "" while it is awaited."""

    firm: str
    source: str
    bank_name: str
    number: str
    typed_by: str
    confirmed_by: str

    @property
    def is_awaited(self) -> bool:
        """Whether there is an account that nobody may pay into yet."""
        return bool(self.number) and not self.confirmed_by

    @property
    def state(self) -> str:
        """待复核 or 已复核, "" without an account."""
        return (AWAITED if self.is_awaited else CONFIRMED) if self.number else ""


def firm_payees(look: Look, firms: Iterable[str] | None = None) -> dict[str, FirmPayee]:
    """Firm → the account that holds, for those that ever had one; firms None: all of them."""
    newest: dict[str, FirmAccount] = {}
    query = select(FirmAccount).order_by(FirmAccount.typed_at, FirmAccount.id)
    parts = (
        [query]
        if firms is None
        else [query.where(FirmAccount.firm.in_(one)) for one in in_parts(sorted(set(firms)))]
    )
    for part in parts:
        newest |= {row.firm: row for row in look.session.scalars(part)}
    words: dict[str, str] = {}
    for ids in in_parts(sorted(row.id for row in newest.values())):
        found = select(FirmConfirmation.account_id, FirmConfirmation.confirmed_by)
        words.update(look.session.execute(found.where(FirmConfirmation.account_id.in_(ids))).tuples().all())
    return {
        firm: FirmPayee(
            firm=firm,
            source=row.id,
            bank_name=row.bank_name or "",
            number=row.bank_account or "",
            typed_by=row.typed_by,
            confirmed_by=words.get(row.id, ""),
        )
        for firm, row in newest.items()
    }
