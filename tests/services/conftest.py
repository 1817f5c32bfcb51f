"""Real offices on real files for service tests: a county bureau and one of its stations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.bundle.keys import EscrowKey
from app.clock import SetClock, local_to_utc
from app.kernel.permissions import Actor
from app.services.office.office import Office
from app.services.office.set_up import NewOffice
from tests.office_copies import START, copied_office

ESCROW = EscrowKey.generate()

COUNTY = NewOffice(
    code="140802",
    name="盐湖区司法局",
    level="县",
    parent="1408",
    pack="yuncheng-2022",
    admin="admin",
    password="Yanhu-2022",
    admin_title="管理员",
)
STATION = NewOffice(
    code="140802100",
    name="盐湖区解州镇公共法律服务工作站",
    level="站",
    parent="140802",
    pack="yuncheng-2022",
    escrow=ESCROW.recipient,
    admin="admin",
    password="Jiezhou-2022",
    admin_title="管理员",
)


@dataclass
class Desk:
    """An open office with its administrator and a clock that tests set."""

    office: Office
    actor: Actor
    clock: SetClock
    recovery: str

    def do(self, command: Any, actor: Actor | None = None) -> Any:
        """Carry out a command as the administrator, or as somebody else."""
        return self.office.do(command, actor or self.actor).value

    def ask(self, query: Any, actor: Actor | None = None) -> Any:
        """Answer a query as the administrator, or as somebody else."""
        return self.office.ask(query, actor or self.actor)


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Make an office in its own directory; closed at the end."""
    made: list[Desk] = []

    def make(new: NewOffice, name: str) -> Desk:
        clock = SetClock(local_to_utc(START))
        opened = copied_office(new, tmp_path / name, clock)
        made.append(Desk(opened.office, opened.office.actor_of(new.admin), clock, opened.recovery))
        return made[-1]

    yield make
    for desk in made:
        desk.office.close()


@pytest.fixture
def county(make_desk: Callable[..., Desk]) -> Desk:
    """盐湖区 as a bureau with its centre and stations, at 2022-05-10 09:00."""
    return make_desk(COUNTY, "county")


@pytest.fixture
def station(make_desk: Callable[..., Desk]) -> Desk:
    """解州镇's own office, not yet enrolled anywhere."""
    return make_desk(STATION, "station")
