"""Takes the pictures of the cases: the list, each tab of a case, the forms, the quarters of case subsidies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.demo.case_documents import shown_case
from app.demo.cases import CasePlay
from app.demo.pictures import OF_CASES, Camera, quiet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.runner import Runner
    from app.ui.shell import Shell

PREFIX = "county"


def take_cases(camera: Camera, case_play: CasePlay) -> None:
    """The pages of cases at the moment the stories end, at both offices."""
    county, station = case_play.play.county, next(iter(case_play.play.stations.values()))
    camera.take_pages(station, "station", OF_CASES)
    camera.take_pages(county, PREFIX, OF_CASES)
    with quiet():
        app, (runner, shell) = camera.app(county), camera.shell(county)
        pictures = _CasePictures(camera, app, runner, shell)
        pictures.take_list()
        pictures.take_case(shown_case(case_play))
        pictures.take_quarters(case_play)
        shell.close()
        app.processEvents()


class _CasePictures:
    """One window, page after page."""

    def __init__(self, camera: Camera, app: QApplication, runner: Runner, shell: Shell) -> None:
        self._camera, self._app, self._runner, self._shell = camera, app, runner, shell

    def take_list(self) -> None:
        """What is due first."""
        view = self._go("cases")
        view.which.set_value("due")
        view.refresh()
        self._save("cases-due")

    def take_case(self, case: str) -> None:
        """A case tab by tab, then the forms in which it is taken on and others are begun."""
        from app.ui.cases.detail import SECTIONS

        view = self._go("cases", case=case)
        for key, _title in SECTIONS:
            view.detail.turn(key)
            self._save(f"case-{key}")
        steps = view.steps()
        if steps:
            steps[0].run()
            self._save("case-step")
        view.new_item()
        self._save("case-new")

    def take_quarters(self, case_play: CasePlay) -> None:
        """The list that was paid and the open one, each with a line and its reasons."""
        for quarter in (case_play.paid, case_play.paid.next()):
            view = self._go("case_money", quarter=str(quarter))
            view.table.step(0)
            self._save(f"case_money-{quarter}")

    def _go(self, key: str, **wanted: Any) -> Any:
        self._shell.go(key, **wanted)
        self._camera.wait(self._app, self._runner)
        return self._shell.view()

    def _save(self, name: str) -> None:
        self._camera.wait(self._app, self._runner)
        self._camera.save(self._shell, f"{PREFIX}-{name}")
