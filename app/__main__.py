"""Starts the command line or, without a command, the windows."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of `huimin`."""
    from app.cli.main import gather
    from app.cli.session import run

    sys.exit(run(gather()))


if __name__ == "__main__":
    main()
