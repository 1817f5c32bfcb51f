"""Refuses at a station what only the bureau that settles and pays may do."""

from __future__ import annotations

from app.errors import Refused
from app.kernel.work import Look


def bureau_only(look: Look) -> None:
    """Raises Refused E188 at a station."""
    if not look.office.is_bureau:
        raise Refused("E188", "审核、结算、调整和发放由司法局办理，本站不能操作。")
