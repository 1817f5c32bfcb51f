"""Which function carries out which request, as its module declares it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from app.kernel.permissions import Permission
from app.models.case_standings import SOURCES
from app.registry import modules_below


@dataclass(frozen=True)
class Handler:
    """Who carries out a request, the right that it needs, and its name in Chinese (a query may have none)."""

    run: Callable[..., Any]
    permission: Permission
    title: str


_loading = threading.Lock()
HANDLERS: dict[type, Handler] = {}
TASKS: dict[type, Handler] = {}
ANSWERS: dict[type, Handler] = {}
FOLLOWERS: list[Callable[[Any], None]] = []
F = TypeVar("F", bound=Callable[..., Any])


def handles(command: type, *, title: str, permission: Permission) -> Callable[[F], F]:
    """Declare the one handler of a command, its name in Chinese and the right that it needs."""
    return _declare(HANDLERS, command, permission, title)


def answers(query: type, *, permission: Permission, title: str = "") -> Callable[[F], F]:
    """Declare the one function that answers a query and the right that it needs; only what is put on record
    when it is read or refused (a reveal, the journal) has a name of its own."""
    return _declare(ANSWERS, query, permission, title)


def performs(task: type, *, title: str, permission: Permission) -> Callable[[F], F]:
    """Declare the one function that performs a long task, outside any transaction, its name and its right."""
    return _declare(TASKS, task, permission, title)


def follows_cases(run: F) -> F:
    """Declare what brings the kept standings up to date; it takes the work, in the transaction that changed cases."""
    if all(known.__module__ != run.__module__ for known in FOLLOWERS):
        FOLLOWERS.append(run)
    return run


def follow(work: Any, written: Collection[str]) -> None:
    """Let the followers of cases run, where the transaction wrote rows of cases."""
    if frozenset(SOURCES).isdisjoint(written):
        return
    if not FOLLOWERS:
        load_services()
    for run in FOLLOWERS:
        run(work)


def _declare(
    entries: dict[type, Handler], kind: type, permission: Permission, title: str
) -> Callable[[F], F]:
    def declare(run: F) -> F:
        if kind in entries and entries[kind].run.__module__ != run.__module__:
            raise TypeError(f"{kind.__name__} has two handlers")
        entries[kind] = Handler(run, permission, title)
        return run

    return declare


def load_services() -> None:
    """Import every service module, so that each declared handler is known; one thread at a time."""
    with _loading:
        modules_below("app.services")


def command_words(command: str) -> str:
    """The Chinese name of a command, query or task by the name of its class; one without a name of its own is
    called by the right it needs, one that this program does not know (an older record's) by itself."""
    handler = _named(command)
    if handler is None:
        load_services()
        handler = _named(command)
    if handler is None:
        return command
    return handler.title or f"{handler.permission.value}（{command}）"


def _named(command: str) -> Handler | None:
    entries = (entry for known in (HANDLERS, TASKS, ANSWERS) for entry in known.items())
    return next((handler for kind, handler in entries if kind.__name__ == command), None)


def is_task(request: Any) -> bool:
    """Whether the request is a long task, outside any transaction."""
    if type(request) not in HANDLERS and type(request) not in TASKS:
        load_services()
    return type(request) in TASKS


def handler_of(entries: dict[type, Handler], request: Any) -> Handler:
    """The declared entry of a request; services are loaded when it is not known yet."""
    if type(request) not in entries:
        load_services()
    return entries[type(request)]
