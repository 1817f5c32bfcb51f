"""How the parts of the kiosk reach the office: through the window, as the kiosk's own actor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.ui.kiosk.visit import Visit
from app.values import Month

NO_DUTY = "今天没有您的班次，按“临时值班”需说明"
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


@dataclass(frozen=True)
class Asking:
    """Whose turn it is, the month that runs, commands and queries, the window's answer to failures, its patience in ms."""

    visit: Callable[[], Visit | None]
    month: Callable[[], Month]
    do: Callable[[Any, Then, Failed], None]
    ask: Callable[[Any, Then, Failed], None]
    failed: Failed
    wait: Callable[[int], None]
