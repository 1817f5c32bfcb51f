"""The program's source as parsed files, so that rules can be asked of any tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One module: its dotted name (app.services.x), file and syntax tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All its nodes: many rules look through them, the tree is walked once."""
        return tuple(ast.walk(self.tree))

    @property
    def floor(self) -> str:
        """The package it stands in: services of app.services.x; "" for a module of the ground."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 else ""

    def at(self, node: ast.AST) -> str:
        return f"{self.path.as_posix()}:{getattr(node, 'lineno', 1)}"


@cache
def program() -> list[Source]:
    """Every module of the program, read once."""
    return sources(ROOT)


def sources(root: Path, package: str = "app") -> list[Source]:
    """Every module below a package folder, in the order of their paths."""
    return [
        _source(root, path)
        for path in sorted((root / package).rglob("*.py"))
        if "_resources" not in path.parts
    ]


def _source(root: Path, path: Path) -> Source:
    relative = path.relative_to(root)
    parts = relative.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text(encoding="utf-8")
    return Source(name, relative, text, ast.parse(text))


def imported(source: Source, node: ast.AST) -> list[str]:
    """The dotted names an import statement reaches for; relative ones made absolute."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        is_package = source.path.name == "__init__.py"
        above = source.name.split(".")
        above = above[: len(above) - node.level + is_package]
        base = ".".join([*above, base] if base else above)
    return [base, *(f"{base}.{alias.name}" for alias in node.names)]
