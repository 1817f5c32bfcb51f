"""Shows long work: what it does, how far, how long still, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui.runner import Job, Runner
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.text import label

SHOW_AFTER_MS = 500


class ProgressDialog(QDialog):
    """One job's progress over the window; it goes when the job ends, not before. An Enter typed ahead stops nothing."""

    def __init__(self, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self.job = job
        self._since = job.queued_at
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setWindowTitle(job.title or "请稍候")
        self.setFixedWidth(px(440))
        self._text, self._left = label("正在准备…", "muted", wraps=True), label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("进度")
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cancel = Button("取消", self.stop)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(24), px(20), px(24), px(20))
        stack.setSpacing(px(12))
        for part in (label(job.title or "正在处理", "large"), self._text, self.bar):
            stack.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self._left)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        stack.addLayout(foot)
        self.bar.setFocus()
        self.show_job()

    def stop(self) -> None:
        """Ask the job to stop; it stops at its next step; what was done before stays, and the answer says so."""
        self.job.cancel()
        self.cancel.setEnabled(False)
        self._text.setText("正在停下…")

    def show_job(self) -> None:
        """Show how far the job is."""
        job = self.job
        if job.is_cancelled or not job.total:
            return
        self.bar.setRange(0, job.total)
        self.bar.setValue(job.done)
        self._text.setText(job.text or f"{job.done} / {job.total}")
        self._left.setText(time_left(time.monotonic() - self._since, job.done, job.total))

    def reject(self) -> None:
        self.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.stop()


class ProgressWatch(QObject):
    """Opens a dialog for any job that has a title or reports steps and lasts longer than half a second."""

    def __init__(self, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._jobs: set[Job] = set()
        self.dialogs: dict[Job, ProgressDialog] = {}
        runner.started.connect(self._start)
        runner.progressed.connect(self._progress)
        runner.ended.connect(self._end)

    def _start(self, job: Job) -> None:
        if job.is_beside:
            return
        self._jobs.add(job)
        if job.title:
            QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._show(job))

    def _progress(self, job: Job) -> None:
        if job in self.dialogs:
            self.dialogs[job].show_job()
        elif job in self._jobs and time.monotonic() - job.queued_at > SHOW_AFTER_MS / 1000:
            self._show(job)

    def _show(self, job: Job) -> None:
        if job in self._jobs and job not in self.dialogs:
            self.dialogs[job] = ProgressDialog(job, self._window)
            self.dialogs[job].show()

    def _end(self, job: Job) -> None:
        self._jobs.discard(job)
        dialog = self.dialogs.pop(job, None)
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()


def time_left(spent: float, done: int, total: int) -> str:
    """How long it still takes, in words, from seconds spent and the share done."""
    if done <= 0 or spent < 1:
        return ""
    seconds = round(spent / done * (total - done))
    if seconds < 5:
        return "马上就好"
    return f"大约还要 {seconds} 秒" if seconds < 90 else f"大约还要 {round(seconds / 60)} 分钟"
