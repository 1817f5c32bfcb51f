from pathlib import Path

import pytest

from tests.architecture.floor_rules import eager_imports, forbidden_libraries, upward_imports
from tests.architecture.tree import sources

RULES = (upward_imports, forbidden_libraries, eager_imports)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_its_floors(rule) -> None:
    faults = list(rule(sources()))
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize(
    ("path", "line", "rule"),
    [
        ("models/records.py", "from app.services.roster.publish import publish", upward_imports),
        ("services/roster/publish.py", "from app.ui import runner", upward_imports),
        ("services/roster/publish.py", "from ...ui.runner import Runner", upward_imports),
        ("services/roster/publish.py", "from app.cli import app", upward_imports),
        ("errors.py", "from app import models", upward_imports),
        ("ui/pages/today.py", "from app.models.records import Duty", upward_imports),
        ("ui/pages/today.py", "from app.main import start", upward_imports),
        ("ui/pages/today.py", "from sqlalchemy import select", forbidden_libraries),
        ("services/roster/publish.py", "from PySide6.QtCore import QDate", forbidden_libraries),
        ("services/roster/publish.py", "def f():\n    import PySide6.QtCore", forbidden_libraries),
        ("text.py", "import sqlalchemy.orm", forbidden_libraries),
        ("models/records.py", "import qtawesome", forbidden_libraries),
        ("services/reports/xlsx.py", "import openpyxl", eager_imports),
        (
            "services/reports/xlsx.py",
            "try:\n    from reportlab import rl\nexcept ImportError:\n    rl = None",
            eager_imports,
        ),
        ("services/reports/xlsx.py", "class A:\n    import numpy", eager_imports),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, path: str, line: str, rule) -> None:
    planted = tmp_path / "app" / path
    planted.parent.mkdir(parents=True)
    planted.write_text(f'"""A module."""\n\n{line}\n', encoding="utf-8")
    faults = list(rule(sources(tmp_path)))
    assert len(faults) == 1 and faults[0].startswith(f"app/{path}:")


def test_what_is_allowed_is_not_reported(tmp_path: Path) -> None:
    page = tmp_path / "app" / "ui" / "pages" / "today.py"
    page.parent.mkdir(parents=True)
    page.write_text(
        '"""A page."""\n\nfrom typing import TYPE_CHECKING\n\nfrom PySide6 import QtCore\n\n'
        "from app.services.roster import publish\nfrom app.errors import Refused\n\n"
        "if TYPE_CHECKING:\n    import numpy\n\n\ndef chart():\n    import numpy\n",
        encoding="utf-8",
    )
    assert [fault for rule in RULES for fault in rule(sources(tmp_path))] == []
