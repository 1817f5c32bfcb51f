import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import app
from app.paths import resources

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def shown_texts() -> Iterator[tuple[str, str]]:
    """(where, text): every Chinese string of the program and every line of the manual."""
    root = Path(app.__file__).parent
    for path in sorted(root.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        written_for_readers = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if id(node) in written_for_readers:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield str(path.relative_to(root)), node.value
    for path in sorted((resources() / "help").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name, line


def test_the_code_typed_at_the_kiosk_is_called_by_one_word() -> None:
    told = [text for text in shown_texts() if CHINESE.search(text[1])]
    assert [text for text in told if re.search(r"\bPIN\b", text[1])] == []
    assert [
        text for text in told if text[0] == "kiosk.md" and re.search(r"(?<!签到)(?<!登录)密码", text[1])
    ] == []


def test_the_glossary_names_each_term_once() -> None:
    rows = list(csv.DictReader(io.StringIO((resources() / "glossary.csv").read_text(encoding="utf-8"))))
    assert set(rows[0]) == {"term", "identifier", "note"}
    terms = [row["term"] for row in rows]
    assert len(terms) == len(set(terms)) and all(row["identifier"] for row in rows)
