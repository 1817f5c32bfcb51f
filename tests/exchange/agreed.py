"""What offices agree on about travelling rows: as the program has it now, and as each contract was written down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Column

from app.models.base import Shared
from app.models.schema import CONTRACT, shared_classes, table
from app.models.travelling import shape_of, travelling

DATA = Path(__file__).parents[1] / "data"
WRITE = "python -m tests.exchange.agreed"
Tables = Mapping[str, Mapping[str, Any]]


def present() -> dict[str, Any]:
    """The contract of this program: table → who gets it, what counts it, and what each column may hold."""
    return {name: _table(name, kind) for name, kind in sorted(shared_classes().items())}


def file_of(contract: int) -> Path:
    """Where a contract is written down."""
    return DATA / f"contract-{contract}.json"


def written() -> dict[int, dict[str, Any]]:
    """Every contract that was written down, by its number."""
    found = {}
    for file in sorted(DATA.glob("contract-*.json")):
        number = re.fullmatch(r"contract-(\d+)", file.stem)
        assert number, f"{file.name} names no contract"
        found[int(number[1])] = json.loads(file.read_text("utf-8"))
    return found


def differences(agreed: Tables, now: Tables) -> Iterator[str]:
    """Each table or column that is not as agreed, in words."""
    for name in sorted({*agreed, *now}):
        if name not in now or name not in agreed:
            yield f"table {name} is {'gone' if name in agreed else 'new'}"
            continue
        before, after = agreed[name]["columns"], now[name]["columns"]
        for column in sorted({*before, *after}):
            if before.get(column) != after.get(column):
                yield f"{name}.{column} was {before.get(column)} and is {after.get(column)}"
        rest = {part for part in now[name] if part != "columns"}
        for part in sorted(rest):
            if agreed[name][part] != now[name][part]:
                yield f"{part} of {name} was {agreed[name][part]!r} and is {now[name][part]!r}"


def _table(name: str, kind: type[Shared]) -> dict[str, Any]:
    columns = sorted(table(name).columns, key=lambda column: str(column.name))
    return {
        "station": kind.audience.station,
        "bureau": kind.audience.bureau,
        "counted_as": kind.counted_as,
        "id_of": kind.id_of,
        "columns": {column.name: _column(column) for column in columns},
    }


def _column(column: Column[Any]) -> dict[str, Any]:
    told = travelling(column)
    return {
        "shape": shape_of(column).name,
        "personal": told.personal,
        "required": not column.nullable,
        "words": sorted(word.value for word in told.words) if told.words else None,
        "since": told.since,
        "adds": told.adds,
    }


def write() -> None:
    """Write the present contract down once; a contract that stands is never written over."""
    text = json.dumps(present(), ensure_ascii=False, indent=1, sort_keys=True)
    with file_of(CONTRACT).open("x", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    write()
