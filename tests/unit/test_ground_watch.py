import logging
import socket

import pytest

from tests.conftest import WatchedLog


def test_a_warning_nobody_expected_is_a_fault() -> None:
    log = WatchedLog()
    log.emit(logging.LogRecord("app", logging.WARNING, "", 1, "disk %s", ("full",), None))
    assert log.faults() == ["unexpected: WARNING app: disk full"]
    log.expected.append("disk full")
    assert log.faults() == []


def test_an_expected_warning_must_come(expect_log) -> None:
    expect_log("the clock went back")
    logging.getLogger("app.test").warning("the clock went back")
    log = WatchedLog()
    log.expected.append("never")
    assert log.faults() == ["never said: never"]


def test_tests_reach_no_network() -> None:
    with socket.socket() as out, pytest.raises(AssertionError, match="network"):
        out.connect(("203.0.113.1", 80))
