from pathlib import Path

import pytest

from tests.architecture import code_rules
from tests.architecture.tree import ROOT, program, sources

RULES = (
    code_rules.modules_without_sentence,
    code_rules.functions_without_docstring,
    code_rules.vague_names,
    code_rules.printing,
    code_rules.silent_excepts,
    code_rules.too_long,
    code_rules.unfinished,
    code_rules.shared_class_names,
    code_rules.shared_function_names,
    code_rules.positional_results,
    code_rules.levels_in_windows,
    code_rules.chinese_date_patterns,
    code_rules.encodings_of_the_system,
)
PLACES = frozenset({"运城", "沁水", "赣榆", "安庆", "吉安", "盐湖"})


def pack_words() -> frozenset[str]:
    """The keys of the shipped packs and the places they are of."""
    return PLACES | {path.stem for path in (ROOT / "resources" / "policy").glob("*.toml")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_is_readable(rule) -> None:
    faults = list(rule(program()))
    assert not faults, "\n".join(["", *faults])


def test_services_know_no_pack() -> None:
    faults = list(code_rules.pack_names(program(), pack_words()))
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("services/a.py", "x = 1\n", code_rules.modules_without_sentence),
        ("services/a.py", '"""It does this. It does that."""\n', code_rules.modules_without_sentence),
        (
            "services/a.py",
            '"""One."""\n\n\ndef go():\n    return 1\n',
            code_rules.functions_without_docstring,
        ),
        ("services/date_utils.py", '"""One."""\n', code_rules.vague_names),
        ("services/a.py", '"""One."""\n\n\nclass DutyManager: ...\n', code_rules.vague_names),
        ("services/a.py", '"""One."""\n\nprint(1)\n', code_rules.printing),
        ("services/a.py", "try:\n    x = 1\nexcept ValueError:\n    pass\n", code_rules.silent_excepts),
        ("services/a.py", "try:\n    x = 1\nexcept:\n    x = 2\n", code_rules.silent_excepts),
        ("services/a.py", "with contextlib.suppress(Exception):\n    x = 1\n", code_rules.silent_excepts),
        (
            "services/a.py",
            "@dataclass(frozen=True)\nclass A:\n" + "".join(f"    a{n}: int\n" for n in range(8)),
            code_rules.positional_results,
        ),
        ("ui/a.py", 'if desk.level == "站":\n    x = 1\n', code_rules.levels_in_windows),
        ("ui/a.py", 'site = f"{desk.place.code}-01"\n', code_rules.levels_in_windows),
        ("services/a.py", 'x = f"{day:%m月%d日}"\n', code_rules.chinese_date_patterns),
        ("services/a.py", 'x = day.strftime("%m月")\n', code_rules.chinese_date_patterns),
        ("services/a.py", "x = path.read_text()\n", code_rules.encodings_of_the_system),
        ("services/a.py", 'x = open("a.txt", "w")\n', code_rules.encodings_of_the_system),
        ("services/a.py", 'x = path.open("r")\n', code_rules.encodings_of_the_system),
        ("services/a.py", "x = subprocess.run(words, text=True)\n", code_rules.encodings_of_the_system),
        ("services/a.py", "x = 1\n" * 301, code_rules.too_long),
        ("services/a.py", "def f():\n" + "    x = 1\n" * 60, code_rules.too_long),
        ("services/a.py", "x = 1  # TO" + "DO tidy\n", code_rules.unfinished),
    ],
)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str, text: str, rule) -> None:
    planted = tmp_path / "app" / name
    planted.parent.mkdir(parents=True)
    planted.write_text(text, encoding="utf-8")
    assert len(list(rule(sources(tmp_path)))) == 1


def test_a_pack_named_in_services_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "app" / "services" / "a.py"
    planted.parent.mkdir(parents=True)
    planted.write_text('"""运城 in a docstring is a source."""\n\nKEY = "county-2022"\n', encoding="utf-8")
    found = list(code_rules.pack_names(sources(tmp_path), frozenset({"county-2022", "运城"})))
    assert found == ["app/services/a.py:3: 'county-2022' in a string of services"]


@pytest.mark.parametrize(
    ("made", "rule", "said"),
    [
        ("class Outcome:", code_rules.shared_class_names, "Outcome is also a class of"),
        ("def settle():", code_rules.shared_function_names, "settle is also a function of"),
    ],
    ids=["class", "function"],
)
def test_a_name_used_twice_is_caught(made: str, rule, said: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        planted = tmp_path / "app" / "services" / f"{name}.py"
        planted.parent.mkdir(parents=True, exist_ok=True)
        planted.write_text(f'"""One."""\n\n\n{made}\n    """What it is."""\n', encoding="utf-8")
    assert list(rule(sources(tmp_path))) == [f"app/services/b.py:4: {said} app.services.a"]
