"""What each floor may import, asked of any tree of sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import FLOOR_NAMES, GROUND, MODELS, SERVICES, TOP, UI, Source, floor_of, imported

QT = {"PySide6", "shiboken6", "qtpy", "qtawesome", "pyqtgraph"}
DATABASE = {"sqlalchemy", "alembic", "sqlcipher3", "sqlite3", "psycopg"}
FORBIDDEN = {GROUND: QT | DATABASE, MODELS: QT, SERVICES: QT, UI: DATABASE, TOP: set[str]()}
LOADED_ON_USE = {
    "numpy", "pypinyin", "reportlab", "openpyxl", "alembic", "holidays", "fontTools", "segno", "cn2an", "cnlunar",
    "pypdfium2", "highspy", "stdnum", "pyqtgraph",
}  # fmt: skip


def upward_imports(tree: list[Source]) -> Iterator[str]:
    """Imports from a lower floor to a higher one; pages never reach past services to the tables."""
    for source in tree:
        for node in ast.walk(source.tree):
            for name in imported(source, node):
                if name.partition(".")[0] == "app" and _is_wrong(source.floor, name):
                    yield (
                        f"{source.at(node)}: {FLOOR_NAMES[source.floor]} imports {name}"
                        f" of {FLOOR_NAMES[floor_of(name)]}"
                    )
                    break


def forbidden_libraries(tree: list[Source]) -> Iterator[str]:
    """Qt below the ui, the database in the ground or the ui."""
    for source in tree:
        for node in ast.walk(source.tree):
            for name in imported(source, node):
                if name.partition(".")[0] in FORBIDDEN[source.floor]:
                    yield f"{source.at(node)}: {FLOOR_NAMES[source.floor]} imports {name}"
                    break


def eager_imports(tree: list[Source]) -> Iterator[str]:
    """Libraries that cost start-up time, imported before a function needs them."""
    for source in tree:
        if ".migrations" in source.name:
            continue  # loaded by alembic itself
        for node in _at_import(source.tree.body):
            for name in imported(source, node):
                if name.partition(".")[0] in LOADED_ON_USE:
                    yield f"{source.at(node)}: {name} is to be imported by the function that first needs it"
                    break


def _is_wrong(floor: int, name: str) -> bool:
    other = floor_of(name)
    return other > floor or (floor == UI and other == MODELS)


def _at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that run when a module is imported; not those only type checkers read."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _at_import(node.orelse)
            continue
        yield node
        for block in ("body", "orelse", "finalbody"):
            yield from _at_import(getattr(node, block, []))
        for handler in getattr(node, "handlers", []):
            yield from _at_import(handler.body)
