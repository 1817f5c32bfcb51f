"""A command line waits for what was typed alone: no list of commands, no library that the command does not use."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import typer

from app import __version__
from app.cli.main import COMMANDS, add_commands
from app.cli.where import HOLDERS, holder_of
from app.registry import modules_below


@pytest.mark.parametrize("module", modules_below(COMMANDS), ids=lambda module: str(module.__name__))
def test_every_command_is_listed_with_the_module_that_holds_it(module: Any) -> None:
    made = typer.Typer()
    module.add(made)
    words = {str(one.name) for one in (*made.registered_commands, *made.registered_groups)}
    assert words == set(HOLDERS[module.__name__.rpartition(".")[2]])
    assert {holder_of(word) for word in words} == {module.__name__.rpartition(".")[2]}


def loaded_by(words: str) -> set[str]:
    """The modules a process of its own has loaded once it has carried the words out."""
    code = (
        "import sys; sys.argv = ['huimin', *sys.argv[1:]]\n"
        "from app.__main__ import main\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert words != "--version" or done.stdout == f"{__version__}\n"
    return set(done.stderr.split("\n"))


def test_the_version_is_told_before_typer_is_loaded() -> None:
    assert not {"typer", "orjson", "sqlalchemy", "app.cli.main"} & loaded_by("--version")


def test_packs_are_listed_without_database_window_or_reading_of_names() -> None:
    found = loaded_by("packs")
    assert "app.cli.commands.packs" in found and "app.cli.commands.money" not in found
    assert not {"sqlalchemy", "PySide6", "pypinyin", "openpyxl", "app.services"} & found


def test_a_given_data_directory_is_not_looked_for() -> None:
    assert not {"platformdirs", "ctypes"} & loaded_by("--data-dir anywhere packs")


def test_a_file_is_opened_without_the_words_of_a_server() -> None:
    code = "import sys, app.services.office.office; print([one for one in sys.modules if 'postgres' in one])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "[]\n"


def test_keys_are_kept_without_the_formats_of_other_programs() -> None:
    code = "import sys, app.bundle.keys; print('cryptography.hazmat.primitives.serialization' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "False\n"


def test_nothing_is_searched_for_cycles_when_a_command_ends() -> None:
    code = (
        "import gc, sys; sys.argv = ['huimin', 'packs']\n"
        "from app.__main__ import main\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write(f'{gc.get_freeze_count() > 0} {gc.isenabled()}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "True True")


def test_what_is_no_command_is_answered_knowing_all_of_them() -> None:
    names = {command.name for command in add_commands(["--data-dir", "settle"]).registered_commands}
    assert {"settle", "packs", "init"} <= names
