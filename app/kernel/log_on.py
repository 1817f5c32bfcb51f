"""Has the kiosk start when the user of this computer logs on, or no longer, in the way the desktop offers."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from app.paths import DataDir, default_data_dir, program_base

_ENTRY = """[Desktop Entry]
Type=Application
Name=Huimin kiosk
Name[zh_CN]=惠民签到台
Exec={call}
Icon=huimin-kiosk
Terminal=false
X-GNOME-Autostart-enabled=true
"""
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "HuiminKiosk"


def start_kiosk_at_log_on(data: DataDir, *, is_wanted: bool) -> None:
    """Put the entry of this user where the desktop looks at log-on, or take it away; nothing where the program is not installed.

    Raises OSError where the place cannot be written.
    """
    base = program_base()
    if base is None:
        return
    if sys.platform == "win32":
        _write_run_key(_call(base / "huimin-office.exe", data) if is_wanted else "")
    else:
        write_entry(autostart_entry(), entry_call(_call(base / "huimin", data)) if is_wanted else "")


def autostart_entry() -> Path:
    """Where Linux desktops look at log-on."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "autostart" / "huimin-kiosk.desktop"


def write_entry(entry: Path, call: str) -> None:
    """The entry that makes the call; "" removes it."""
    if not call:
        entry.unlink(missing_ok=True)
        return
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(_ENTRY.format(call=call), encoding="utf-8")


def entry_call(call: str) -> str:
    """The call as a desktop entry has it: a per cent sign or a dollar in a folder's name stays what it is."""
    return re.sub(r"([`$\\\\])", r"\\\\\1", call).replace("%", "%%")


def _call(program: Path, data: DataDir) -> str:
    """The kiosk of this data directory; quoted, for names of users have spaces."""
    place = "" if data.root == default_data_dir() else f' --data-dir "{data.root}"'
    return f'"{program}"{place} kiosk'


if sys.platform == "win32":
    import winreg

    def _write_run_key(call: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
            if call:
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, call)
                return
            try:
                winreg.DeleteValue(key, _NAME)
            except FileNotFoundError:
                return
