"""Removes the encrypted files of scans whose keys an erasure took; without its key nobody could read one any more."""

from __future__ import annotations

from sqlalchemy import exists, select

from app.kernel.attachments import drop_files, files_in_place
from app.kernel.work import Work
from app.models.cases import CasePaper
from app.models.files import StoredFile
from app.services.reading.scans import is_kept


def drop_erased_files(work: Work) -> None:
    """Once the transaction stands, the files of erased papers are gone from the disk, those of a killed run too."""
    keyless = ~exists().where(StoredFile.digest == CasePaper.digest)
    erased = set(work.session.scalars(select(CasePaper.digest).where(~is_kept(), keyless).distinct()))
    if erased:
        data = work.safe.data
        work.after_commit.append(lambda: drop_files(data, erased.intersection(files_in_place(data))))
