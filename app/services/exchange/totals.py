"""Control sums of a slice, as the columns declare them: added up while it is written, and again while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import orjson

from app.bundle.manifest import Manifest
from app.errors import Refused
from app.models.schema import CONTRACT, shared_classes, table
from app.models.shapes import RANGES
from app.models.travelling import declared_columns

TIME = "%H:%M:%S"
ALWAYS = frozenset({"entries", "voided"})


class ControlTotals:
    """Numbers of records, rostered seconds, money in 分 and whatever else is declared, over the entries seen so far."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def take(self, fields: Mapping[str, Any]) -> None:
        """Add one entry's body."""
        self.sums["entries"] += 1
        if fields["op"] != "put":
            self.sums["voided"] += 1
            return
        counted_as, adding = _declared(fields["table"])
        if counted_as:
            self.sums[counted_as] += 1
        for column, sum_name, is_ranges in adding:
            value = fields["row"].get(column)
            self.sums[sum_name] += rostered_seconds(value) if is_ranges else _whole(value)

    def fit(self, stated: Mapping[str, int], contract: int) -> bool:
        """Whether they are the signed ones; of a newer contract's, those that this program knows."""
        known = sum_names() if contract > CONTRACT else frozenset(stated) | frozenset(self.sums)
        return all(self.sums[name] == stated.get(name, 0) for name in known)


def compare_totals(manifest: Manifest, found: Mapping[str, ControlTotals]) -> None:
    """Raises Refused E726 where what was read of a stream adds up to something else than what was signed."""
    for part in manifest.slices:
        if not found.get(part.stream, ControlTotals()).fit(part.totals, manifest.contract):
            raise Refused("E726", "记录的条数或控制合计与上报包的目录不符，没有采用。请让对方重新导出。")


@cache
def sum_names() -> frozenset[str]:
    """Every sum that this program adds up."""
    found = {sum_name for name in shared_classes() for _, sum_name, _ in _declared(name)[1]}
    return ALWAYS | found | {kind.counted_as for kind in shared_classes().values() if kind.counted_as}


@cache
def _declared(name: str) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
    """What counts a table's rows, and (column, sum, whether it holds ranges of time) of what they add to."""
    if name not in shared_classes():
        return "", ()
    columns = declared_columns(table(name)).items()
    adding = tuple((column, told.adds, told.shape is RANGES) for column, told in columns if told.adds)
    return shared_classes()[name].counted_as, adding


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


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
