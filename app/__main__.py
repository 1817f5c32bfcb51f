"""Starts the command line or, without a command, the windows."""

from __future__ import annotations

import sys

from app import __version__


def main() -> None:
    """Entry point of `huimin`; the version is told before anything is loaded."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"{__version__}\n")
        return
    from app.collector import collect_seldom, collector_waiting, leave_all

    collect_seldom()
    from app.cli.main import add_commands, cli, common_first, opens_window
    from app.cli.output import speak_utf8
    from app.cli.session import run

    speak_utf8()
    arguments = common_first(sys.argv[1:])
    with collector_waiting():
        commands = cli if opens_window(arguments) else add_commands(arguments)
    status = run(commands, arguments)
    leave_all()
    sys.exit(status)


if __name__ == "__main__":
    main()
