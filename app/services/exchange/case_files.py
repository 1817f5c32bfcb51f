"""Which scans of cases another office is to get from here, and which this office still misses from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select

from app.bundle.limits import NOTES
from app.kernel.attachments import TAG_BYTES, files_in_place
from app.kernel.work import Look, Work
from app.models.cases import CasePaper
from app.models.files import FileDelivery, StoredFile
from app.models.organisation import Site
from app.models.records import ChangeEntry, PeerKey
from app.services.exchange.runs import Run
from app.services.reading.rulings import in_parts
from app.services.reading.scans import files_missing, is_kept

PAPERS = CasePaper.__tablename__
MOST_WANTED = NOTES // 10
"""Contents asked for in one bundle; the rest in the next."""


@dataclass(frozen=True)
class DueFile:
    """A content that is to travel. size: bytes of the plain content."""

    digest: str
    size: int


def files_due(look: Look, peer: PeerKey, runs: Sequence[Run], from_seq: int = 0) -> tuple[DueFile, ...]:
    """Scans of the papers in these runs that were not sent to the peer yet, and those that it asked for.

    from_seq: resend everything of the runs. A scan that this office has not itself stays behind.
    """
    query = (
        select(StoredFile.digest, StoredFile.size)
        .join(CasePaper, CasePaper.digest == StoredFile.digest)
        .join(ChangeEntry, ChangeEntry.row_id == CasePaper.id)
        .order_by(ChangeEntry.seq)
    )
    sent = exists().where(FileDelivery.digest == StoredFile.digest, FileDelivery.site == peer.site)
    found: dict[str, DueFile] = {}
    for run in runs:
        if run.proof or run.last < run.first:
            continue
        place = (ChangeEntry.stream == run.stream, ChangeEntry.seq.between(run.first, run.last))
        of_run = query.where(ChangeEntry.table == PAPERS, *place, is_kept())
        for digest, size in look.session.execute(of_run if from_seq else of_run.where(~sent)):
            found.setdefault(digest, DueFile(digest, size))
    asked = select(StoredFile.digest, StoredFile.size).join(
        FileDelivery, FileDelivery.digest == StoredFile.digest
    )
    theirs = (FileDelivery.site == peer.site, FileDelivery.is_wanted.is_(True))
    for digest, size in look.session.execute(asked.where(*theirs).order_by(StoredFile.digest)):
        found.setdefault(digest, DueFile(digest, size))
    here = files_in_place(look.safe.data) if found else {}
    return tuple(one for one in found.values() if here.get(one.digest) == one.size + TAG_BYTES)


def files_wanted(look: Look, peer: PeerKey) -> tuple[str, ...]:
    """What this office misses and the peer has or had: its own papers, and ours that went to it."""
    return tuple(files_missing(look, _shared_with(look, peer))[:MOST_WANTED])


def note_wanted(work: Work, peer: PeerKey, wanted: Iterable[str]) -> None:
    """The peer asks for these; only scans of papers that it may have are sent again."""
    asked = set(wanted)
    if not asked:
        return
    shared = work.session.scalars(
        select(CasePaper.digest).where(_shared_with(work, peer), is_kept()).distinct()
    )
    for digest in asked.intersection(shared):
        work.session.merge(FileDelivery(digest=digest, site=peer.site, is_wanted=True, at=work.now.at))


def note_sent(work: Work, site: str, digests: Iterable[str]) -> None:
    """These were written whole into a bundle for the office."""
    for digest in digests:
        work.session.merge(FileDelivery(digest=digest, site=site, is_wanted=False, at=work.now.at))


def known_digests(look: Look, digests: Iterable[str]) -> set[str]:
    """Those that a paper of this office's names."""
    query = select(CasePaper.digest).where(is_kept())
    parts = in_parts(sorted(digests))
    return {one for part in parts for one in look.session.scalars(query.where(CasePaper.digest.in_(part)))}


def erased_papers(look: Look, papers: Iterable[str]) -> set[str]:
    """Those that were erased; what comes of them again is not kept."""
    query = select(CasePaper.id).where(~is_kept())
    parts = in_parts(sorted(papers))
    return {one for part in parts for one in look.session.scalars(query.where(CasePaper.id.in_(part)))}


def _shared_with(look: Look, peer: PeerKey) -> ColumnElement[bool]:
    """Papers that the peer wrote, and those of this office that travel to it."""
    theirs = CasePaper.writer == peer.site
    is_up = peer.relation == "parent"
    if is_up == look.office.is_bureau:  # a bureau's papers go down only, a station's up
        return theirs
    ours = CasePaper.writer == look.office.code
    if is_up:
        return or_(theirs, ours)
    below = select(Site.id).where(or_(Site.id == peer.site, Site.parent == peer.site))
    return or_(theirs, ours & CasePaper.site.in_(below))
