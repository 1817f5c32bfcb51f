"""Restoring a backup: opened with its key, whole or not at all wherever it is killed, and nothing that is no backup."""

from __future__ import annotations

import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.office import has_office, open_office
from app.services.office.restore import restore_backup
from app.services.office.set_up import make_office
from tests.killing import killed_at, needs_fork
from tests.services.conftest import COUNTY, Desk

MEGABYTE = 1024 * 1024


@pytest.fixture
def backup(county: Desk) -> Path:
    """A backup of 盐湖区; its office is closed."""
    made = Path(county.do(BackUp()).file)
    county.office.close()
    return made


def refusal(data: DataDir, file: Path, secret: str = "") -> str:
    """The code; nothing is left behind."""
    with pytest.raises(Refused) as refused:
        restore_backup(data, file, secret)
    assert not has_office(data) and not data.draft.root.exists()
    assert not data.keys.exists() and not data.site_keys.exists()
    return refused.value.code


def altered(backup: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The backup with one member changed, and its checksum with it."""
    file = backup.with_name("altered.hmbak")
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(file, "w") as made:
        for one in whole.namelist():
            data = whole.read(one)
            made.writestr(one, change(data) if one == name else data)
    return file


@pytest.mark.parametrize("secret", ["password", "recovery"])
def test_a_backup_is_opened_with_its_key_before_it_is_in_place(
    county: Desk, tmp_path: Path, secret: str
) -> None:
    file = Path(county.do(BackUp()).file)
    typed = {"password": COUNTY.password, "recovery": county.recovery.lower()}[secret]
    data = DataDir(tmp_path / "new")
    done = restore_backup(data, file, typed)
    assert (done.file, done.is_opened) == (file.name, True)
    for path in (data.database, data.keys, data.site_keys):
        assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not data.draft.root.exists()
    open_office(data, COUNTY.admin, COUNTY.password, county.clock)[0].close()
    assert refused_code(lambda: restore_backup(data, file)) == "E912"


def refused_code(work: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def test_a_wrong_password_restores_nothing(backup: Path, tmp_path: Path) -> None:
    assert refusal(DataDir(tmp_path / "new"), backup, "falsch-123") == "E936"


def test_case_67_a_damaged_page_in_a_backup_is_found_with_the_key(
    backup: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def flip(data: bytes) -> bytes:
        place = len(data) // 4096 // 2 * 4096 + 1000
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    file = altered(backup, "office.db", flip)
    assert refusal(DataDir(tmp_path / "new"), file, COUNTY.password) == "E945"
    assert capfd.readouterr().err == ""


@needs_fork
def test_a_kill_at_any_step_leaves_the_old_state_or_the_office_and_never_a_contradiction(
    county: Desk, backup: Path, tmp_path: Path
) -> None:
    step, done = 0, False
    while not done:
        step += 1
        data = DataDir(tmp_path / f"killed-{step}")
        done = not killed_at(step, data.root, lambda data=data: str(restore_backup(data, backup)))[0]
        if has_office(data):
            assert refused_code(lambda data=data: restore_backup(data, backup)) == "E912"
        else:
            assert refused_code(lambda data=data: open_office(data, "a", "b", county.clock)) == "E911"
            restore_backup(data, backup)
        assert not data.draft.root.exists()
        assert sorted(path.name for path in data.root.iterdir()) == [
            "keys.json",
            "logins.jsonl",
            "office.db",
            "restored.json",
            "setting-up.lock",
            "site-keys.json",
        ]
        if step % 8 == 0 or done:
            open_office(data, COUNTY.admin, COUNTY.password, county.clock)[0].close()
    assert step > 10


def test_a_set_up_after_a_killed_restore_starts_anew(county: Desk, backup: Path, tmp_path: Path) -> None:
    data = DataDir(tmp_path / "new")
    data.draft.root.mkdir(parents=True)
    (data.draft.root / "office.db.part").write_bytes(b"half")
    data.keys.write_bytes(b"moved already")
    make_office(data, COUNTY, county.clock).office.close()
    assert refused_code(lambda: restore_backup(data, backup)) == "E912"


@pytest.mark.parametrize("name", ["keys", "database"])
def test_half_an_office_is_neither_opened_nor_overwritten(
    county: Desk, backup: Path, tmp_path: Path, name: str
) -> None:
    data = DataDir(tmp_path / "new")
    data.root.mkdir()
    half: Path = getattr(data, name)
    half.write_bytes(b"all that is left")
    for work in (
        lambda: restore_backup(data, backup),
        lambda: open_office(data, "a", "b", county.clock),
        lambda: make_office(data, COUNTY, county.clock),
    ):
        assert refused_code(work) == "E937"
    assert half.read_bytes() == b"all that is left"


@contextmanager
def bounded(most: int) -> Iterator[None]:
    """Fails when more bytes are held at once than that."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most, f"{peak // MEGABYTE} MB"


def random_zip(file: Path, backup: Path) -> None:
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("photo.jpg", b"x" * 1000)


def a_gigabyte(file: Path, backup: Path) -> None:
    sparse_zip(file, b"office.db", 1024 * MEGABYTE)


def bomb(file: Path, backup: Path) -> None:
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(file, "w") as made:
        for name in ("keys.json", "site-keys.json"):
            made.writestr(name, whole.read(name))
        made.writestr("office.db", bytes(200 * MEGABYTE), zipfile.ZIP_DEFLATED, 1)


def packed(file: Path, backup: Path) -> None:
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name) if name != "office.db" else bytes(120 * MEGABYTE))


def huge_directory(file: Path, backup: Path) -> None:
    size = 300 * MEGABYTE
    with file.open("wb") as out:
        out.truncate(size)
        out.seek(size)
        out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, size, 0, 0))


def climbing(file: Path, backup: Path) -> None:
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(file, "w") as made:
        for name in whole.namelist():
            made.writestr("../office.db" if name == "office.db" else name, whole.read(name))


def doubled(file: Path, backup: Path) -> None:
    file.write_bytes(backup.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as made:
        made.writestr("keys.json", b"{}")


def torn(file: Path, backup: Path) -> None:
    file.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])


def no_zip(file: Path, backup: Path) -> None:
    file.write_bytes(b"\0" * 5000)


def flipped(file: Path, backup: Path) -> None:
    whole = bytearray(backup.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)


def deep_keys(file: Path, backup: Path) -> None:
    file.write_bytes(altered(backup, "keys.json", lambda _data: b"[" * 100_000).read_bytes())


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "make",
    [
        random_zip,
        a_gigabyte,
        bomb,
        packed,
        huge_directory,
        climbing,
        doubled,
        torn,
        no_zip,
        flipped,
        deep_keys,
    ],
    ids=lambda make: make.__name__,
)
def test_what_is_no_backup_is_refused_in_bounded_memory(
    backup: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    file = tmp_path / "file.zip"
    make(file, backup)
    with bounded(100 * MEGABYTE):
        assert refusal(DataDir(tmp_path / "new"), file, COUNTY.password) == "E915"
    assert not (tmp_path / "office.db").exists()


def sparse_zip(file: Path, name: bytes, size: int) -> None:
    """One stored member of zeros that takes no room on the disk."""
    common = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, 0, size, size, len(name), 0)
    with file.open("wb") as out:
        out.write(b"PK\3\4" + common + name)
        out.seek(size, os.SEEK_CUR)
        place = out.tell()
        out.write(b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name)
        length = out.tell() - place
        out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, length, place, 0))


def test_a_backup_that_is_gone_or_a_folder_is_said_to_be_unreadable(tmp_path: Path) -> None:
    for file in (tmp_path / "gone.hmbak", tmp_path):
        assert refusal(DataDir(tmp_path / "new"), file) == "E946"


def test_a_backup_of_gbk_name_is_restored_and_called_by_its_name(backup: Path, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode("备份.hmbak".encode("gbk"))
    file.write_bytes(backup.read_bytes())
    assert restore_backup(DataDir(tmp_path / "new"), file).file == "备份.hmbak"
    file.write_bytes(b"no backup")
    with pytest.raises(Refused, match=r"“备份\.hmbak”不是完好的备份文件"):
        restore_backup(DataDir(tmp_path / "other"), file)


def test_the_scratch_stands_beside_the_target_and_nowhere_else(
    county: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, seen = tmp_path / "stick", set()
    stick.mkdir()
    (stick / "huimin-140802-scratch").mkdir()
    (stick / "huimin-140802-scratch" / "office.db").write_bytes(b"left by a killed backup")
    opened = zipfile.ZipFile.write

    def watched(self: zipfile.ZipFile, name: Path, *rest: Any) -> None:
        seen.add(Path(name).parent)
        opened(self, name, *rest)

    monkeypatch.setattr(zipfile.ZipFile, "write", watched)
    before = {path.name for path in county.office.data.root.iterdir()}
    made = Path(county.do(BackUp(stick)).file)
    assert seen == {stick / "huimin-140802-scratch", county.office.data.root}
    assert list(stick.iterdir()) == [made]
    assert {path.name for path in county.office.data.root.iterdir()} - before == {"backup.lock"}
