"""Which papers of cases have their scan here, and which lost theirs by a lawful erasure."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select

from app.kernel.attachments import TAG_BYTES, files_in_place
from app.kernel.work import Look
from app.models.cases import CasePaper
from app.models.erasures import Erasure
from app.models.files import BlockedFile, StoredFile


def files_missing(look: Look, *shared: ColumnElement[bool]) -> list[str]:
    """Digests of papers, neither erased nor blocked, whose scan is not here, or not whole; by digest."""
    named = select(CasePaper.digest).where(is_kept(), *shared).distinct().order_by(CasePaper.digest)
    blocked = exists().where(BlockedFile.digest == CasePaper.digest)
    digests = look.session.scalars(named.where(~blocked)).all()
    here = files_in_place(look.safe.data) if digests else {}
    keys = dict(look.session.execute(select(StoredFile.digest, StoredFile.size)).tuples().all())
    return [one for one in digests if one not in keys or here.get(one) != keys[one] + TAG_BYTES]


def is_kept() -> ColumnElement[bool]:
    """The paper was not erased: its name is there, or nobody asked for it to go."""
    asked = exists().where(Erasure.table == CasePaper.__tablename__, Erasure.row_id == CasePaper.id)
    return or_(CasePaper.name.is_not(None), ~asked.correlate(CasePaper))
