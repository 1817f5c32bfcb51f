from pathlib import Path

import pytest

from tests.architecture.start_rules import eager_imports, postponed_columns
from tests.architecture.tree import program, sources


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    faults = list(eager_imports(program()))
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize(
    "line",
    [
        "import openpyxl",
        "try:\n    from reportlab import rl\nexcept ImportError:\n    rl = None",
        "class A:\n    import numpy",
    ],
)
def test_a_planted_eager_import_is_caught(tmp_path: Path, line: str) -> None:
    planted = tmp_path / "app" / "services" / "reports" / "sheet.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(f'"""A module."""\n\n{line}\n', encoding="utf-8")
    assert len(list(eager_imports(sources(tmp_path)))) == 1


def test_imports_of_functions_and_type_checkers_are_not_reported(tmp_path: Path) -> None:
    page = tmp_path / "app" / "ui" / "today" / "page.py"
    page.parent.mkdir(parents=True)
    page.write_text(
        '"""A page."""\n\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import numpy\n\n\n'
        "def chart():\n    import numpy\n",
        encoding="utf-8",
    )
    assert not list(eager_imports(sources(tmp_path)))


def test_tables_state_the_types_of_their_columns_as_objects(tmp_path: Path) -> None:
    assert not list(postponed_columns(program()))
    planted = tmp_path / "app" / "models" / "things.py"
    planted.parent.mkdir(parents=True)
    column = "class Thing:\n    id: Mapped[str]\n"
    planted.write_text(f'"""A table."""\n\nfrom __future__ import annotations\n\n{column}', encoding="utf-8")
    assert len(list(postponed_columns(sources(tmp_path)))) == 1
