"""The runner: order, delivery on the GUI thread, stale answers, cancel, commits heard of, clean end."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import Cancelled, Problem, Refused
from app.kernel.work import Done
from app.ui.errors import Diagnostics, say
from app.ui.progress import ProgressWatch, time_left
from app.ui.runner import Runner


@dataclass(frozen=True)
class Note:
    text: str


class Memory:
    """An office that keeps notes in the table `duty`; `gate` holds its reader, `steps` lets a command be long."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.notes: list[tuple[str, Any, str]] = []
        self.refuses = False
        self.gate = threading.Event()
        self.gate.set()

    def do(self, command: Any, actor: Any, progress: Any = None) -> Any:
        if command.text == "refuse":
            raise Refused("E410", "本站 3 月未排班，低于每月 1 次", field="month")
        if command.text == "crash":
            raise ZeroDivisionError("王建国")
        if command.text == "long":
            for at in range(10_000):
                progress.step(at, 10_000, "写出")
                self.gate.wait(0.002)
        self.notes.append((command.text, actor, threading.current_thread().name))
        self.tell(frozenset({"duty"}))
        return Done(len(self.notes), frozenset({"duty"}))

    def ask(self, query: Any, actor: Any, read: set[str] | None = None) -> Any:
        if read is not None:
            read |= {"duty", "site"}
        self.gate.wait(5)
        if self.refuses or query.text == "refuse":
            raise Refused("E410", "本站 3 月未排班，低于每月 1 次")
        return query.text

    def hear_commits(self, heard: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        self.listeners.append(heard)
        return lambda: self.listeners.remove(heard)

    def tell(self, tables: frozenset[str]) -> None:
        for heard in self.listeners:
            heard(tables)


@pytest.fixture
def runner(qtbot: Any) -> Any:
    made = Runner(Memory(), "柴秀英")
    yield made
    made.office.gate.set()
    assert made.close()


def test_one_click_2_commands_run_in_order_on_one_thread_with_the_actor_of_the_click(
    qtbot: Any, runner: Any
) -> None:
    seen: list[tuple[int, bool]] = []
    tables: list[frozenset[str]] = []
    runner.changed.connect(tables.append)
    main = threading.current_thread()
    runner.do(Note("a"), lambda r: seen.append((r, threading.current_thread() is main)))
    runner.actor = "另一人"
    runner.do(Note("b"), lambda r: seen.append((r, threading.current_thread() is main)))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [(1, True), (2, True)]
    assert [note[:2] for note in runner.office.notes] == [("a", "柴秀英"), ("b", "另一人")]
    assert {note[2] for note in runner.office.notes} == {"huimin-commands"}
    assert tables == [frozenset({"duty"})] * 2


def test_one_click_5_failures_reach_failed_or_unheard_and_change_nothing(qtbot: Any, runner: Any) -> None:
    failed: list[Exception] = []
    unheard: list[Exception] = []
    changed: list[object] = []
    runner.unheard.connect(unheard.append)
    runner.changed.connect(changed.append)
    runner.saved.connect(lambda: changed.append("saved"))
    runner.do(Note("refuse"), None, failed.append)
    runner.do(Note("crash"))
    qtbot.waitUntil(lambda: bool(failed and unheard))
    assert isinstance(failed[0], Refused)
    assert isinstance(unheard[0], ZeroDivisionError)
    assert not changed


def test_stale_answers_are_dropped_and_the_newest_arrives(qtbot: Any, runner: Any) -> None:
    owner, got = QObject(), []
    runner.office.gate.clear()
    runner.ask(Note("old"), got.append, owner=owner)
    runner.ask(Note("new"), got.append, owner=owner)
    runner.ask(Note("beside"), got.append, owner=owner, slot="other")
    runner.office.gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert got == ["new", "beside"]


def test_answers_for_a_page_that_is_gone_are_dropped(qtbot: Any, runner: Any) -> None:
    owner, got = QWidget(), []
    runner.office.gate.clear()
    runner.ask(Note("late"), got.append, owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    runner.office.gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert got == []


def test_long_work_shows_progress_after_half_a_second_and_can_be_cancelled(qtbot: Any, runner: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch, failed = ProgressWatch(runner, window), []
    runner.office.gate.clear()
    job = runner.do(Note("long"), None, failed.append, title="正在导出上报包")
    assert not watch.dialogs
    qtbot.waitUntil(lambda: bool(watch.dialogs), timeout=3000)
    dialog = watch.dialogs[job]
    assert dialog.isVisible()
    assert dialog.windowTitle() == "正在导出上报包"
    dialog.cancel.click()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)
    assert not watch.dialogs
    assert not runner.office.notes


def test_close_finishes_commands_and_drops_queries(qtbot: Any) -> None:
    runner = Runner(Memory())
    got: list[object] = []
    for number in range(20):
        runner.do(Note(str(number)))
        runner.ask(Note("q"), got.append)
    assert runner.close()
    assert len(runner.office.notes) == 20  # type: ignore[attr-defined]
    assert runner.do(Note("after")) is not None
    assert len(runner.office.notes) == 20  # type: ignore[attr-defined]


def test_time_left_is_in_words() -> None:
    assert time_left(0.2, 1, 100) == ""
    assert time_left(10, 50, 100) == "大约还要 10 秒"
    assert time_left(60, 10, 100) == "大约还要 9 分钟"
    assert time_left(10, 99, 100) == "马上就好"


def test_every_failure_is_one_sentence_with_a_code_and_never_a_traceback(
    tmp_path: Path, expect_log: Any
) -> None:
    expect_log(r"huimin.ui: unexpected .* ValueError")
    diagnostics = Diagnostics(tmp_path / "diagnostics")
    refused = Refused.of([Problem("phone", "电话不对", "E204"), Problem("", "缺事项", "E205")])
    assert str(say(refused)) == "E204 电话不对（另有 1 处）"
    assert say(refused).problems[0].field == "phone"
    assert say(OSError(errno.ENOSPC, "x")).code == "E590"
    assert say(Cancelled()).is_fault is False
    try:
        raise ValueError("王建国 14052119620307204X")
    except ValueError as error:
        said = say(error, diagnostics)
    assert said.code == "E999"
    assert "Traceback" not in said.text
    kept = (tmp_path / "diagnostics" / "diagnostics.log").read_text(encoding="utf-8")
    assert "ValueError" in kept
    assert "王建国" not in kept
    assert "14052119620307204X" not in kept


def test_a_long_task_does_not_hold_up_saving(qtbot: Any, runner: Any) -> None:
    failed: list[Exception] = []
    saved: list[int] = []
    runner.office.gate.clear()
    job = runner.do(Note("long"), None, failed.append, is_long=True)
    runner.do(Note("a"), saved.append)
    qtbot.waitUntil(lambda: saved == [1])
    assert not failed
    job.cancel()
    qtbot.waitUntil(lambda: bool(failed))
