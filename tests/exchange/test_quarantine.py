"""What may come into quarantine: a plain file of a bundle's size at most, whatever the medium says of it (case 43)."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from app.bundle.faults import TooBig
from app.errors import Refused
from app.services.exchange import quarantine
from app.services.exchange.quarantine import kept_file, take_in

KERNELS_WORD = Path("/proc/self/status")
"""A file of some hundred bytes whose size is told as 0."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "quarantine"
    made.mkdir()
    return made


def refused(file: Path, folder: Path) -> Refused:
    """The refusal of a file, which leaves nothing behind."""
    with pytest.raises(Refused) as refusal:
        take_in(file, folder)
    assert list(folder.iterdir()) == []
    return refusal.value


def test_a_file_is_kept_under_its_hash(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.hmb").write_bytes(b"some bytes")
    assert take_in(tmp_path / "a.hmb", folder) == hashlib.sha256(b"some bytes").hexdigest()
    [kept] = folder.iterdir()
    assert kept == kept_file(folder, hashlib.sha256(b"some bytes").hexdigest())
    assert kept.read_bytes() == b"some bytes"


def test_a_file_that_no_bundle_can_be_is_told_by_its_size_and_not_by_the_room_it_wants(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "FILE_BYTES", 1000)
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=500))
    (tmp_path / "a.hmb").write_bytes(bytes(1001))
    assert isinstance(refused(tmp_path / "a.hmb", folder), TooBig)


def test_case_43_a_file_that_finds_no_room_is_refused_before_it_is_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=999))
    (tmp_path / "a.hmb").write_bytes(bytes(1000))
    refusal = refused(tmp_path / "a.hmb", folder)
    assert refusal.code == "E502" and "需要 1 MB" in refusal.message


@pytest.mark.skipif(not KERNELS_WORD.is_file(), reason="this system has no such file")
def test_a_file_that_gives_more_bytes_than_were_said_is_stopped_where_a_bundle_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert KERNELS_WORD.stat().st_size == 0
    monkeypatch.setattr(quarantine, "FILE_BYTES", 100)
    assert isinstance(refused(KERNELS_WORD, folder), TooBig)


def test_a_device_is_never_opened(folder: Path) -> None:
    assert refused(Path(os.devnull), folder).code == "E734"


def test_a_file_that_is_gone_is_said_to_be_unreadable(folder: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.hmb", folder).code == "E734"
