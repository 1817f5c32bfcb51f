"""Starts the command line or, without a command, the windows."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of `huimin`."""
    from app.cli.main import cli, gather, opens_window
    from app.cli.session import run

    sys.exit(run(cli if opens_window(sys.argv[1:]) else gather()))


if __name__ == "__main__":
    main()
