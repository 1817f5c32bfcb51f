"""Writes the manual's table of refusal codes from the program's own sentences, so that no code goes unexplained."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "resources" / "help" / "codes.md"
CODE = re.compile(r"E\d{3}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FILLED_IN = "……"
Known = dict[str, list[ast.expr]]
Wrappers = dict[str, ast.FunctionDef]
MADE_UP_LATER = {
    "E101": "……日……未签退。请点“补签”登记离开时间。",
    "E601": "今天没有您的班次，按“临时值班”需说明。",
    "E602": "您……签到后未签退，请说明离开时间（将由司法所审核）。",
}
"""Sentences that the program puts together in more than one place."""
HEADING = """# 错误代码表

程序拒绝一件事时，会给出一句话和一个代码。代码以字母 E 开头，后面三位数字。
打电话求助时，报代码最快。

- 被拒绝的操作，没有改动任何数据。
- 同一个代码，意思处处相同。
- 表里的“……”是当时的姓名、日期或数字。

不知道怎么办？先看[出了问题怎么办](trouble.md)。
"""
RANGES = {
    "0": ("登录、账号、权限、设置", "start.md", "首次设置与登录"),
    "1": ("考勤、补签、抽查、投诉、月报", "attendance.md", "考勤"),
    "2": ("咨询、证件、表格导入", "consultations.md", "咨询"),
    "3": ("法律援助案件", "cases.md", "法律援助案件"),
    "4": ("排班、人员、站点", "roster.md", "排班"),
    "5": ("文件、磁盘、导出、打印", "trouble.md", "出了问题怎么办"),
    "6": ("签到台", "kiosk.md", "签到台"),
    "7": ("收发、登记下级", "exchange.md", "收发"),
    "8": ("结算、发放", "pay.md", "补贴发放"),
    "9": ("程序、数据库、方案", "trouble.md", "出了问题怎么办"),
}


def main() -> int:
    """Write the table, or with --check only say whether it is current."""
    text = table(ROOT / "app")
    if "--check" in sys.argv[1:]:
        return 0 if TABLE.read_text("utf-8") == text else 1
    TABLE.write_text(text, "utf-8")
    return 0


def table(program: Path) -> str:
    """The chapter: every code with its sentences, in order."""
    found = collect(program)
    parts = [HEADING]
    for digit, (title, chapter, name) in RANGES.items():
        codes = sorted(code for code in found if code[1] == digit)
        if codes:
            rows = [f"| {code} | {sentence} |" for code in codes for sentence in found[code]]
            parts.append(
                "\n".join(
                    [
                        f"\n## E{digit} {title}\n",
                        f"说明见[{name}]({chapter})。\n",
                        "| 代码 | 程序说的话 |",
                        "| --- | --- |",
                        *rows,
                        "",
                    ]
                )
            )
    return "".join(parts)


def collect(program: Path) -> dict[str, list[str]]:
    """Code → its sentences."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(program.rglob("*.py"))]
    wrappers = {node.name: node for tree in trees for node in ast.walk(tree) if _is_wrapper(node)}
    found: dict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for code, sentence in _said(tree, wrappers):
            found[code].add(_plain(sentence))
    for code, sentence in MADE_UP_LATER.items():
        found[code].add(sentence)
    return {code: sorted(sentences) for code, sentences in found.items()}


def _is_wrapper(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    """A function that is handed a code and makes the refusal with it."""
    return isinstance(node, ast.FunctionDef) and any(arg.arg == "code" for arg in node.args.args)


def _said(tree: ast.Module, wrappers: Wrappers) -> Iterator[tuple[str, str]]:
    """Every call that names one code, with the longest sentence given beside it or stored under a name."""
    constants = _assigned(tree.body)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(call) for one in functions for call in ast.walk(one)}
    for scope in (tree, *functions):
        known = constants if scope is tree else {**constants, **_assigned(list(ast.walk(scope)))}
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and (scope is not tree or id(node) not in inside):
                yield from _of_call(node, known, wrappers)


def _of_call(call: ast.Call, known: Known, wrappers: Wrappers) -> Iterator[tuple[str, str]]:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    codes = [
        str(one.value) for one in given if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value))
    ]
    if len(codes) != 1:
        return
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    within = _through(wrappers[name], call, known) if name in wrappers else []
    yield from ((codes[0], text) for text in within or _longest(given, known))


def _through(wrapper: ast.FunctionDef, call: ast.Call, known: Known) -> list[str]:
    """What a wrapper says when it is called like this."""
    names = [arg.arg for arg in wrapper.args.args if arg.arg != "self"]
    bound = {
        **dict(zip(names, call.args, strict=False)),
        **{one.arg: one.value for one in call.keywords if one.arg},
    }
    texts: Known = {
        name: [ast.Constant(text) for text in _texts(value, known)] for name, value in bound.items()
    }
    inner = {**_assigned(list(ast.walk(wrapper))), **texts}
    made = [node for node in ast.walk(wrapper) if isinstance(node, ast.Call)]
    saying = [[*node.args, *(one.value for one in node.keywords)] for node in made]
    with_code = [
        given for given in saying if any(isinstance(one, ast.Name) and one.id == "code" for one in given)
    ]
    return _longest(with_code[0], inner) if with_code else []


def _longest(given: list[ast.expr], known: Known) -> list[str]:
    """The texts of the argument that says most."""
    texts = [[text for text in _texts(one, known) if CHINESE.search(text)] for one in given]
    return max(texts, key=lambda some: max(map(len, some), default=0), default=[])


def _assigned(nodes: Sequence[ast.AST]) -> Known:
    """Name → what it is set to."""
    found: Known = defaultdict(list)
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id].append(node.value)
    return found


def _texts(node: ast.expr, known: Known) -> list[str]:
    """The texts an expression may stand for; what is filled in stands as dots."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(_part(part, known) for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, known), *_texts(node.orelse, known)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        ends = _texts(node.right, known) or [FILLED_IN]
        return [start + end for start in _texts(node.left, known) for end in ends]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        return _texts(node.args[0], known)
    if isinstance(node, ast.Name) and node.id in known:
        rest = {name: value for name, value in known.items() if name != node.id}
        return [text for value in known[node.id] for text in _texts(value, rest)]
    return []


def _part(part: ast.expr, known: Known) -> str:
    """A part of an f-string: its own words, those of the one text it stands for, or dots."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    texts = _texts(part.value, known) if isinstance(part, ast.FormattedValue) else []
    return texts[0] if len(texts) == 1 and CHINESE.search(texts[0]) else FILLED_IN


def _plain(sentence: str) -> str:
    """As one cell of a table; neighbouring dots become one."""
    text = re.sub(f"({FILLED_IN})+", FILLED_IN, sentence).strip().replace("|", "／").replace("\n", " ")
    return text if text.endswith(("。", "？", FILLED_IN)) else f"{text}。"


if __name__ == "__main__":
    raise SystemExit(main())
