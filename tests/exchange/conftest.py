"""A county and stations, set up once and copied for each test, for setting one up takes long on purpose."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.clock import SetClock
from app.paths import DataDir
from app.services.office.office import Office
from tests.exchange.offices import JIEZHOU, LONGJU, Place, enrol, make_county
from tests.office_copies import ON_SERVER

COUNTY = "140802"
Copies = Callable[[Path], tuple[Place, Place, Place]]


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Makes fresh copies of a county and of two admitted stations below a folder."""
    root = tmp_path_factory.mktemp("offices")
    county = make_county(root)
    places = {COUNTY: county, JIEZHOU: enrol(county, root, JIEZHOU), LONGJU: enrol(county, root, LONGJU)}
    kept = {code: (place.office.safe.key, place.actor, place.clock.at) for code, place in places.items()}
    for place in places.values():
        place.office.close()

    def copy(folder: Path) -> tuple[Place, Place, Place]:
        made = []
        for code, (key, actor, at) in kept.items():
            shutil.copytree(root / code, folder / code)
            if os.environ.get(ON_SERVER) and code == COUNTY:
                from tests.server_offices import put_on_server

                put_on_server(DataDir(folder / code), key, copy)
            stick, clock = folder / f"stick-{code}", SetClock(at)
            stick.mkdir()
            made.append(Place(Office(DataDir(folder / code), key, clock), actor, clock, stick))
        return made[0], made[1], made[2]

    return copy


@pytest.fixture
def three(copies: Copies, tmp_path: Path) -> Iterator[tuple[Place, Place, Place]]:
    """The county, 解州 and 龙居."""
    places = copies(tmp_path)
    yield places
    for place in places:
        place.office.close()
