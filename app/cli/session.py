"""What every command shares: the options, the open office, output as text or JSON, and exit codes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli.output import answer, answer_json, tell, terminal_text
from app.cli.usage import usage_words
from app.clock import Clock
from app.errors import Cancelled, Refused
from app.paths import DataDir, default_data_dir
from app.text import readable, told_name

if TYPE_CHECKING:
    from app.kernel.permissions import Actor
    from app.services.office.office import Office

PASSWORD_VARIABLE = "HUIMIN_PASSWORD"
"""Name of the environment variable, never a password."""


@dataclass
class Options:
    """The common options of cli commands."""

    data_dir: Path
    user: str
    password_file: Path | None
    is_json: bool
    clock: Clock

    @property
    def data(self) -> DataDir:
        """The office's files."""
        return DataDir(self.data_dir)


class TerminalProgress:
    """Progress on stderr; silent where nobody watches."""

    def step(self, done: int, total: int, words: str) -> None:
        """Rewrite one line."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{terminal_text(words)} {done}/{total}" + ("\n" if done == total else ""))


def options_of(context: typer.Context) -> Options:
    """The options given before the command."""
    found = context.find_root().obj
    assert isinstance(found, Options)
    return found


def password(options: Options) -> str:
    """The password from its file or the environment, else asked. Raises Refused E014, E015."""
    found = _given_password(options)
    if found is not None:
        return found
    if sys.stdin.isatty():
        return str(typer.prompt("密码", hide_input=True, err=True))
    raise no_password("--password-file", PASSWORD_VARIABLE)


def no_password(option: str, variable: str) -> Refused:
    """A password that was not given and cannot be asked for."""
    return Refused("E015", f"没有密码：请用 {option} 或环境变量 {variable} 给出。")


def password_if_any(options: Options, words: str) -> str:
    """The password as above, but "" where none is given. Raises Refused E014."""
    found = _given_password(options)
    if found is None and sys.stdin.isatty():
        return str(typer.prompt(words, hide_input=True, err=True, default="", show_default=False))
    return found or ""


def _given_password(options: Options) -> str | None:
    if options.password_file is not None:
        return password_in(options.password_file)
    return os.environ.get(PASSWORD_VARIABLE)


def password_in(file: Path) -> str:
    """The password a file holds. Raises Refused E014."""
    try:
        return file.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(
            "E014", f"读不到密码文件“{told_name(file)}”，请检查路径；文件须为 UTF-8 文本。"
        ) from fault


@contextmanager
def opened(options: Options) -> Iterator[tuple[Office, Actor]]:
    """The open office and the actor of the given account."""
    from app.services.office.office import need_office, open_office

    need_office(options.data)
    office, actor = open_office(options.data, account_name(options), password(options), options.clock)
    try:
        office.finish_begun(TerminalProgress())
        yield office, actor
    finally:
        office.close()


def account_name(options: Options) -> str:
    """The account meant; may be left out while there is only one. Raises Refused E016."""
    from app.kernel.slots import KeySlots

    names = KeySlots(options.data.keys).names()
    if options.user:
        return options.user
    if len(names) == 1:
        return names[0]
    raise Refused("E016", "本办公点有多个账号，请用 --user 指明登录名。")


def do(context: typer.Context, command: Any) -> Any:
    """Open the office, carry out one command, close."""
    with opened(options_of(context)) as (office, actor):
        return office.do(command, actor, TerminalProgress()).value


def ask(context: typer.Context, query: Any) -> Any:
    """Open the office, answer one query, close."""
    with opened(options_of(context)) as (office, actor):
        return office.ask(query, actor)


def show(context: typer.Context, value: Any, words: Callable[[], str]) -> None:
    """One JSON document on stdout with --json, else plain words."""
    if options_of(context).is_json:
        answer_json(plain(value))
    else:
        answer(words())


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return readable(str(value)) if isinstance(value, str | Path) else value


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 done, 1 refused with its sentence on stderr, 2 wrong usage."""
    try:
        return app(arguments, standalone_mode=False, prog_name="huimin") or 0
    except Refused as refusal:
        for problem in refusal.problems:
            tell(f"{problem.code} {problem.message}")
        return 1
    except Cancelled as stop:
        tell(f"{stop.message}。")
        return 1
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        tell("已停下。停下之前已经保存的都在，其余的没有做。")
        return 1
    except typer.TyperException as wrong:
        tell(usage_words(wrong))
        return 2
    except Exception as fault:  # noqa: BLE001 - no traceback reaches a user
        tell(_said(fault, arguments or ()))
        return 1


def _said(fault: Exception, arguments: Sequence[str]) -> str:
    """One sentence for what nobody foresaw; the details go to the data directory, if there is an office."""
    from app.ui.errors import Diagnostics, say

    logging.getLogger("huimin").addHandler(logging.NullHandler())
    given = [value for name, value in pairwise(arguments) if name == "--data-dir"]
    data = DataDir(Path(given[-1]) if given else default_data_dir())
    return str(say(fault, Diagnostics(data.root / "diagnostics" if data.tables.exists() else None)))
