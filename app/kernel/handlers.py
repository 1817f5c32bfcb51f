"""Which function carries out which request, as its module declares it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.kernel.permissions import Permission
from app.registry import modules_below


@dataclass(frozen=True)
class Handler:
    """Who carries out a request, and the right that it needs."""

    run: Callable[..., Any]
    permission: Permission


_loading = threading.Lock()
HANDLERS: dict[type, Handler] = {}
TASKS: dict[type, Handler] = {}
ANSWERS: dict[type, Handler] = {}
F = TypeVar("F", bound=Callable[..., Any])


def handles(command: type, *, permission: Permission) -> Callable[[F], F]:
    """Declare the one handler of a command and the right that it needs."""
    return _declare(HANDLERS, command, permission)


def answers(query: type, *, permission: Permission) -> Callable[[F], F]:
    """Declare the one function that answers a query and the right that it needs."""
    return _declare(ANSWERS, query, permission)


def performs(task: type, *, permission: Permission) -> Callable[[F], F]:
    """Declare the one function that performs a long task, outside any transaction, and the right it needs."""
    return _declare(TASKS, task, permission)


def _declare(entries: dict[type, Handler], kind: type, permission: Permission) -> Callable[[F], F]:
    def declare(run: F) -> F:
        if kind in entries and entries[kind].run.__module__ != run.__module__:
            raise TypeError(f"{kind.__name__} has two handlers")
        entries[kind] = Handler(run, permission)
        return run

    return declare


def load_services() -> None:
    """Import every service module, so that each declared handler is known; one thread at a time."""
    with _loading:
        modules_below("app.services")


def rights_by_command() -> dict[str, str]:
    """Name of every command, query and task → the Chinese name of the right it needs."""
    load_services()
    known = {**HANDLERS, **ANSWERS, **TASKS}
    return {kind.__name__: entry.permission.value for kind, entry in known.items()}


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
