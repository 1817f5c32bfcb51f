"""Which sentences each refusal code stands for, read from the source."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.tree import Source

CODE = re.compile(r"E\d{3}")
Uses = dict[str, dict[str, set[str]]]


def uses(tree: list[Source]) -> Uses:
    """Code → module → the sentences it is used with there; what is filled in stands as {}."""
    found: Uses = defaultdict(lambda: defaultdict(set))
    for source in tree:
        for node in source.nodes:
            if isinstance(node, ast.Call):
                for code, sentence in _refusals(node):
                    found[code][source.name].add(sentence)
    return found


def conflicts(found: Uses) -> Iterator[str]:
    """Codes that several modules use with different sentences, as readable blocks."""
    for code, modules in sorted(found.items()):
        sentences = set().union(*modules.values())
        if len(modules) > 1 and len(sentences) > 1:
            rows = [f"  {name}: {text}" for name, texts in sorted(modules.items()) for text in sorted(texts)]
            yield "\n".join([f"{code} has several meanings:", *rows])


def _refusals(call: ast.Call) -> Iterator[tuple[str, str]]:
    """The code and sentence of a call that names both, whatever it calls."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [text for text in map(_text, given) if text]
    codes = [text for text in texts if CODE.fullmatch(text)]
    sentences = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]
    if len(codes) == 1 and sentences:
        yield codes[0], max(sentences, key=len)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""
