"""Finds every place of a module where one small fault can be planted, and plants it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Fault:
    """One fault. node: its number in the order of the walk; function: first line of the function around it, 0 for none."""

    line: int
    function: int
    node: int
    kind: str
    words: str


def faults_of(source: str) -> list[Fault]:
    """Every fault that can be planted in a module."""
    tree = ast.parse(source)
    functions = _functions(tree)
    kept = _not_code(tree)
    found = []
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in kept:
            continue
        for kind in _changes(node):
            line = getattr(node, "lineno", 0)
            found.append(Fault(line, functions.get(id(node), 0), number, kind, ast.unparse(node)[:80]))
    return found


def planted(source: str, fault: Fault) -> str:
    """The module with the fault in it."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[fault.node]
    changed = _changes(node)[fault.kind](copy.deepcopy(node))

    class Plant(ast.NodeTransformer):
        def visit(self, one: ast.AST) -> ast.AST:
            return changed if one is node else self.generic_visit(one)

    return ast.unparse(ast.fix_missing_locations(Plant().visit(tree)))


def _changes(node: ast.AST) -> dict[str, Change]:
    """Kind of fault → how the node is changed."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        return {"compare": _compare}
    if isinstance(node, ast.BoolOp):
        return {"bool": _bool, "drop": _drop_last}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return {"not": lambda one: one.operand}  # type: ignore[attr-defined]
    if isinstance(node, ast.BinOp) and type(node.op) in RECKONED:
        return {"reckon": _reckon}
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return {"constant": lambda _: ast.Constant(not node.value)}
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return {"constant": lambda _: ast.Constant(node.value + 1)}  # type: ignore[operator]
    if isinstance(node, ast.If | ast.IfExp):
        return {"never": _condition(False), "always": _condition(True)}
    if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return {"leave out": lambda _: ast.Pass()}
    if isinstance(node, ast.AugAssign):
        return {"leave out": lambda _: ast.Pass()}
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        return {"return nothing": lambda _: ast.Return(ast.Constant(None))}
    return {}


def _compare(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    node.ops[0] = COMPARED[type(node.ops[0])]()
    return node


def _bool(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    return node


def _drop_last(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    return ast.BoolOp(node.op, node.values[:-1]) if len(node.values) > 2 else node.values[0]


def _reckon(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BinOp)
    node.op = RECKONED[type(node.op)]()
    return node


def _condition(value: bool) -> Change:
    def change(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.If | ast.IfExp)
        node.test = ast.Constant(value)
        return node

    return change


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _functions(tree: ast.AST) -> dict[int, int]:
    """Node → first line of the innermost function around it, decorators included, as code objects tell it."""
    found: dict[int, int] = {}

    def walk(node: ast.AST, first: int) -> None:
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        for child in ast.iter_child_nodes(node):
            found[id(child)] = first
            walk(child, first)

    walk(tree, 0)
    return found


def _not_code(tree: ast.AST) -> set[int]:
    """Annotations, decorators and what only type checkers read: a fault there changes nothing that runs."""
    parts: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            parts += [*node.decorator_list, *([node.returns] if node.returns else [])]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts += [node.annotation] if node.annotation else []
        elif isinstance(node, ast.ClassDef):
            parts += node.decorator_list
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            parts.append(node)
    return {id(one) for part in parts for one in _all(part)}


def _all(node: ast.AST) -> Iterator[ast.AST]:
    yield from ast.walk(node)
