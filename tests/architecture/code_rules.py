"""What makes a module readable, asked of any tree of sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import Source

KNOWS_NO_PACK = ("services", "kernel", "rules")
MOST_POSITIONAL = 7
CENTRE = re.compile(r"-01(?!\d)")
LEVELS = {"市", "县", "站"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 60
ASKED_BY_REGISTRIES = {"rows", "take", "may_undo"}
VAGUE = {"util", "utils", "manager", "managers", "misc", "helper", "helpers", "common", "stuff"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules_without_sentence(tree: list[Source]) -> Iterator[str]:
    """Every module opens with one sentence saying why it exists."""
    for source in tree:
        first = (ast.get_docstring(source.tree) or "").split("\n\n")[0].strip()
        if not first:
            yield f"{source.path.as_posix()}: opens without a docstring"
        elif first[-1] not in ".。" or len(first) > 300 or re.search(r"[a-z]\. [A-Z]", first):
            yield f"{source.path.as_posix()}: opens with other than one sentence: {first!r}"


def functions_without_docstring(tree: list[Source]) -> Iterator[str]:
    """Public functions of a module say what they mean."""
    for source in tree:
        if ".migrations" in source.name:
            continue
        for node in source.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node):
                yield f"{source.at(node)}: {node.name} has no docstring"


def vague_names(tree: list[Source]) -> Iterator[str]:
    """No module, folder or class is named for being a collection of things."""
    for source in tree:
        words = {word for part in source.path.with_suffix("").parts for word in part.lower().split("_")}
        if words & VAGUE:
            yield f"{source.path.as_posix()}: {', '.join(words & VAGUE)} in its name"
        for node in source.nodes:
            if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Utils?|Helper)$", node.name):
                yield f"{source.at(node)}: class {node.name}"


def printing(tree: list[Source]) -> Iterator[str]:
    """Nothing prints: results go through the command line, faults to the log."""
    for source in tree:
        for node in source.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                yield f"{source.at(node)}: print()"


def silent_excepts(tree: list[Source]) -> Iterator[str]:
    """No fault disappears: no bare except, no handler that does nothing, no suppress(Exception)."""
    for source in tree:
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and (node.type is None or _does_nothing(node.body)):
                yield f"{source.at(node)}: silent or bare except"
            if isinstance(node, ast.Call) and re.fullmatch(
                r"(contextlib\.)?suppress\((Base)?Exception\)", ast.unparse(node)
            ):
                yield f"{source.at(node)}: {ast.unparse(node)}"


def too_long(tree: list[Source]) -> Iterator[str]:
    """Ceilings for files and functions, far above what is usual here; a migration is a list, however long."""
    for source in tree:
        if ".migrations.versions." in source.name:
            continue
        lines = source.text.count("\n")
        if lines > MOST_LINES:
            yield f"{source.path.as_posix()}: {lines} lines (at most {MOST_LINES})"
        for node in source.nodes:
            if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES:
                length = (node.end_lineno or 0) - node.lineno + 1
                yield f"{source.at(node)}: {node.name} has {length} lines (at most {MOST_FUNCTION_LINES})"


def unfinished(tree: list[Source]) -> Iterator[str]:
    """Nothing is left as a note to somebody."""
    for source in tree:
        for number, line in enumerate(source.text.splitlines(), 1):
            if UNFINISHED.search(line):
                yield f"{source.path.as_posix()}:{number}: {line.strip()}"


def pack_names(tree: list[Source], words: frozenset[str]) -> Iterator[str]:
    """Nothing in services, kernel or rules knows a pack: no string but a docstring holds one of its words."""
    for source in tree:
        if source.floor not in KNOWS_NO_PACK:
            continue
        docs = {id(doc) for doc in _docstrings(source)}
        for node in source.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                for word in sorted(words):
                    if word in node.value:
                        yield f"{source.at(node)}: {word!r} in a string of {source.floor}"


def levels_in_windows(tree: list[Source]) -> Iterator[str]:
    """Windows ask the desk which office this is: they know no word for a level and no shape of a site's code."""
    for source in tree:
        if source.floor != "ui":
            continue
        docs = {id(doc) for doc in _docstrings(source)}
        for node in source.nodes:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docs:
                continue
            if node.value in LEVELS or CENTRE.search(node.value):
                yield f"{source.at(node)}: {node.value!r} in a window"


def _does_nothing(body: list[ast.stmt]) -> bool:
    return all(
        isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in body
    )


def _docstrings(source: Source) -> Iterator[ast.Constant]:
    for node in source.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def shared_class_names(tree: list[Source]) -> Iterator[str]:
    """One meaning a name: no two modules define a public class of the same name."""
    first: dict[str, Source] = {}
    for source in tree:
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                other = first.setdefault(node.name, source)
                if other is not source:
                    yield f"{source.at(node)}: {node.name} is also a class of {other.name}"


def shared_function_names(tree: list[Source]) -> Iterator[str]:
    """One meaning a name: no two modules define a public function of the same name.

    Commands of the command line are named as they are typed; what a registry or the migrations ask of each module
    has the registry's name.
    """
    first: dict[str, Source] = {}
    for source in tree:
        if source.name.startswith(("app.cli.commands.", "app.models.migrations.")):
            continue
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                other = first.setdefault(node.name, source)
                if other is not source and node.name not in ASKED_BY_REGISTRIES:
                    yield f"{source.at(node)}: {node.name} is also a function of {other.name}"


def positional_results(tree: list[Source]) -> Iterator[str]:
    """A result of many fields is made by naming them, so that two of one type are never swapped."""
    for source in tree:
        if source.floor not in ("services", "kernel", "rules"):
            continue
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and (marks := "".join(map(ast.unparse, node.decorator_list))):
                fields = [
                    one
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and "ClassVar" not in ast.unparse(one)
                ]
                if "dataclass" in marks and len(fields) > MOST_POSITIONAL and "kw_only=True" not in marks:
                    yield f"{source.at(node)}: {node.name} has {len(fields)} fields and is not keyword-only"


def chinese_date_patterns(tree: list[Source]) -> Iterator[str]:
    """No pattern of a date holds anything but ASCII: some C runtimes refuse Chinese letters in strftime."""
    for source in tree:
        for node in source.nodes:
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                patterns = [part for part in node.format_spec.values if isinstance(part, ast.Constant)]
            elif isinstance(node, ast.Call) and _called(node) in {"strftime", "format"}:
                patterns = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
            else:
                continue
            for part in patterns:
                if "%" in str(part.value) and not str(part.value).isascii():
                    yield f"{source.at(node)}: {part.value!r} as the pattern of a date"


def encodings_of_the_system(tree: list[Source]) -> Iterator[str]:
    """Text is read and written in an encoding that is named; the system's own is another one on other machines."""
    for source in tree:
        for node in source.nodes:
            if not isinstance(node, ast.Call) or any(one.arg == "encoding" for one in node.keywords):
                continue
            name = _called(node)
            is_text = any(one.arg == "text" for one in node.keywords) and name in {
                "run",
                "Popen",
                "check_output",
            }
            is_text |= name == "read_text" and not node.args
            is_text |= name == "write_text" and len(node.args) < 2
            modes = [
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if isinstance(node.func, ast.Name) and name == "open":
                is_text = not any("b" in mode for mode in modes[-1:] if len(mode) < 4)
            elif name == "open" and any(re.fullmatch("[rwax]t?[+]?", mode) for mode in modes):
                is_text = True
            if is_text:
                yield f"{source.at(node)}: {name}() names no encoding"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")
