"""Where the program's own files and an office's data lie."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


def resources() -> Path:
    """The shipped resources, in a checkout, a wheel and a frozen program alike."""
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS) / "resources"  # type: ignore[attr-defined]
    package = Path(__file__).resolve().parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


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
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"
