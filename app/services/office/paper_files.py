"""What the check says of the scans of cases: which are not here, which were altered in size, which were blocked."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select

from app.kernel.attachments import TAG_BYTES, files_in_place
from app.kernel.work import Look
from app.models.cases import CasePaper
from app.models.erasures import Erasure
from app.models.files import BlockedFile, StoredFile
from app.services.office.health_item import HealthItem


def paper_files(look: Look) -> HealthItem:
    """E360 for scans that are not here or not whole (the office that has them is asked by the next bundle), E361 for
    those that came and were blocked."""
    missing = len(files_missing(look))
    blocked = look.session.scalar(select(func.count()).select_from(BlockedFile)) or 0
    words = []
    if missing:
        words.append(
            f"E360：{missing} 份材料的扫描件不在本机或不完整，下次导出会向有它的单位索要；本单位自己没有报过的，请重新扫描"
        )
    if blocked:
        words.append(f"E361：收到的 {blocked} 份材料不是 PDF、图片或打不开，已拦下，请让对方重新扫描")
    return HealthItem("papers", "案件材料的扫描件", not words, "；".join(words) or "齐全")


def files_missing(look: Look, *shared: ColumnElement[bool]) -> list[str]:
    """Digests of papers, neither erased nor blocked, whose scan is not here, or not whole; by digest."""
    named = select(CasePaper.digest).where(is_kept(), *shared).distinct().order_by(CasePaper.digest)
    blocked = exists().where(BlockedFile.digest == CasePaper.digest)
    digests = look.session.scalars(named.where(~blocked)).all()
    here = files_in_place(look.safe.data) if digests else {}
    keys = dict(look.session.execute(select(StoredFile.digest, StoredFile.size)).tuples().all())
    return [one for one in digests if one not in keys or here.get(one) != keys[one] + TAG_BYTES]


def is_kept() -> ColumnElement[bool]:
    """The paper was not erased."""
    return ~exists().where(
        Erasure.table == CasePaper.__tablename__, Erasure.row_id == CasePaper.id
    ).correlate(CasePaper)
