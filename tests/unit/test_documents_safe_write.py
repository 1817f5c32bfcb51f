"""Output files: the old one or the whole new one, and a plain sentence when it cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.safe_write import CannotWrite, check_room, open_safely, second_name, write_safely

OLD, NEW = b"old", b"new" * 1000


def test_p35_a_file_is_replaced_whole_and_no_part_is_left(tmp_path: Path) -> None:
    path = tmp_path / "发放表.xlsx"
    path.write_bytes(OLD)
    assert write_safely(path, NEW) == path
    assert path.read_bytes() == NEW and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mark", ["~$发放表.xlsx", ".~lock.发放表.xlsx#", ".~发放表.xlsx"])
def test_p45_a_file_open_in_a_spreadsheet_program_is_refused_with_a_second_name(
    tmp_path: Path, mark: str
) -> None:
    path = tmp_path / "发放表.xlsx"
    path.write_bytes(OLD)
    (tmp_path / mark).write_bytes(b"")
    with pytest.raises(CannotWrite) as refused:
        write_safely(path, NEW)
    assert refused.value.code == "E501" and "发放表 (2).xlsx" in refused.value.message
    assert refused.value.second == tmp_path / "发放表 (2).xlsx"
    assert path.read_bytes() == OLD
    assert write_safely(refused.value.second, NEW).read_bytes() == NEW


def test_p45_a_folder_of_that_name_is_refused_with_a_second_name(tmp_path: Path) -> None:
    (tmp_path / "发放表.xlsx").mkdir()
    with pytest.raises(CannotWrite, match="E501"):
        write_safely(tmp_path / "发放表.xlsx", NEW)


def test_p36_no_room_is_said_before_a_byte_is_written(tmp_path: Path) -> None:
    needed = shutil.disk_usage(tmp_path).free + 1024**3
    with pytest.raises(CannotWrite) as refused:
        check_room(tmp_path, needed)
    assert refused.value.code == "E502" and f"需要 {-(-needed // 1024**2)} MB" in refused.value.message


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_p36_a_disk_that_fills_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "发放表.xlsx"
    path.write_bytes(OLD)
    (tmp_path / "发放表.xlsx.part").symlink_to("/dev/full")
    with pytest.raises(CannotWrite) as refused:
        write_safely(path, NEW)
    assert refused.value.code == "E502" and "MB" in refused.value.message
    assert path.read_bytes() == OLD and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_or_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="E503"):
        write_safely(tmp_path / "没有" / "a.pdf", NEW)
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(CannotWrite, match="E503"):
        write_safely(tmp_path / "文件" / "a.pdf", NEW)


def test_a_file_that_does_not_open_again_never_takes_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(OLD)

    def verify(part: Path) -> None:
        raise ValueError(part.name)

    with pytest.raises(CannotWrite, match="E504"):
        write_safely(path, NEW, verify)
    assert path.read_bytes() == OLD and list(tmp_path.iterdir()) == [path]


def test_a_fault_of_the_writer_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_safely(tmp_path / "a.hmb") as stream:
        stream.write(NEW)
        raise KeyError
    assert not list(tmp_path.iterdir())


def test_second_names_go_on_counting(tmp_path: Path) -> None:
    (tmp_path / "a (2).pdf").write_bytes(b"")
    assert second_name(tmp_path / "a.pdf").name == "a (3).pdf"
