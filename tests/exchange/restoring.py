"""Offices that lose their disk and come back from a backup, for tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import text

from app.paths import DataDir
from app.services.exchange.approve import Approved, ApproveEpoch
from app.services.office.back_up import BackUp
from app.services.office.office import Office
from app.services.office.restore import restore_backup
from tests.exchange.offices import Place


def backed_up(place: Place) -> Path:
    """A backup, kept where the disk's loss does not reach it."""
    made = Path(place.do(BackUp()).file)
    kept = place.stick / f"kept-{made.name}"
    shutil.copyfile(made, kept)
    return kept


def restored(place: Place, backup: Path) -> Place:
    """The same place after its disk was lost and the backup restored; the place passed in is gone."""
    place.office.close()
    root, key = place.office.data.root, place.office.safe.key
    shutil.rmtree(root)
    return reopened(place, DataDir(root), backup, key)


def reopened(place: Place, data: DataDir, backup: Path, key: bytes) -> Place:
    """The backup restored into a directory, opened."""
    restore_backup(data, backup)
    office = Office(data, key, place.clock)
    return Place(office, place.actor, place.clock, place.stick)


def approve(place: Place, partner: Place) -> Approved:
    """The partner reads its fingerprint out by telephone."""
    keys = partner.office.safe.site_keys.public
    done: Approved = place.do(ApproveEpoch(partner.office.identity.code, keys.fingerprint))
    return done


def rows(place: Place, query: str) -> list[tuple[object, ...]]:
    """What a query finds in the place's database."""
    with place.office.database.reader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def names(place: Place) -> list[object]:
    """Everybody in the place's pool."""
    return [row[0] for row in rows(place, "SELECT name FROM person ORDER BY name")]


def swap(sender: Place, receiver: Place, site: str = "") -> list[str]:
    """One bundle from one to the other; the outcomes."""
    return [one.outcome for made in sender.export(site) for one in receiver.take(made.file)]
