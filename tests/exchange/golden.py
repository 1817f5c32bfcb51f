"""The files that released versions wrote, and offices that hold the keys and the log of those who wrote them."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import canonical
from app.bundle.entries import LogEntry
from app.bundle.keys import EscrowKey, SiteKeys
from app.bundle.manifest import TO
from app.bundle.reading import BundleReader, open_bundle
from app.clock import SetClock, new_id
from app.models.organisation import OfficeRow
from app.models.records import PeerKey
from app.models.schema import CONTRACT
from app.paths import DataDir
from app.services.exchange.enrol import AdmitSite, enrol_office
from app.services.exchange.rows import remove, row_of, store
from app.services.office.office import Office
from tests.exchange.offices import Place, make_county

GOLDEN = Path(__file__).parents[1] / "data" / "golden"


@dataclass(frozen=True)
class Golden:
    """One release's folder."""

    folder: Path

    @cached_property
    def told(self) -> dict[str, Any]:
        """What golden.json says of the folder."""
        return dict(json.loads((self.folder / "golden.json").read_text("utf-8")))

    @property
    def office_key(self) -> bytes:
        """Wraps both key side files."""
        return bytes.fromhex(self.told["office_key"])

    @property
    def escrow(self) -> EscrowKey:
        """The key from the county's safe."""
        return EscrowKey.from_text(self.told["escrow"])

    def data(self, name: str) -> bytes:
        """A file's bytes."""
        return (self.folder / name).read_bytes()

    def keys(self, side: str) -> SiteKeys:
        """Those of `county` or `station`, from the side file."""
        return SiteKeys.unwrapped(self.data(f"{side}-site-keys.json"), self.office_key)

    def side_of(self, site: str) -> str:
        """`county` or `station`, by the site's code."""
        return next(side for side in ("county", "station") if self.told[side]["site"] == site)

    def open(self, bundle: str, keys: Any = None, role: str = TO) -> BundleReader:
        """A bundle, opened by its recipient unless told otherwise."""
        told = self.told["bundles"][bundle]
        site = told["recipient"] if role == TO else None
        opener = keys or self.keys(self.side_of(told["recipient"]))
        return open_bundle(
            io.BytesIO(self.data(told["file"])), opener, contract=CONTRACT, site=site, role=role
        )


def releases() -> list[Golden]:
    """Every release that left its files, by the name of its folder."""
    return [Golden(folder) for folder in sorted(GOLDEN.iterdir()) if folder.is_dir()]


def digest_of(entries: Iterable[LogEntry]) -> str:
    """SHA-256 of one canonical line an entry: body, hash and personal values."""
    digest = hashlib.sha256()
    for entry in entries:
        personal = entry.personal and {"salt": entry.personal.salt.hex(), "values": entry.personal.decoded()}
        line = {"body": entry.fields, "hash": entry.hash.hex(), "personal": personal}
        digest.update(canonical.encode(line) + b"\n")
    return digest.hexdigest()


def county_of(golden: Golden, folder: Path) -> Place:
    """A fresh county with the stored keys, which invited the station and admits its stored answer."""
    county = make_county(folder, golden.told["county"]["site"], golden.told["county"]["name"])
    _hand_keys(golden, county.office, "county")
    told = golden.told["enrolment"]
    with Session(county.office.database.writer) as session, session.begin():
        session.add(
            PeerKey(
                id=new_id(),
                site=golden.told["station"]["site"],
                epoch=told["epoch"],
                relation="child",
                state="invited",
                nonce=told["nonce"],
                fingerprint=told["invitation_fingerprint"],
                changed_at=county.clock.at,
            )
        )
    county.do(AdmitSite(golden.folder / "answer.hme"))
    return county


def station_of(golden: Golden, folder: Path, clock: SetClock) -> Place:
    """A fresh station made from the stored invitation, with the stored keys."""
    data, stick = DataDir(folder / "station"), folder / "stick-station"
    stick.mkdir()
    made, _, _ = enrol_office(
        data, golden.folder / "invitation.hme", stick / "answer.hme", "admin", "Station-2022", clock
    )
    made.close()
    office = Office(data, made.safe.key, clock)
    _hand_keys(golden, office, "station")
    return Place(office, office.actor_of("admin"), clock, stick)


def _hand_keys(golden: Golden, office: Office, side: str) -> None:
    office.data.site_keys.write_bytes(golden.keys(side).wrapped(office.safe.key))


def put_back(place: Place, golden: Golden, bundle: str) -> None:
    """Give an office the rows and the log that it had when it wrote the bundle, in place of its own log."""
    entries = list(golden.open(bundle).read_changes())
    with Session(place.office.database.writer) as session, session.begin():
        for entry in entries:
            _put_row(session, entry, place.office.identity.code)
        session.execute(text("DROP TRIGGER keep_change_entry_delete"))
        for table in ("change_entry", "change_personal", "stream", "pending"):
            session.execute(text(f"DELETE FROM {table}"))
        for entry in entries:
            _put_entry(session, entry)


def _put_row(session: Session, entry: LogEntry, writer: str) -> None:
    fields, level = entry.fields, session.get_one(OfficeRow, 1).level
    if fields["op"] == "put":
        store(session, fields["table"], [tuple(row_of(session, entry, writer, level).values())])
    else:
        remove(session, fields["table"], fields["id"], writer, fields["stream"], level)


def _put_entry(session: Session, entry: LogEntry) -> None:
    fields = entry.fields
    values = {**fields, "body": entry.body, "hash": entry.hash, "audience": fields["stream"].split("/", 2)[2]}
    session.execute(
        text(
            "INSERT INTO change_entry (stream, seq, tbl, row_id, version, journal_id, body, hash) "
            "VALUES (:stream, :seq, :table, :id, :version, 0, :body, :hash)"
        ),
        values,
    )
    session.execute(
        text(
            "INSERT INTO stream (id, audience, seq, head) VALUES (:stream, :audience, :seq, :hash) "
            "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, head = excluded.head"
        ),
        values,
    )
    if entry.personal:
        session.execute(
            text(
                "INSERT INTO change_personal (stream, seq, salt, vals) VALUES (:stream, :seq, :salt, :vals)"
            ),
            {**values, "salt": entry.personal.salt, "vals": entry.personal.values},
        )
