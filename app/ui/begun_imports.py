"""Goes on with bundles of which only a part is here, beside the work: the window stays usable and its edge tells how far it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from app.ui.runner import Job
from app.ui.shell import Shell


class BegunImports(QObject):
    """At work from when it is made until nothing is left of them; stopped with the window, it goes on next time."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        office: Any = shell.desk.runner.office
        runner = shell.desk.runner
        runner.progressed.connect(self._tell)
        runner.ended.connect(self._end)
        self._job = runner.work(office.finish_begun, is_beside=True)

    def _tell(self, job: Job) -> None:
        if job is self._job:
            words = f"{job.text} {job.done:,} / {job.total:,}"
            self._shell.status.show_beside(f"正在接着收上次没有收完的包：{words}")

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._shell.status.show_beside("")
