"""Runs the program as on a computer whose clock shows another day: the first argument is the office's local time."""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

from app import clock
from app.clock import OFFICE_ZONE


def main() -> None:
    """Every start is a boot of its own, or the program would rightly say that the clock was moved."""
    when = sys.argv.pop(1)
    clock._boot_id = lambda: f"boot-{when}"  # type: ignore[assignment]
    with time_machine.travel(datetime.fromisoformat(when).replace(tzinfo=OFFICE_ZONE), tick=True):
        from app.__main__ import main as huimin

        huimin()


if __name__ == "__main__":
    main()
