"""Wrong words on the command line are answered in Chinese, exit 2, whatever encoding the system has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.cli_inside import Inside

WRONG = [
    (("settel",), "没有“settel”这个命令"),
    (("settle",), "缺少选项 --month"),
    (("settle", "--month"), "选项“--month”后面的值不对"),
    (("settle", "--monht", "2022-05"), "没有“--monht”这个选项，是不是 --month"),
    (("decide",), "缺少参数 ID"),
    (("decide", "1", "perhaps"), "请写 approve 或 refuse"),
    (("packs", "one", "two"), "多写了 two"),
    (("demo", "--out", "x", "--seed", "many"), "--seed 的值不对，请填整数"),
    (("payee",), "还要写做什么：list、confirm"),
    (("import",), "请给出表格种类和文件"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_usage_errors_are_chinese(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    told = Inside(tmp_path / "office", "Secret-2022")(*words, expect=2)
    assert told.out == "" and told.err.startswith(f"用法不对：{said}") and told.err.count("\n") == 1
    named = [
        "huimin",
        "help",
        "month",
        "out",
        "ID",
        "approve",
        "refuse",
        "list",
        "confirm",
        "firm",
        "firms",
        "set",
        "template",
        "undo",
        "seed",
    ]
    typed = {*words, *named}
    assert set(re.findall("[A-Za-z]+", told.err)) <= {part.strip("-") for part in typed}


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_output_is_utf8_whatever_the_systems_encoding(tmp_path: Path, encoding: str) -> None:
    given = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "QT_QPA_PLATFORM": "offscreen"}
    call = [
        sys.executable,
        "-X",
        "warn_default_encoding",
        "-m",
        "app",
        "--data-dir",
        str(tmp_path / "办公点"),
    ]
    shown = subprocess.run([*call, "packs"], env=given, capture_output=True, check=False, timeout=120)
    assert shown.returncode == 0, shown.stderr
    assert "运城" in shown.stdout.decode("utf-8") and b"EncodingWarning" not in shown.stderr
    wrong = subprocess.run([*call, "settel"], env=given, capture_output=True, check=False, timeout=120)
    assert wrong.returncode == 2 and wrong.stderr.decode("utf-8").startswith("用法不对：没有“settel”这个命令")
