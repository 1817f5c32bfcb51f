"""A screen of its own with a window manager, and the program driven on it by nothing but keys."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from app.demo.offices import ADMIN

PACE = float(os.environ.get("HUIMIN_DESK_PACE", "1"))
"""How long every pause is taken, for a slow computer."""
LOOK_SECONDS, MOST_SECONDS = 0.3, 60
"""How long a program has done nothing when it is taken to wait for keys; how long it may work."""
TYPING_MS, CHINESE_MS = 40, 250
"""Between two keys; a burst of keys that no keyboard has may lose one on its way."""
LEAVING_SECONDS = 20
TITLE = "惠民法律服务台|签到台"


@dataclass
class RealScreen:
    """An X server without a screen, 1366×768, with openbox. What is on it is kept as pictures in HUIMIN_SHOTS.

    signs: Chinese characters that get a key of their own; lent ones, as xdotool gives, are taken back too soon.
    """

    folder: Path
    signs: str
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    display: str = ""
    program: int = 0
    taken: int = 0

    def __enter__(self) -> RealScreen:
        reading, writing = os.pipe()
        words = [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1366x768x24",
            "-fbdir",
            str(self.folder),
        ]
        self.running.append(
            subprocess.Popen([*words, "-nolisten", "tcp"], pass_fds=(writing,), stderr=subprocess.DEVNULL)
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self._add_keys()
        self.running.append(subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL))
        time.sleep(PACE)
        return self

    def __exit__(self, *_ended: object) -> None:
        for one in reversed(self.running):
            one.terminate()
            one.wait(timeout=LEAVING_SECONDS)

    @property
    def environment(self) -> dict[str, str]:
        """What a program on this screen is started with."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def keys(self, *names: str, rest: float = 0.3) -> None:
        """Press keys one after the other, as `Return` or `ctrl+n`, and wait so many seconds after each."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            self._settle(rest)

    def type(self, text: str) -> None:
        """Type a text; plain letters as fast as a practised hand."""
        pause = TYPING_MS if text.isascii() else CHINESE_MS
        self._xdotool("type", "--delay", str(round(pause * PACE)), text)
        self._settle(0.3)

    def wait_for_window(self, other_than: str = "") -> str:
        """Until one of the program's windows is on the screen, other than this one, and has the keys; its number."""
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            found = self._xdotool("search", "--onlyvisible", "--name", TITLE, may_fail=True).split()
            if len(found) == 1 and found[0] != other_than:
                self._xdotool("windowfocus", "--sync", found[0])
                self._settle(1.5)
                return found[0]
            time.sleep(0.2)
        raise AssertionError("no window of the program came up")

    def look(self, name: str, rest: float = 1.0) -> None:
        """Wait for the screen to be drawn; keep it as a picture where somebody wants to see it."""
        self._settle(rest)
        self.taken += 1
        if folder := os.environ.get("HUIMIN_SHOTS"):
            self._picture().save(str(Path(folder) / f"desk-{self.taken:02}-{name}.png"))

    def _settle(self, rest: float) -> None:
        """Rest, then until the program did nothing for a moment: it waits for keys."""
        time.sleep(rest * PACE)
        until, before = time.monotonic() + MOST_SECONDS, _work(self.program)
        while time.monotonic() < until:
            time.sleep(LOOK_SECONDS * PACE)
            now = _work(self.program)
            if now[0] - before[0] <= 1 and not now[1]:
                return
            before = now

    def _picture(self) -> QImage:
        """The server's frame buffer, an X window dump: a header of big-endian words, colours, then the picture."""
        dump = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", dump[:100])
        width, height, line, colours = header[4], header[5], header[12], header[19]
        at = header[0] + colours * 12
        return QImage(dump[at:], width, height, line, QImage.Format.Format_RGB32).copy()

    def _add_keys(self) -> None:
        """Put each sign on a key code that no key of the keyboard has."""
        file = self.folder / "keyboard.xkb"
        xkbcomp = ["xkbcomp", "-w0"]
        subprocess.run([*xkbcomp, self.display, str(file)], check=True, capture_output=True, timeout=30)
        before, start, rest = file.read_text().partition("xkb_symbols")
        taken = set(re.findall(r"key <(I\d+)>", rest))
        free = [code for code in re.findall(r"<(I\d+)> =", before) if code not in taken]
        keys = [
            f"    key <{code}> {{ [ U{ord(sign):04X} ] }};\n"
            for code, sign in zip(free, sorted(set(self.signs)), strict=False)
        ]
        assert len(keys) == len(set(self.signs)), "more signs than free keys"
        symbols, end, after = rest.partition("\n};")
        file.write_text(f"{before}{start}{symbols}\n{''.join(keys)}{end.lstrip()}{after}")
        subprocess.run([*xkbcomp, str(file), self.display], check=True, capture_output=True, timeout=30)

    def _xdotool(self, *words: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, encoding="utf-8", timeout=120
        )
        assert may_fail or done.returncode == 0, done.stderr
        return done.stdout


def _work(program: int) -> tuple[int, bool]:
    """Ticks of the processor that a program has used, and whether it runs now; a program that ended does neither."""
    ticks, runs = 0, False
    for file in Path(f"/proc/{program}/task").glob("*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += int(fields[11]) + int(fields[12])
        runs = runs or fields[0] in ("R", "D")
    return ticks, runs


@dataclass
class OfficeAt:
    """One office's data directory, its administrator's password, and the program started there at a time."""

    data: Path
    password: str

    def open(self, screen: RealScreen, when: str, *words: str) -> subprocess.Popen[str]:
        """Start the windows, give the password."""
        program = subprocess.Popen(
            self._call(when, words), env=screen.environment, stderr=subprocess.PIPE, encoding="utf-8"
        )
        screen.program = program.pid
        login = screen.wait_for_window()
        screen.type(self.password)
        screen.keys("Return")
        screen.wait_for_window(other_than=login)
        return program

    def ask(self, when: str, *words: object) -> Any:
        """The one JSON document that a command answers."""
        environment = {**os.environ, "HUIMIN_PASSWORD": self.password, "QT_QPA_PLATFORM": "offscreen"}
        call = self._call(when, ["--user", ADMIN, "--json", *map(str, words)])
        done = subprocess.run(call, env=environment, capture_output=True, encoding="utf-8", timeout=120)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return json.loads(done.stdout)

    def _call(self, when: str, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "tests.journeys.at_time", when, "--data-dir", str(self.data), *words]


def ended(program: subprocess.Popen[str]) -> None:
    """The program ends by itself, without a word."""
    _out, said = program.communicate(timeout=LEAVING_SECONDS * PACE)
    assert program.returncode == 0, said
    assert "Traceback" not in said, said
