"""A county and stations that exchange real bundles, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from app.clock import SetClock, local_to_utc
from app.kernel.permissions import Actor
from app.paths import DataDir
from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office
from app.services.exchange.export import ExportBundles, Exported
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receive import ImportBundles
from app.services.office.office import Office
from app.services.office.set_up import NewOffice
from tests.office_copies import START, copied_office

JIEZHOU, LONGJU = "140802100", "140802101"
NOT_BUSINESS = {"journal", "received_bundle", "security_event", "pending", "setting"}


@dataclass
class Place:
    """One office on its own disk, with a stick."""

    office: Office
    actor: Actor
    clock: SetClock
    stick: Path

    def do(self, command: Any, actor: Actor | None = None) -> Any:
        """Carry out a command, as the administrator unless somebody else is named."""
        return self.office.do(command, actor or self.actor).value

    def ask(self, query: Any) -> Any:
        """Answer a query."""
        return self.office.ask(query, self.actor)

    def export(self, site: str = "") -> tuple[Exported, ...]:
        """Write bundles to the stick."""
        return self.do(ExportBundles(self.stick, site))

    def take(self, *files: str | Path) -> list[BundleOutcome]:
        """Import bundle files."""
        return list(self.do(ImportBundles(tuple(Path(file) for file in files))))

    def digest(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every business table."""
        with self.office.database.reader.connect() as connection:
            return {
                name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
                for name in inspect(connection).get_table_names()
                if name not in NOT_BUSINESS
            }

    def count(self, table: str) -> int:
        """Rows of a table."""
        with self.office.database.reader.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


def make_county(folder: Path, code: str = "140802", name: str = "盐湖区司法局") -> Place:
    """A county bureau."""
    clock = SetClock(local_to_utc(START))
    new = NewOffice(
        code=code,
        name=name,
        level="县",
        parent="1408",
        pack="yuncheng-2022",
        admin="admin",
        password="County-2022",
    )
    made = copied_office(new, folder / code, clock)
    stick = folder / f"stick-{code}"
    stick.mkdir()
    return Place(made.office, made.office.actor_of("admin"), clock, stick)


def make_city(folder: Path) -> Place:
    """The city's bureau above the county."""
    clock = SetClock(local_to_utc(START))
    new = NewOffice(
        code="1408",
        name="运城市司法局",
        level="市",
        parent="",
        pack="yuncheng-2022",
        admin="admin",
        password="Town-City-2022",
    )
    made = copied_office(new, folder / "1408", clock)
    stick = folder / "stick-1408"
    stick.mkdir()
    return Place(made.office, made.office.actor_of("admin"), clock, stick)


def enrol(county: Place, folder: Path, code: str) -> Place:
    """Invite, answer, admit: a station's office that the county knows."""
    clock = SetClock(county.clock.at)
    stick = folder / f"stick-{code}"
    stick.mkdir()
    county.do(InviteSite(code, stick / "invitation.hme"))
    office, _, _ = enrol_office(
        DataDir(folder / code), stick / "invitation.hme", stick / "answer.hme", "admin", "Station-2022", clock
    )
    county.do(AdmitSite(stick / "answer.hme"))
    return Place(office, office.actor_of("admin"), clock, stick)
