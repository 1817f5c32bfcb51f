"""The manual: every page has its chapter, links lead somewhere, and no code of the program goes unexplained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import SETTINGS
from app.ui.help.chapters import INDEX, chapter, chapters, folder, linked_chapters, search

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "app" / "ui"
ENGLISH_ALLOWED = {"codes", "cli", "bundle_format"}
LONGEST_SENTENCE = 60


def _help_keys() -> dict[str, str]:
    """Class with a help_key → the key, read from the pages' source."""
    found = {}
    for path in PAGES.glob("*/page.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "help_key":
                found[path.parent.name] = str(ast.literal_eval(node.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PAGE":
                found[f"{path.parent.name} PAGE"] = str(ast.literal_eval(node.value.args[0]))  # type: ignore[attr-defined]
    return found


def test_every_page_has_a_chapter() -> None:
    keys = _help_keys()
    assert keys, "no page found"
    lost = {name: key for name, key in keys.items() if chapter(key).key == INDEX}
    assert not lost


def test_every_chapter_is_in_the_index_and_says_something() -> None:
    files = {path.stem for path in folder().glob("*.md")}
    assert files == {one.key for one in chapters()}
    for one in chapters():
        assert one.text.startswith(f"# {one.title}\n") and len(one.text) > 200, one.key


def test_every_link_leads_to_a_chapter() -> None:
    known = {one.key for one in chapters()}
    lost = [
        f"{one.key} → {link}" for one in chapters() for link in linked_chapters(one.text) if link not in known
    ]
    assert not lost
    targets = [target for one in chapters() for target in re.findall(r"\]\(([^)]+)\)", one.text)]
    assert all(re.fullmatch(r"[a-z_]+\.md", target) for target in targets)


def test_the_table_of_codes_is_current() -> None:
    done = subprocess.run([sys.executable, "installer/codes.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run installer/codes.py"


def test_every_code_in_the_program_is_explained() -> None:
    used = {
        code
        for path in (ROOT / "app").rglob("*.py")
        for code in re.findall(r"\"(E\d{3})\"", path.read_text("utf-8"))
    }
    table = chapter("codes").text
    assert used and not [code for code in sorted(used) if f"| {code} |" not in table]


def test_codes_named_in_chapters_exist() -> None:
    table = chapter("codes").text
    named = {code for one in chapters() for code in re.findall(r"E\d{3}", one.text)}
    assert not [code for code in sorted(named) if f"| {code} |" not in table]


@pytest.mark.parametrize("key", [one.key for one in chapters() if one.key not in ENGLISH_ALLOWED])
def test_chapters_hold_no_english_but_names_of_keys_and_codes(key: str) -> None:
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|E\d{3}|字母 E", "", chapter(key).text)
    assert set(re.findall(r"[A-Za-z]+", text)) <= {"U"}


@pytest.mark.parametrize("key", [one.key for one in chapters() if one.key not in ENGLISH_ALLOWED])
def test_sentences_are_short(key: str) -> None:
    for line in chapter(key).text.splitlines():
        for sentence in re.split(r"[。；：|？]", re.sub(r"\]\([^)]*\)|`[^`]*`", "", line)):
            assert len(sentence) <= LONGEST_SENTENCE, sentence


def test_the_manual_says_what_the_exchange_promises_and_what_it_does_not() -> None:
    text = chapter("exchange").text
    promised, _, rest = text.partition("## 不保证什么")
    assert "## 保证什么" in promised
    for words in ("不保证站点填的是真的", "最后一次导出以后的改动", "U 盘一定送到", "病毒"):
        assert words in rest


def test_the_rules_name_only_settings_that_a_pack_has() -> None:
    from app.kernel.packs import load_pack

    known = set(load_pack("yuncheng-2022").settings) | set(SETTINGS)
    named = set(re.findall(r"`([a-z0-9_]+)`", chapter("rules").text))
    assert named and named <= known


def test_the_command_line_chapter_names_every_command() -> None:
    from app.cli.main import add_commands

    names = {group.name for group in add_commands().registered_groups} | {
        command.name or str(command.callback.__name__)
        for command in add_commands().registered_commands
        if command.callback
    }
    text = chapter("cli").text
    assert not [name for name in sorted(filter(None, names)) if f"huimin {name}" not in text]


def test_search_puts_the_chapter_with_most_hits_first_and_the_codes_last_unless_a_code_is_sought() -> None:
    found = [one.key for one in search("补签")]
    assert found[0] == "attendance" and found[-1] == "codes"
    assert search("e203")[0].key == "codes" and not search("没有这样的词语")
    assert search(" ") == chapters()


def test_a_page_without_a_chapter_gets_the_index() -> None:
    assert chapter("").key == INDEX and chapter("no_such_page").key == INDEX
