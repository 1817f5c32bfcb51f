"""Control sums of a slice: added up while it is written, and again while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

TIME = "%H:%M:%S"


class ControlTotals:
    """Rostered seconds, money in 分, and numbers of records, over the entries seen so far."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def take(self, fields: Mapping[str, Any]) -> None:
        """Add one entry's body."""
        self.sums["entries"] += 1
        row = fields["row"]
        if fields["op"] != "put":
            self.sums["voided"] += 1
            return
        match fields["table"]:
            case "duty":
                self.sums["duty_seconds"] += rostered_seconds(row.get("ranges"))
            case "consultation":
                self.sums["consultations"] += 1
            case "punch":
                self.sums["punches"] += 1
            case "pay_line":
                self.sums["fen"] += row["net_fen"] if isinstance(row.get("net_fen"), int) else 0


def rostered_seconds(ranges: Any) -> int:
    """Seconds of a duty's ranges as stored; 0 for what is no such list."""
    try:
        pairs = orjson.loads(ranges)
        return sum(
            int((datetime.strptime(end, TIME) - datetime.strptime(start, TIME)).total_seconds())
            for start, end in pairs
        )
    except (ValueError, TypeError):
        return 0
