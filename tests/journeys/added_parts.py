"""The program's tree with one report, one form, one page and one setting more, each in the one place that it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.paths import resources

APP = Path(__file__).parents[2] / "app"
WITHOUT_A_SCREEN = "This plugin does not support propagateSizeHints()\n"
STEPS = Path(__file__).with_name("added_steps.py")
REPORT = '''"""How many people the pool holds by kind; one more report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person
from app.services.reports.report import Report
from app.values import Period


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By kind."""
    yield from sorted(Counter(look.session.scalars(select(Person.kind))).items())


REPORT = Report(
    key="kinds",
    title="人员类别统计",
    columns=(SheetColumn("kind", "类别", width=8), SheetColumn("people", "人数", width=4, kind="number", total=True)),
    rows=rows,
    permission=Permission.REPORT,
    needs_approval=False,
)
'''
FORM = '''"""A notice for the door; one more form."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.form import PaperForm
from app.documents.paper import MM, Paper, Printed, Style


@dataclass(frozen=True)
class Notice:
    """What the notice says."""

    text: str


def draw_notice(data: Notice) -> Printed:
    """One page."""
    paper = Paper("告示")
    paper.new_page()
    paper.text(20 * MM, 40 * MM, data.text, Style(size=30))
    return paper.finish()


FORM = PaperForm("notice", "告示", draw_notice)
'''
PAGE = '''"""How many people the pool holds; one more page."""

from __future__ import annotations

from typing import Any

from app.services.people.pool import Pool
from app.ui.page import Page, PageView
from app.ui.widgets.text import label


class CountView(PageView):
    """A number."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, "人数")
        self.number = label("", "strong")
        self.greeting = label(str(desk.settings["greeting"]))
        self.body.addWidget(self.greeting)
        self.body.addWidget(self.number)

    def refresh(self) -> None:
        """Count anew."""
        self.ask(Pool(), lambda people: self.number.setText(f"{len(people)} 人"))


PAGE = Page("count", "人数", "mdi6.counter", CountView, group=9)
'''
SETTING = (
    "_DECLARED = (\n",
    '_DECLARED = (\n    _text("greeting", "问候语", "公示", "写在人数页上", "您好"),\n',
)
ADDED = {
    "services/reports/catalogue/kinds.py": REPORT,
    "documents/forms/notice.py": FORM,
    "ui/count/__init__.py": '"""How many people the pool holds."""\n',
    "ui/count/page.py": PAGE,
}
"""File below app/ and what stands in it; nothing else of the tree is touched."""


def extend(root: Path) -> Path:
    """A folder with the extended tree."""
    shutil.copytree(APP, root / "app", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "resources").symlink_to(resources(), target_is_directory=True)
    for name, text in ADDED.items():
        (root / "app" / name).parent.mkdir(exist_ok=True)
        (root / "app" / name).write_text(text, "utf-8")
    settings = root / "app" / "settings.py"
    settings.write_text(settings.read_text("utf-8").replace(*SETTING), "utf-8")
    return root


@dataclass
class Extended:
    """An office run by the extended tree, in processes of its own."""

    root: Path
    password: str = "Yanhu-2022"

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.root / "office"

    def huimin(self, *words: object) -> str:
        """What `huimin …` answered."""
        return self.python("-m", "app", "--data-dir", self.data, *words)

    def python(self, *words: object) -> str:
        """Standard output of Python with the extended tree; nothing of its own on standard error."""
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.root,
            env={
                **os.environ,
                "PYTHONPATH": str(self.root),
                "HUIMIN_PASSWORD": self.password,
                "QT_QPA_PLATFORM": "offscreen",
            },
            check=False,
            timeout=120,
        )
        said = done.stderr.replace(WITHOUT_A_SCREEN, "")
        assert (done.returncode, said) == (0, ""), f"{words}: {done.stdout}{done.stderr}"
        return done.stdout
