"""Scans of papers and cases of a station for tests of what travels between offices."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import text

from app.kernel.attachments import attachment_file, read_attachment
from app.kernel.handlers import handles
from app.kernel.permissions import Actor, Permission
from app.kernel.work import Work
from app.models.cases import CaseEventRow, LegalCase
from app.rules.cases.clocks import CaseClock
from app.rules.cases.facts import CaseEvent, CaseStanding
from app.services.cases.attach_paper import AttachPaper, PaperAttached
from app.services.reading.case_clocks import clocks_of
from app.services.reading.cases import application_event, event_fact, standings_of
from tests.exchange.offices import Place
from tests.services.case_desk import CLERK, CaseDesk, accountless

DAY = date(2022, 5, 9)
CLERK_OF = accountless(CLERK)


def scan(seed: int = 1, side: int = 40) -> bytes:
    """A picture that hardly packs; the bigger the side, the bigger the file."""
    pixels = random.Random(seed).randbytes(side * side * 3)
    made = BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(made, "PNG", compress_level=0)
    return made.getvalue()


def desk(place: Place) -> CaseDesk:
    """The place's cases in few words."""
    return CaseDesk(place)  # type: ignore[arg-type]


def attach(place: Place, case: str, content: bytes, **said: Any) -> PaperAttached:
    """A paper added by the clerk."""
    made: PaperAttached = place.do(
        AttachPaper(case=case, paper="身份证明", content=content, **said), CLERK_OF
    )
    return made


def content_at(place: Place, digest: str, actor: Actor | None = None) -> bytes:
    """What the place opens under that hash."""
    with place.office._dispatcher.looking(actor or place.actor) as look:
        return read_attachment(look, digest)


def digests(place: Place) -> list[str]:
    """Contents that the place has, by their hash."""
    with place.office.database.reader.connect() as connection:
        found = connection.execute(text("SELECT digest FROM stored_file ORDER BY digest")).scalars().all()
    return [one for one in found if attachment_file(place.office.data, one).exists()]


@dataclass(frozen=True)
class RawEvent:
    """An event as a program without our rules would write it."""

    case: str
    site: str
    kind: str
    on: date
    facts: dict[str, Any]
    number: int
    voids: str = ""


@handles(RawEvent, title="写入一步", permission=Permission.RECORD_CASE)
def raw_event(work: Work, command: RawEvent) -> str:
    """Stored as this office's own, whatever it is; its id."""
    row = CaseEventRow(
        site=command.site,
        case_id=command.case,
        kind=command.kind,
        on=command.on,
        number=command.number,
        facts=command.facts,
        reason="x",
        voids=command.voids,
        entered_by="x",
        entered_at=work.now.at,
    )
    return str(work.add(row).id)


def standing_at(place: Place, case: str) -> CaseStanding:
    """Where the case stands by the rows of this place."""
    with place.office._dispatcher.looking(place.actor) as look:
        return standings_of(look, [case])[case]


def clocks_at(place: Place, case: str) -> tuple[CaseClock, ...]:
    """The case's clocks at this place."""
    with place.office._dispatcher.looking(place.actor) as look:
        return clocks_of(look, standings_of(look, [case])[case])


def written_at(place: Place, case: str) -> list[CaseEvent]:
    """The events of the case that this place wrote itself, the application among them."""
    with place.office._dispatcher.looking(place.actor) as look:
        own = look.office.code
        rows = look.session.query(CaseEventRow).filter_by(case_id=case, writer=own).all()
        row = look.session.get(LegalCase, case)
        begun = [application_event(row)] if row is not None and row.writer == own else []
        return [*begun, *map(event_fact, rows)]
