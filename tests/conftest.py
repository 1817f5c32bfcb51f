"""What every test stands on: no screen, no network, no log record nobody expected."""

from __future__ import annotations

import os
import re
import socket
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
os.environ.pop("HUIMIN_PASSWORD", None)

import logging

import pytest
from hypothesis import settings

from tests import fast_files

fast_files.use()
settings.register_profile(
    "huimin", deadline=None, database=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("huimin")

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


ON_DEMAND = ("bench", "desk")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Benchmarks and journeys on a real screen run only when asked for by `-m`."""
    if config.option.markexpr:
        return
    apart = [item for item in items if any(item.get_closest_marker(name) for name in ON_DEMAND)]
    if apart:
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in apart]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_engines` runs once with its offices in files and once with them on a PostgreSQL server."""
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("engine", ("file", "server"), indirect=True)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which of the two; the copied offices of the test follow it (tests.office_copies)."""
    kind = str(getattr(request, "param", "file"))
    if kind == "server":
        monkeypatch.setenv("HUIMIN_TEST_ON_SERVER", "1")
    return kind


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def attempt(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
                raise AssertionError(f"a test reaches for the network: {address}")
            return call(self, address)

        return attempt

    socket.socket.connect = guarded(connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded(connect_ex)  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]


class WatchedLog(logging.Handler):
    """Keeps the records of a test at WARNING and above, and the patterns a test expects among them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def faults(self) -> list[str]:
        """What was said unexpectedly and what was expected in vain."""
        extra = [line for line in self.said if not any(re.search(one, line) for one in self.expected)]
        silent = [one for one in self.expected if not any(re.search(one, line) for line in self.said)]
        return [f"unexpected: {line}" for line in extra] + [f"never said: {one}" for one in silent]


@pytest.fixture(autouse=True)
def watched_log() -> Iterator[WatchedLog]:
    """Fail the test on any log record at WARNING or above that `expect_log` did not announce."""
    handler = WatchedLog()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    if faults := handler.faults():
        pytest.fail("log records\n  " + "\n  ".join(faults), pytrace=False)


@pytest.fixture
def expect_log(watched_log: WatchedLog) -> Callable[[str], None]:
    """`expect_log("pattern")`: a record matching it must come and does not fail the test."""
    return watched_log.expected.append
