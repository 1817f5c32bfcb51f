"""Starts the command line or, without a command, the windows."""

from __future__ import annotations

import sys

import click


def main() -> None:
    """Entry point of `huimin`."""
    from app.cli.main import gather
    from app.cli.session import run

    try:
        code = run(gather())
    except click.UsageError as error:
        error.show()
        code = 2
    sys.exit(code)


if __name__ == "__main__":
    main()
