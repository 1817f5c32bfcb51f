"""What goes into a package, as far as that can be seen without building one."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from installer.packages.archive import write_archive
from installer.packages.debian_package import write_deb
from installer.packages.desktop import KINDS, write_share
from installer.packages.elf import NotRight, read_elf
from installer.packages.program import (
    LAUNCHER,
    compile_all,
    compile_libraries,
    set_times,
    write_program,
)
from installer.packages.stripping import STRIP, strip_symbols
from installer.packages.targets import AMD64, ARM64, TARGETS, WINDOWS, Target
from installer.packages.trimming import trim_site
from installer.packages.wheels import locked_versions, runtime_pins
from installer.packages.windows import PYTHON_SHA256, file_list, lay_windows_python, lighten_python
from tests.update.small_program import FIRST, installed
from tests.update.test_elf import planted


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_package_has_what_runs_and_nothing_that_only_makers_need(target: Target) -> None:
    pins = runtime_pins(target)
    assert {"pyside6-essentials", "sqlcipher3", "cryptography", "tzdata"} <= pins.keys()
    assert not {"pytest", "ruff", "mypy", "hypothesis", "hatchling", "editables"} & pins.keys()
    locked = locked_versions()
    assert {name for name, version in pins.items() if version != locked[name]} == target.pinned.keys()


def test_each_system_has_its_own_helpers() -> None:
    assert "pywin32-ctypes" in runtime_pins(WINDOWS) and "pywin32-ctypes" not in runtime_pins(AMD64)
    assert "jeepney" in runtime_pins(AMD64) and "jeepney" not in runtime_pins(WINDOWS)
    assert runtime_pins(ARM64)["pyside6-essentials"] == "6.8.0.2"


def test_of_qt_only_what_is_used_stays(tmp_path: Path) -> None:
    kept = [
        "PySide6/QtCore.abi3.so",
        "PySide6/__init__.py",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "other/module.py",
    ]
    dropped = [
        "PySide6/QtQuick.abi3.so",
        "PySide6/QtCore.pyi",
        "PySide6/designer",
        "PySide6/Qt/qml/QtQuick/x.qml",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "other/tests/test_module.py",
        "other/module.pyi",
        "bin/pyside6-designer",
    ]
    for name in (*kept, *dropped):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    trim_site(tmp_path)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()) == sorted(
        kept
    )


def test_the_desktop_knows_both_faces_and_every_kind_of_file(qapp: Any, tmp_path: Path) -> None:
    write_share(tmp_path / "share")
    office = (tmp_path / "share/applications/huimin.desktop").read_text("utf-8")
    kiosk = (tmp_path / "share/applications/huimin-kiosk.desktop").read_text("utf-8")
    assert "Exec=huimin open %f\n" in office and "Exec=huimin kiosk\n" in kiosk
    mime = ElementTree.parse(tmp_path / "share/mime/packages/huimin.xml").getroot()
    globs = [one.attrib["pattern"] for one in mime.iter() if one.tag.endswith("glob")]
    assert globs == ["*.hmb", "*.hme", "*.hmbak", "*.hmu"]
    for kind in KINDS:
        assert f"application/x-huimin-{kind};" in office
        assert (
            (tmp_path / f"share/icons/hicolor/48x48/mimetypes/application-x-huimin-{kind}.png").stat().st_size
        )
    for name in ("huimin", "huimin-kiosk"):
        assert (tmp_path / f"share/icons/hicolor/256x256/apps/{name}.png").stat().st_size > 500


def test_the_launcher_starts_the_version_that_is_named(tmp_path: Path) -> None:
    place = installed(tmp_path / "程序 文件夹")
    write_program(place.base / "huimin", LAUNCHER)
    (tmp_path / "link").symlink_to(place.base / "huimin")
    for call in (place.base / "huimin", tmp_path / "link"):
        done = subprocess.run([str(call)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == FIRST
    place.pointer.unlink()
    done = subprocess.run([str(tmp_path / "link")], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "install again" in done.stderr


def test_the_same_folder_gives_the_same_archive(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        place = installed(tmp_path / name / "tree")
        set_times(place.base, 1_700_000_000)
        made = write_archive(place.base, "huimin", tmp_path / name, 1_700_000_000)
        digests.add(hashlib.sha256(made.read_bytes()).hexdigest())
    assert len(digests) == 1


def small_tree(folder: Path) -> Path:
    """What a package holds, in small: a library, the program, a script, and byte code of both."""
    site = folder / "site"
    for name in ("library/__init__.py", "library/b.py", "app/a.py"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        words = f"NAMES = {{'one', 'two', 'three', '{name}'}}\n\n\ndef told():\n    return NAMES & {{'one', 'b'}}\n"
        (site / name).write_text(words, encoding="utf-8")
        if name == "library/b.py":
            compile_libraries(site)
    write_program(folder / "run", "#!/bin/sh\n")
    compile_all(folder)
    set_times(folder, 1_700_000_000)
    return folder


def test_the_same_tree_gives_the_same_package(tmp_path: Path) -> None:
    """Made in two folders, at two times, each byte of the .deb is the same."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is not on this machine")
    digests = set()
    for name in ("one", "two 二"):
        work = tmp_path / name
        tree, share = small_tree(work / "tree"), work / "share"
        (tree / "current").touch()
        share.mkdir()
        (share / "huimin.desktop").write_text("[Desktop Entry]\n", encoding="utf-8")
        made = write_deb(AMD64, tree, share, ["libc6"], work, 1_700_000_000)
        digests.add(hashlib.sha256(made.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_libraries_come_as_byte_code_and_the_program_with_its_sources(tmp_path: Path) -> None:
    small_tree(tmp_path)
    found = sorted(path.relative_to(tmp_path / "site").as_posix() for path in tmp_path.rglob("*.py*"))
    tag = sys.implementation.cache_tag
    assert found == [f"app/__pycache__/a.{tag}.pyc", "app/a.py", "library/__init__.pyc", "library/b.pyc"]
    code = "import library.b, app.a; print(sorted(library.b.told() | app.a.told()))"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['one']"


def test_the_setup_lists_its_files_in_one_order_like_beside_like(tmp_path: Path) -> None:
    for name in ("b/two.dll", "a.txt", "b/one.dll", "b/c/three.pyc", "a/x.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    lines = file_list(tmp_path).splitlines()
    assert [line.split("/")[-1].rstrip('"') for line in lines if line.startswith("File")] == [
        "one.dll",
        "two.dll",
        "x.pyc",
        "three.pyc",
        "a.txt",
    ]
    assert lines[0] == 'SetOutPath "$INSTDIR\\b"' and 'SetOutPath "$INSTDIR\\b\\c"' in lines
    assert lines[-2] == 'SetOutPath "$INSTDIR"'


def test_pythons_own_library_is_repacked_and_what_nobody_loads_is_left_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "python311.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("os.pyc", (2024, 4, 2, 0, 0, 0)), b"code" * 500)
    for name in ("python311.dll", "sqlite3.dll", "_sqlite3.pyd", "python.cat"):
        (tmp_path / name).touch()
    lighten_python(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["python311.dll", "python311.zip"]
    with zipfile.ZipFile(tmp_path / "python311.zip") as loose:
        [part] = loose.infolist()
        assert loose.read(part) == b"code" * 500 and part.compress_type == zipfile.ZIP_STORED
        assert part.date_time == (2024, 4, 2, 0, 0, 0)


@pytest.mark.skipif(shutil.which(STRIP) is None, reason=f"{STRIP} is not on this machine")
def test_symbols_are_stripped_only_where_the_file_still_loads(tmp_path: Path) -> None:
    """The running Python's own file keeps loading; one whose parts would be out of place stays as it came."""
    real = tmp_path / "python.so"
    shutil.copy(Path(sys.executable).resolve(), real)
    size, asks = real.stat().st_size, read_elf(real).glibc
    odd = planted(tmp_path / "odd.so")
    before = odd.read_bytes()
    strip_symbols(tmp_path)
    assert real.stat().st_size <= size and read_elf(real).is_laid_out and read_elf(real).glibc == asks
    assert read_elf(odd).is_laid_out and len(odd.read_bytes()) <= len(before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["odd.so", "python.so"]


def test_another_python_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "python.zip").write_bytes(b"another")
    with pytest.raises(NotRight, match=PYTHON_SHA256):
        lay_windows_python(tmp_path / "python.zip", tmp_path / "python")


@pytest.mark.parametrize("name", ["tools.sh"])
def test_scripts_are_plain_sh(name: str) -> None:
    folder = Path(__file__).resolve().parent.parent.parent / "installer/packages"
    subprocess.run([shutil.which("sh") or "sh", "-n", str(folder / name)], check=True)
