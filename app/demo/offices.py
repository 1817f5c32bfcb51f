"""Sets up the demonstration's county and stations, each in its own data directory with its own clock and stick."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import SetClock, local_to_utc
from app.kernel.permissions import KIOSK, Actor
from app.paths import DataDir
from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office
from app.services.exchange.export import ExportBundles
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receive import ImportBundles
from app.services.office.office import Office
from app.services.office.set_up import NewOffice, bureau_from_pack, make_office
from app.services.office.settings import ChangeSetting
from app.services.security.accounts import AddAccount
from app.values import Role

ADMIN, PASSWORD = "admin", "Huimin-demo-1"
"""The demonstration's own account; its data directories hold invented people only."""


@dataclass
class DemoOffice:
    """One office of the demonstration."""

    office: Office
    actor: Actor
    clock: SetClock
    stick: Path
    recovery: str

    @property
    def code(self) -> str:
        """Code of the office."""
        return self.office.identity.code

    def do(self, command: Any) -> Any:
        """Carry out a command as the administrator."""
        return self.office.do(command, self.actor).value

    def tap(self, command: Any) -> Any:
        """Carry out a command as the kiosk."""
        return self.office.do(command, KIOSK).value

    def ask(self, query: Any) -> Any:
        """Answer a query."""
        return self.office.ask(query, self.actor)

    def at(self, when: datetime) -> DemoOffice:
        """Set the office's clock to a local time."""
        self.clock.go_to(when)
        return self


def make_county(root: Path, pack: str, code: str, start: datetime) -> DemoOffice:
    """The bureau's office with an account for each role."""
    clock = SetClock(local_to_utc(start))
    name, level, parent = bureau_from_pack(pack, code)
    made = make_office(
        DataDir(root / "county"),
        NewOffice(
            code=code,
            name=name,
            level=level,
            parent=parent,
            pack=pack,
            admin=ADMIN,
            password=PASSWORD,
            admin_title="管理员",
        ),
        clock,
    )
    county = DemoOffice(made.office, made.office.actor_of(ADMIN), clock, _stick(root, code), made.recovery)
    for login, role, title in (
        ("shenhe", Role.reviewer, "郭晓东"),
        ("caiwu", Role.cashier, "申玉梅"),
        ("juzhang", Role.leader, "梁建平"),
        ("banshi", Role.clerk, "柴秀英"),
        ("shencha", Role.aid_reviewer, "景晓叶"),
        ("fuze", Role.aid_head, "解守宽"),
    ):
        county.do(AddAccount(login, PASSWORD, (role.value,), title))
    county.do(ChangeSetting("document_mark", "盐司通"))
    _publish_telephones(county)
    return county


def enrol(county: DemoOffice, root: Path, code: str, folder: str) -> DemoOffice:
    """Invite, answer, admit."""
    stick = _stick(root, code)
    county.do(InviteSite(code, stick / "邀请.hme"))
    clock = SetClock(county.clock.at, boot=f"boot-{code}")
    office, recovery, _ = enrol_office(
        DataDir(root / folder), stick / "邀请.hme", stick / "答复.hme", ADMIN, PASSWORD, clock
    )
    county.do(AdmitSite(stick / "答复.hme"))
    station = DemoOffice(office, office.actor_of(ADMIN), clock, stick, recovery)
    _publish_telephones(station)
    return station


def _publish_telephones(office: DemoOffice) -> None:
    """Whom to call and whom to complain to, as posters and cards print them; the numbers are invented."""
    office.do(ChangeSetting("service_phone", f"0359-2000{office.code[-2:]}1"))
    office.do(ChangeSetting("supervision_phone", "0359-2000119"))


def carry_down(county: DemoOffice, stations: Iterable[DemoOffice], bundles: Path) -> list[BundleOutcome]:
    """Export to every station and import there; copies are kept among the demonstration's bundles."""
    outcomes = []
    written = {item.recipient: Path(item.file) for item in county.do(ExportBundles(county.stick))}
    for station in stations:
        station.clock.at = max(station.clock.at, county.clock.at)
        file = written[station.code]
        shutil.copy(file, bundles)
        outcomes += station.do(ImportBundles((file,)))
    return outcomes


def carry_up(station: DemoOffice, county: DemoOffice, bundles: Path) -> list[BundleOutcome]:
    """Export at a station and import at the county."""
    [item] = station.do(ExportBundles(station.stick))
    shutil.copy(item.file, bundles)
    return list(county.do(ImportBundles((Path(item.file),))))


def _stick(root: Path, code: str) -> Path:
    stick = root / "sticks" / code
    stick.mkdir(parents=True)
    return stick
