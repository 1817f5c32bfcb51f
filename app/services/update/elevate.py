"""Runs the program's own command as an administrator, where whoever works here may not change the program's folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from app.errors import Refused


def run_as_administrator(base: Path, arguments: list[str]) -> None:
    """Ask for an administrator's consent and wait. Raises Refused E974 where nobody can be asked, E980 with what was said."""
    call = _windows_call(base, arguments) if sys.platform == "win32" else _linux_call(base, arguments)
    done = subprocess.run(call, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        told = next(
            (line for line in reversed(said) if line.startswith("E")), "没有得到管理员同意，或没有装成"
        )
        raise Refused("E980", f"仍用原来的版本：{told}。请让管理员在这台电脑上再试一次。")


def _linux_call(base: Path, arguments: list[str]) -> list[str]:
    asker = shutil.which("pkexec")
    if asker is None:
        raise Refused(
            "E974",
            "没有权限改动程序文件夹，没有安装。请用管理员身份运行（Linux 用 sudo），或请技术人员来装。",
        )
    return [asker, str(base / "huimin"), *arguments]


def _windows_call(base: Path, arguments: list[str]) -> list[str]:
    """PowerShell asks the user account control; it cannot hand back what the program said."""
    words = ", ".join(_quoted(f'"{word}"') for word in arguments)
    script = (
        f"exit (Start-Process -FilePath {_quoted(str(base / 'huimin.exe'))} -ArgumentList {words} "
        "-Verb RunAs -WindowStyle Hidden -Wait -PassThru).ExitCode"
    )
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
