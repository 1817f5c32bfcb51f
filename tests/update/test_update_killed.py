"""A kill at any step of an update or of going back: a whole version starts, data are unchanged, and it can be done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.paths import DataDir
from app.services.office.health import Health
from app.services.office.left_place import finish_putting_back
from app.services.office.office import has_office, open_office
from app.services.update.install import install_update
from app.services.update.installation import Installation
from app.services.update.roll_back import roll_back
from tests.killing import KILLS, kills, needs_fork, put_aside
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.update.small_program import FIRST, SECOND, Maker, contents, installed, started
from tests.update.test_roll_back import newer_data, with_backup


@needs_fork
def test_a_killed_update_leaves_a_version_that_starts_and_can_be_repeated(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "maker")
    root = tmp_path / "at"
    place = installed(root / "program")
    data = root / "data"
    data.mkdir()
    (data / "office.db").write_bytes(b"data")
    file = maker.update()
    prepare = put_aside(root, tmp_path / "saved")
    ended: set[str] = set()
    for _ in kills(root, lambda: _install(place, file, maker), prepare):
        ended.add(started(place))
        assert contents(data) == {"office.db": b"data"}
        if started(place) == FIRST:
            _install(place, file, maker)
        assert started(place) == SECOND and place.named() == (SECOND, FIRST)
    assert FIRST in ended


def _install(place: Installation, file: Path, maker: Maker) -> None:
    install_update(place, file, maker.keys)


@needs_fork
def test_a_killed_way_back_leaves_a_whole_office_and_a_version_that_starts(
    county: Desk,
    tmp_path: Path,
) -> None:
    backup = with_backup(county)
    county.office.close()
    data = newer_data(county.office.data)
    root = data.root.parent
    place = installed(root / "program")
    maker = Maker(tmp_path / "maker")
    install_update(place, maker.update(schema="9999"), maker.keys)
    kept = contents(data.root)
    prepare = put_aside(root, tmp_path.parent / f"{tmp_path.name}-saved")
    for turn, _ in enumerate(kills(root, _going_back(place, data, backup), prepare, KILLS)):
        finish_putting_back(data)
        assert started(place) in (FIRST, SECOND) and has_office(data)
        whole = [contents(folder) == kept for folder in (data.root, _aside(data)) if folder.exists()]
        assert any(whole)
        if started(place) == SECOND:
            roll_back(place, data, backup, "Yanhu-2022")
        assert started(place) == FIRST
        if turn % 7:  # opening takes a second
            continue
        office, actor = open_office(data, "admin", "Yanhu-2022", county.clock)
        try:
            assert {item.key: item.is_good for item in office.ask(Health(), actor)}["database"]
        finally:
            office.close()


def _going_back(place: Installation, data: DataDir, backup: Path) -> Callable[[], None]:
    def work() -> None:
        roll_back(place, data, backup, "Yanhu-2022")

    return work


def _aside(data: DataDir) -> Path:
    return data.root.with_name(f"{data.root.name}-{SECOND}")
