"""Uses that break elsewhere: odd C runtimes, names of users, long paths, read-only programs, networks, two users."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import Refused
from app.kernel.log_on import autostart_entry, entry_call, start_kiosk_at_log_on, write_entry
from app.network_place import is_on_network, is_share, refuse_network_place
from app.paths import DataDir
from app.services.office.office import open_office
from app.services.office.set_up import make_office
from app.services.update.install import install_update
from tests.architecture.tree import program
from tests.services.conftest import COUNTY, Desk, county, make_desk  # noqa: F401
from tests.update.small_program import FIRST, Maker, installed, started

ROOT = Path(__file__).resolve().parent.parent.parent


def test_no_format_of_time_has_chinese_in_it() -> None:
    """A C runtime of Windows refuses such a format; numbers are formatted and the words written beside them."""
    faults = []
    for source in program():
        for node in source.nodes:
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                texts = [one.value for one in node.format_spec.values if isinstance(one, ast.Constant)]
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "strftime":
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            else:
                continue
            faults += [f"{source.name}:{node.lineno}" for text in texts if not str(text).isascii()]
    assert not faults, faults


def run_plain(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The program without UTF-8 mode, in the plain C locale, with another encoding for its streams."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    environment |= {"HOME": str(folder), "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-X", "utf8=0", "-m", "app", *words]
    return subprocess.run(call, capture_output=True, cwd=folder, env=environment, check=False)


@pytest.mark.parametrize("words", [("--help",), ("packs",)])
def test_without_utf8_mode_chinese_is_written(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run_plain(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert any("\u4e00" <= sign <= "\u9fff" for sign in done.stdout.decode("utf-8"))


def test_a_user_whose_name_has_chinese_and_spaces_has_an_office(county: Desk, tmp_path: Path) -> None:
    data = DataDir(tmp_path / "张 三 (司法所)" / "应用 数据" / "huimin")
    make_office(data, COUNTY, county.clock).office.close()
    open_office(data, COUNTY.admin, COUNTY.password, county.clock)[0].close()


def test_a_path_of_240_characters_has_an_office(county: Desk, tmp_path: Path) -> None:
    root = tmp_path
    while len(str(root)) < 200:
        root /= "long-name-of-a-folder"
    root /= "x" * (239 - len(str(root)))
    assert len(str(root)) == 240
    data = DataDir(root)
    make_office(data, COUNTY, county.clock).office.close()
    open_office(data, COUNTY.admin, COUNTY.password, county.clock)[0].close()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of files are others on this system")
def test_a_read_only_program_folder_is_said_before_anything_is_copied(tmp_path: Path) -> None:
    maker, place = Maker(tmp_path / "maker"), installed(tmp_path / "program")
    file = maker.update()
    # Root may write anywhere but on what is mounted so; the folder's name taken by a file stops everybody.
    (place.base / "may-write.part").mkdir()
    with pytest.raises(Refused, match="E974"):
        install_update(place, file, maker.keys)
    assert started(place) == FIRST and not place.incoming.exists()


MOUNTS = """21 1 8:1 / / rw - ext4 /dev/sda1 rw
40 21 0:40 / /users/li\\040si rw - nfs4 server:/users rw
41 40 8:2 / /users/li\\040si/own rw - ext4 /dev/sdb1 rw
42 21 0:42 / /media/share rw - cifs //server/share rw
"""


@pytest.mark.parametrize(
    ("folder", "is_remote"),
    [
        ("/users/zhang/.local/share/huimin", False),
        ("/users/li si/.local/share/huimin", True),
        ("/users/li si/own/huimin", False),
        ("/media/share/huimin", True),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="mounts of Linux")
def test_data_on_a_network_are_refused(tmp_path: Path, folder: str, is_remote: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_on_network(Path(folder), mounts) is is_remote
    if is_remote:
        with pytest.raises(Refused, match="E978"):
            refuse_network_place(Path(folder), mounts)


@pytest.mark.parametrize(
    ("place", "is_remote"),
    [
        ("C:\\Users\\张 三\\AppData\\Local\\huimin", False),
        ("\\\\server\\home\\张三\\huimin", True),
        ("\\\\?\\C:\\Users\\a\\huimin", False),
        ("\\\\?\\UNC\\server\\home\\huimin", True),
    ],
)
def test_a_windows_share_is_known_by_its_name(place: str, is_remote: bool) -> None:
    assert is_share(place) is is_remote


def test_no_office_is_made_or_opened_on_a_network(
    county: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    county.office.close()
    monkeypatch.setattr("app.network_place.is_on_network", lambda *_: True)
    with pytest.raises(Refused, match="E978"):
        make_office(DataDir(tmp_path / "new"), COUNTY, county.clock)
    with pytest.raises(Refused, match="E978"):
        open_office(county.office.data, COUNTY.admin, COUNTY.password, county.clock)
    assert not (tmp_path / "new").exists()


def test_data_that_a_later_program_wrote_are_refused_with_the_way_out(county: Desk) -> None:
    """As when a computer gets an older setup; asked again, the answer is the same."""
    data = county.office.data
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    county.office.close()
    with pytest.raises(Refused, match=r"E908.*9999.*升级程序.*备份"):
        open_office(data, COUNTY.admin, COUNTY.password, county.clock)
    with pytest.raises(Refused, match="E908"):
        open_office(data, COUNTY.admin, COUNTY.password, county.clock)


def test_two_users_of_one_computer_have_an_office_each(tmp_path: Path) -> None:
    """One program folder, two homes: neither sees the other's data, and neither may write the program's folder."""
    code = "from app.paths import default_data_dir; print(default_data_dir())"
    places = set()
    for user in ("甲", "乙 丙"):
        home = tmp_path / user
        environment = {
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "PYTHONUTF8": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment, check=True, encoding="utf-8"
        )
        assert done.stdout.startswith(str(home))
        places.add(done.stdout)
    assert len(places) == 2


def test_the_kiosks_start_at_log_on_is_an_entry_of_the_user(tmp_path: Path) -> None:
    entry = tmp_path / "autostart" / "huimin-kiosk.desktop"
    write_entry(entry, entry_call('"/a b/huimin" --data-dir "/数据 100%/x$y" kiosk'))
    text = entry.read_text(encoding="utf-8")
    assert 'Exec="/a b/huimin" --data-dir "/数据 100%%/x\\\\$y" kiosk\n' in text
    write_entry(entry, "")
    write_entry(entry, "")
    assert not entry.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a key of its registry for it")
def test_only_an_installed_program_starts_its_kiosk_at_log_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "设置"))
    data = DataDir(tmp_path / "数据")
    start_kiosk_at_log_on(data, is_wanted=True)
    assert not autostart_entry().exists()
    monkeypatch.setattr("app.kernel.log_on.program_base", lambda: tmp_path / "program")
    start_kiosk_at_log_on(data, is_wanted=True)
    text = autostart_entry().read_text(encoding="utf-8")
    assert f'Exec="{tmp_path}/program/huimin" --data-dir "{data.root}" kiosk\n' in text
    start_kiosk_at_log_on(data, is_wanted=False)
    assert not autostart_entry().exists()
