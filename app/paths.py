"""Where the program's own files and an office's data lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The shipped resources, in a checkout, a wheel and an installed program alike; a running program stays where it is."""
    package = Path(__file__).resolve().parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


def program_base() -> Path | None:
    """The folder that holds the versions side by side and the file `current`; None where the program is not installed.

    In an installed version this module lies in <base>/versions/<version>/site/app.
    """
    version = Path(__file__).resolve().parent.parent.parent
    return version.parent.parent if (version / "release.json").is_file() else None


def default_data_dir() -> Path:
    """Where the office's data lie unless told otherwise."""
    from platformdirs import user_data_path

    return user_data_path("huimin", appauthor=False)


@dataclass(frozen=True)
class DataDir:
    """The files of one office below its data directory."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "office.db"

    @property
    def updates(self) -> Path:
        """The updates that a bureau hands down."""
        return self.root / "updates"

    @property
    def server(self) -> Path:
        """In place of the database: the address of a server that holds the tables, its password sealed."""
        return self.root / "server.json"

    @property
    def next_server(self) -> Path:
        """The same under the next database key."""
        return self.root / "server.json.next"

    @property
    def tables(self) -> Path:
        """What stands for the office's tables: the server's address, else the database."""
        return self.server if self.server.exists() else self.database

    @property
    def moving(self) -> DataDir:
        """Where the tables of an office lie that are about to move to another engine; gone afterwards."""
        return DataDir(self.root / "moving")

    @property
    def keys(self) -> Path:
        """Key slots: the database key wrapped once per way of opening it."""
        return self.root / "keys.json"

    @property
    def site_keys(self) -> Path:
        """The site's signing key and age identity, wrapped by the database key."""
        return self.root / "site-keys.json"

    @property
    def restored(self) -> Path:
        """Lies beside a database that comes from a backup until its new epoch has begun."""
        return self.root / "restored.json"

    @property
    def renewal(self) -> Path:
        """Somebody wants new site keys; it becomes `restored` once nobody has the office open."""
        return self.root / "renewal.json"

    @property
    def next_epoch_keys(self) -> Path:
        """The site keys of the epoch that is about to begin."""
        return self.root / "site-keys.json.epoch"

    @property
    def next_database(self) -> Path:
        """The database under its next key, until it takes the place of the present one."""
        return self.root / "office.db.next"

    @property
    def next_site_keys(self) -> Path:
        """The site keys wrapped by the next database key."""
        return self.root / "site-keys.json.next"

    @property
    def opening_lock(self) -> Path:
        """Held by a program while it opens the office or changes its key."""
        return self.root / "opening.lock"

    @property
    def presence_lock(self) -> Path:
        """Held by each program for as long as it has the office open."""
        return self.root / "office.lock"

    @property
    def written_by(self) -> Path:
        """Which schema the database has, for versions that cannot open it."""
        return self.root / "written-by.json"

    @property
    def logins(self) -> Path:
        """Failed logins before the database opens, one JSON line each; append-only."""
        return self.root / "logins.jsonl"

    @property
    def kept_out(self) -> Path:
        """Accounts that were disabled, one JSON line a change; outlives the database."""
        return self.root / "kept-out.jsonl"

    @property
    def high_water(self) -> Path:
        """How far the streams were at the last export."""
        return self.root / "high-water.json"

    @property
    def draft(self) -> DataDir:
        """Where a new office is set up until it is whole; gone afterwards."""
        return DataDir(self.root / "setting-up")

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def outbox(self) -> Path:
        """Bundles that wait to be delivered."""
        return self.root / "outbox"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"
