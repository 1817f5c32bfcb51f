"""The floors and the ladder of areas (pyproject.toml, importlinter) hold, and no modules import each other in a ring."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.architecture.tree import ROOT

CONTRACTS = {"floors", "ladder", "reading", "rules", "pure", "windows", "windowless"}

# contract → a module, and an import that must not stand in it
PLANTED = {
    "floors": ("app/models/planted.py", "from app.services.roster import publish_roster"),
    "ladder": ("app/services/roster/planted.py", "from app.services.money import compute"),
    "reading": ("app/services/reading/rulings.py", "from app.services.reading import month"),
    "rules": ("app/rules/duty/planted.py", "from app.rules.pay import settle"),
    "pure": ("app/documents/planted.py", "from sqlalchemy import select"),
    "windows": ("app/ui/today/planted.py", "from app.models.duties import Duty"),
    "windowless": ("app/services/roster/planted_window.py", "from PySide6.QtCore import QDate"),
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about the package below a folder, by the contracts of this repository."""
    call = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as go; go()",
        "--no-cache",
    ]
    return subprocess.run(
        [*call, "--config", str(ROOT / "pyproject.toml")],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_keeps_its_floors_and_its_ladder() -> None:
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout
    assert said.stdout.count("KEPT") == len(CONTRACTS)


def test_every_planted_violation_is_caught(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "_resources")
    )
    for path, line in PLANTED.values():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(f'\n"""Planted."""\n\n{line}\n')
    said = lint(tmp_path)
    assert said.returncode == 1
    assert set(PLANTED) == CONTRACTS
    assert said.stdout.count("BROKEN") == len(CONTRACTS), said.stdout
    for path, line in PLANTED.values():
        module = path.removesuffix(".py").replace("/", ".")
        target = line.split()[1].removesuffix(".QtCore")  # a library is named as a whole
        assert re.search(rf"{re.escape(module)} -> {re.escape(target)}", said.stdout), (module, said.stdout)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import of the program, those for type checkers included."""
    return grimp.build_graph("app", cache_dir=None, exclude_type_checking_imports=False)


def ring(graph: grimp.ImportGraph) -> list[str]:
    """Modules that import each other in a ring, () where there are none."""
    wants = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(wants).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_ring(graph: grimp.ImportGraph) -> None:
    assert not ring(graph)


def test_a_planted_ring_is_caught(graph: grimp.ImportGraph) -> None:
    graph.add_import(importer="app.rules.pay.lines", imported="app.rules.pay.settle")
    assert {"app.rules.pay.lines", "app.rules.pay.settle"} <= set(ring(graph))
