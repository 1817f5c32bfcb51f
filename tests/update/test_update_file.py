"""What is no update of the maker's, or no update for this program, is refused with one sentence and changes nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from app.errors import Refused
from app.services.update.install import install_update
from app.services.update.installation import Installation, installation
from app.services.update.make import make_update
from app.services.update.update_file import MAGIC, release_keys, verified
from tests.update.small_program import (
    FIRST,
    SECOND,
    THIRD,
    Maker,
    contents,
    installed,
    started,
    version_folder,
)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path / "maker")


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return installed(tmp_path / "程序 文件夹")


def refusal(place: Installation, file: Path, keys: tuple[str, ...]) -> str:
    """The code of the refusal; the program folder is as it was, and the version before starts."""
    before = contents(place.versions), place.pointer.read_bytes()
    with pytest.raises(Refused) as refused:
        install_update(place, file, keys)
    assert (contents(place.versions), place.pointer.read_bytes()) == before
    assert started(place) == FIRST
    assert refused.value.message and "\n" not in refused.value.message
    return refused.value.code


def test_an_update_is_installed_beside_the_version_before(maker: Maker, place: Installation) -> None:
    done = install_update(place, maker.update(), maker.keys)
    assert (done.version, done.before) == (SECOND, FIRST)
    assert place.named() == (SECOND, FIRST) and started(place) == SECOND
    assert (place.folder(SECOND) / "site" / "文件 一.txt").read_text("utf-8").startswith("第 0.2.0 版")
    assert not place.incoming.exists() and not list(place.versions.glob("*.part"))
    former = place.former()
    assert former is not None and former.version == FIRST


def test_the_third_version_leaves_the_second_and_removes_the_first(maker: Maker, place: Installation) -> None:
    install_update(place, maker.update(SECOND), maker.keys)
    install_update(place, maker.update(THIRD), maker.keys)
    assert sorted(path.name for path in place.versions.iterdir()) == [SECOND, THIRD]


def test_the_same_folder_gives_the_same_update(maker: Maker, tmp_path: Path) -> None:
    tree = version_folder(tmp_path / "tree", SECOND)
    files = [
        make_update(tree, tmp_path / name, maker.secret, "同", 1)
        for name in ("a", "b")
        if not (tmp_path / name).mkdir()
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.6, 0.9, 0.999])
def test_an_altered_update_is_refused_wherever_it_was_altered(
    maker: Maker, place: Installation, share: float
) -> None:
    file = maker.update()
    data = bytearray(file.read_bytes())
    data[int(len(data) * share)] ^= 1
    file.write_bytes(bytes(data))
    assert refusal(place, file, maker.keys) in ("E966", "E967")


@pytest.mark.parametrize("kept", [0, 5, len(MAGIC), len(MAGIC) + 4, 200, -1])
def test_a_truncated_update_is_refused(maker: Maker, place: Installation, kept: int) -> None:
    file = maker.update()
    file.write_bytes(file.read_bytes()[:kept])
    assert refusal(place, file, maker.keys) == "E966"


def test_an_update_with_something_behind_it_is_refused(maker: Maker, place: Installation) -> None:
    file = maker.update()
    file.write_bytes(file.read_bytes() + b"x")
    assert refusal(place, file, maker.keys) == "E966"


def test_a_foreign_key_is_refused(maker: Maker, place: Installation, tmp_path: Path) -> None:
    stranger = Maker(tmp_path / "stranger")
    assert refusal(place, stranger.update(), maker.keys) == "E967"


def test_a_spare_key_is_as_good(maker: Maker, place: Installation, tmp_path: Path) -> None:
    spare = Maker(tmp_path / "spare")
    install_update(place, spare.update(), (*maker.keys, *spare.keys))
    assert started(place) == SECOND


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"counter": 1}, "E968"),
        ({"system": "windows"}, "E969"),
        ({"arch": "riscv64"}, "E969"),
    ],
)
def test_an_update_that_does_not_fit_is_refused(
    maker: Maker, place: Installation, changed: dict[str, object], code: str
) -> None:
    assert refusal(place, maker.update(**changed), maker.keys) == code


def test_an_older_update_is_refused(maker: Maker, tmp_path: Path) -> None:
    place = installed(tmp_path / "new", THIRD)
    with pytest.raises(Refused, match="E968"):
        install_update(place, maker.update(SECOND), maker.keys)
    assert started(place) == THIRD


def test_an_update_for_later_versions_only_is_refused(maker: Maker, place: Installation) -> None:
    assert refusal(place, maker.update(THIRD, least=2), maker.keys) == "E970"


def test_a_version_that_does_not_start_here_is_refused(maker: Maker, place: Installation) -> None:
    tree = version_folder(maker.folder / "broken", SECOND)
    (tree / "run").write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    assert refusal(place, make_update(tree, maker.folder, maker.secret, "坏", 1), maker.keys) == "E973"


def test_a_stick_that_is_gone_is_said(maker: Maker, place: Installation) -> None:
    assert refusal(place, maker.folder / "没有.hmu", maker.keys) == "E966"


def test_without_a_makers_key_nothing_is_installed(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="E965"):
        release_keys(tmp_path)
    (tmp_path / "a.pub").write_text("ab\n", encoding="utf-8")
    assert release_keys(tmp_path) == ("ab",)


def test_no_key_is_shipped_with_the_source() -> None:
    with pytest.raises(Refused, match="E965"):
        release_keys()


def test_a_checkout_is_no_installed_program(tmp_path: Path) -> None:
    for base in (None, tmp_path):
        with pytest.raises(Refused, match="E964"):
            installation(base)


def test_what_is_signed_is_read_back(maker: Maker) -> None:
    manifest = verified(maker.update(), maker.keys)
    assert (manifest.version, manifest.counter, manifest.notes) == (SECOND, 2, "第 0.2.0 版\n修正签到")
    assert manifest.files == 4


def test_a_key_that_is_none_makes_no_update(maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "bad.key").write_text("xyz", encoding="utf-8")
    with pytest.raises(Refused, match="E781"):
        make_update(version_folder(tmp_path / "t", SECOND), tmp_path, tmp_path / "bad.key", "注", 1)


@pytest.mark.parametrize(("stick", "expected"), [(FIRST, SECOND), (THIRD, THIRD)])
def test_a_package_names_its_version_unless_a_stick_brought_a_later_one(
    tmp_path: Path, stick: str, expected: str
) -> None:
    place = installed(tmp_path / "program", stick)
    version_folder(place.folder(SECOND), SECOND)
    assert place.choose(SECOND) == expected
    assert started(place) == expected


def test_the_first_package_names_its_version(tmp_path: Path) -> None:
    place = Installation(tmp_path / "program")
    version_folder(place.folder(FIRST), FIRST)
    assert place.choose(FIRST) == FIRST and place.named() == (FIRST, "")


def test_a_full_disk_is_said_with_what_is_needed(
    maker: Maker, place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = maker.update()
    usage = shutil.disk_usage(place.base)._replace(free=10)
    monkeypatch.setattr("app.safe_write.shutil.disk_usage", lambda _folder: usage)
    assert refusal(place, file, maker.keys) == "E502"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are others on this system")
def test_a_disk_that_fails_while_the_version_is_laid_leaves_the_one_before(
    maker: Maker, place: Installation
) -> None:
    import resource

    file = maker.update()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert file.stat().st_size < 4_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, before[1]))
    try:
        assert refusal(place, file, maker.keys) == "E977"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
