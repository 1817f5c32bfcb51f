"""Which libraries wait until a function needs them, so that the program starts fast."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import Source, imported

LOADED_ON_USE = {
    "numpy", "pypinyin", "reportlab", "openpyxl", "alembic", "holidays", "fontTools", "segno", "cn2an", "cnlunar",
    "pypdfium2", "highspy", "stdnum", "pyqtgraph",
}  # fmt: skip


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


def postponed_columns(tree: list[Source]) -> Iterator[str]:
    """Modules of tables whose columns state their types as text, which the mapper would read anew at every start."""
    for source in tree:
        maps = any(isinstance(node, ast.Name) and node.id == "Mapped" for node in source.nodes)
        if maps and any("__future__.annotations" in imported(source, node) for node in source.nodes):
            yield f"{source.path.as_posix()}: columns' types as text; leave `from __future__ import annotations` out"


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
