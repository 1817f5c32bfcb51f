"""Compiled files that ask for a newer C library, or are made for another machine, stop the build."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from installer.packages.elf import NotRight, check_elf_files, elf_files, read_elf
from installer.packages.needs import missing_libraries

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="compiled files of Linux")


def planted(path: Path, *, glibc: str = "GLIBC_2.28", machine: int = 0x3E, needed: str = "libz.so.1") -> Path:
    """A file with a dynamic section: one library it needs, and one version of the C library."""
    strings = b"\0" + b"\0".join(text.encode() for text in (needed, "libc.so.6", glibc)) + b"\0"
    at = {text: strings.index(text.encode()) for text in (needed, "libc.so.6", glibc)}
    dynamic_at, strings_at = 64 + 2 * 56, 64 + 2 * 56 + 6 * 16
    versions_at = strings_at + len(strings)
    tags = [
        (1, at[needed]),
        (1, at["libc.so.6"]),
        (5, strings_at),
        (0x6FFFFFFE, versions_at),
        (0x6FFFFFFF, 1),
        (0, 0),
    ]
    versions = struct.pack("<HHIII", 1, 1, at["libc.so.6"], 16, 0) + struct.pack(
        "<IHHII", 0, 0, 2, at[glibc], 0
    )
    size = versions_at + len(versions)
    head = b"\x7fELF\x02\x01\x01" + bytes(9)
    head += struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    heads = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, size, size, 4096)
    heads += struct.pack("<IIQQQQQQ", 2, 6, dynamic_at, dynamic_at, dynamic_at, 96, 96, 8)
    body = b"".join(struct.pack("<QQ", *tag) for tag in tags)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + heads + body + strings + versions)
    return path


def test_a_planted_file_is_read(tmp_path: Path) -> None:
    found = read_elf(planted(tmp_path / "a.so", glibc="GLIBC_2.31"))
    assert (found.machine, found.needed, found.glibc) == ("x86_64", ("libz.so.1", "libc.so.6"), (2, 31))


@pytest.mark.parametrize(
    ("glibc", "is_right"), [("GLIBC_2.28", True), ("GLIBC_2.9", True), ("GLIBC_2.34", False)]
)
def test_a_newer_c_library_stops_the_build(tmp_path: Path, glibc: str, is_right: bool) -> None:
    planted(tmp_path / "good.so")
    planted(tmp_path / "deep" / "asks.so", glibc=glibc)
    if is_right:
        assert len(check_elf_files(tmp_path, "x86_64", (2, 28))) == 2
        return
    with pytest.raises(NotRight, match=r"deep/asks\.so: x86_64, glibc 2\.34"):
        check_elf_files(tmp_path, "x86_64", (2, 28))


def test_another_machine_stops_the_build(tmp_path: Path) -> None:
    planted(tmp_path / "arm.so", machine=0xB7)
    with pytest.raises(NotRight, match="aarch64"):
        check_elf_files(tmp_path, "x86_64", (2, 36))


def test_parts_out_of_place_stop_the_build(tmp_path: Path) -> None:
    """As some strippers leave files that were patched before: the loader maps whole pages only."""
    file = planted(tmp_path / "moved.so")
    data = bytearray(file.read_bytes())
    struct.pack_into("<Q", data, 64 + 16, 0x10)
    file.write_bytes(bytes(data))
    with pytest.raises(NotRight, match=r"moved\.so.*out of place|cut off"):
        check_elf_files(tmp_path, "x86_64", (2, 36))


def test_a_file_that_is_cut_off_stops_the_build(tmp_path: Path) -> None:
    whole = planted(tmp_path / "whole.so").read_bytes()
    for size in (10, 70, 200):
        (tmp_path / "cut.so").write_bytes(whole[:size])
        with pytest.raises(NotRight, match="cut"):
            elf_files(tmp_path)


def test_what_is_not_held_is_what_packages_must_bring(tmp_path: Path) -> None:
    planted(tmp_path / "a.so", needed="libb.so.1")
    planted(tmp_path / "libb.so.1", needed="libX.so.6")
    assert missing_libraries(elf_files(tmp_path)) == {"libX.so.6", "libc.so.6"}


def test_the_running_python_is_read() -> None:
    found = read_elf(Path(sys.executable).resolve())
    assert "libc.so.6" in found.needed and found.glibc >= (2, 2)
