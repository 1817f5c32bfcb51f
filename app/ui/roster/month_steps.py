"""Names the two steps beside the calendar by the months they lead to."""

from __future__ import annotations

from app.ui.widgets.button import Button
from app.values import Month


def name_months(back: Button, on: Button, month: Month, *, is_short: bool) -> None:
    """‹ 4月 and 6月 ›; only the signs where there is little room, the month then stands in the tip."""
    for button, sign, other in ((back, "‹ {}", month.previous()), (on, "{} ›", month.next())):
        name = f"{other.month}月"
        button.set_text(sign.format("").strip() if is_short else sign.format(name))
        button.setAccessibleName(name)
        button.setToolTip(name)
