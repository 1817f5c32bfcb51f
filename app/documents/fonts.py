"""Finds the font files for print and screen: the office fonts where installed, else the packaged Noto SC."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class FontRole(StrEnum):
    """What a piece of text is set in, by the names of GB/T 9704."""

    song = "宋体"
    hei = "黑体"
    kai = "楷体"
    fang = "仿宋"
    headline = "小标宋"


@dataclass(frozen=True)
class FontFile:
    """One face: a file, and its place inside a collection (.ttc)."""

    path: Path
    index: int = 0


_OFFICE_NAMES: dict[FontRole, tuple[str, ...]] = {
    FontRole.song: ("simsun.ttc", "simsun.ttf", "songti.ttf", "宋体.ttf"),
    FontRole.hei: ("simhei.ttf", "heiti.ttf", "黑体.ttf"),
    FontRole.kai: ("simkai.ttf", "kaiti_gb2312.ttf", "楷体_gb2312.ttf", "楷体.ttf"),
    FontRole.fang: ("fangsong_gb2312.ttf", "仿宋_gb2312.ttf", "simfang.ttf", "仿宋.ttf"),
    FontRole.headline: ("fzxbsjw.ttf", "fzxiaobiaosong-b05s.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),
}
_SPARE_NAMES = ("simsunb.ttf", "simsunextg.ttf", "mingliub.ttc", "dejavusans.ttf", "seguisym.ttf")
_STAND_INS = {FontRole.headline: FontRole.song}


def font_chain(role: FontRole, folders: Iterable[Path] | None = None) -> tuple[FontFile, ...]:
    """The files to look for a character in, best first.

    The office font of the role (小标宋 may be stood in by 宋体), the packaged Noto SC of the same
    style, the other Noto SC, then fonts with rare characters that the machine happens to have.
    """
    installed = _installed(tuple(folders)) if folders is not None else _installed(_font_folders())
    wanted = _OFFICE_NAMES[role] + _OFFICE_NAMES.get(_STAND_INS.get(role, role), ())
    office = [installed[name] for name in wanted if name in installed]
    spare = [installed[name] for name in _SPARE_NAMES if name in installed]
    return tuple(FontFile(path) for path in [*office[:1], *_packaged(role), *spare])


def ui_font_files() -> tuple[Path, ...]:
    """The packaged OpenType files (Noto Sans SC, Noto Serif SC) that Qt loads where the system has no Chinese font."""
    import pylopdf_fonts_zh_cn as packaged

    return (packaged.sans_path(), packaged.serif_path())


def _packaged(role: FontRole) -> tuple[Path, ...]:
    sans, serif = ui_font_files()
    return (sans, serif) if role is FontRole.hei else (serif, sans)


def _font_folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        own = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Microsoft/Windows/Fonts"
        return (windows, own)
    home = Path.home()
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, home / ".local/share/fonts", home / ".fonts")


@cache
def _installed(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Lower-case file name → path, for every font file below the folders."""
    found: dict[str, Path] = {}
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith((".ttf", ".ttc")):
                    found.setdefault(name.lower(), Path(base) / name)
    return found
