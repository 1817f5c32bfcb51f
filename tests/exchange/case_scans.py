"""Scans of papers and cases of a station for tests of what travels between offices."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import text

from app.kernel.attachments import attachment_file, read_attachment
from app.kernel.permissions import Actor
from app.services.cases.attach_paper import AttachPaper, PaperAttached
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
