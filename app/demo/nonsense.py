"""Plays a station whose program somebody changed: it sends a check whose result no programme knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.bundle.limits import ENTRY_BYTES
from app.clock import local_to_utc
from app.demo.offices import DemoOffice
from app.models.changelog import Author, drain, noted_rows
from app.models.duties import SpotCheck
from app.models.journal_chain import write_line
from app.values import SpotMethod, Verdict

NO_RESULT = "溜号"


def write_nonsense(station: DemoOffice, person_id: str, at: datetime) -> str:
    """Id of the check; it stands in the station's log, rightly chained, past every command of the program. at: local."""
    office, now, name = station.office, station.clock.now(), "Unknown"
    with Session(office.database.writer) as session, session.begin():
        row = SpotCheck(
            writer=station.code,
            site=station.code,
            at=local_to_utc(at),
            on=at.date(),
            person_id=person_id,
            method=SpotMethod.telephone.value,
            result=NO_RESULT,
            verdict=Verdict.pending.value,
        )
        line = {
            "at": now.at,
            "mono": now.mono,
            "boot": now.boot,
            "actor": station.actor.account,
            "command": name,
            "subjects": [],
            "why": "",
            "outcome": "done",
            "seat": name,
            "tables": [SpotCheck.__tablename__],
        }
        session.add(row)
        session.flush()
        written = write_line(session.connection(), line)
        identity = office.identity
        author = Author(
            identity.code,
            identity.level,
            identity.epoch,
            station.actor.account,
            written,
            name,
            now,
            station.clock.random,
        )
        drain(session.connection(), author, noted_rows(session.connection()), ENTRY_BYTES)
        return str(row.id)
