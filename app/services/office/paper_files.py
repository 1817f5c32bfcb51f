"""What the check says of the scans of cases: which are not here, which were altered in size, which were blocked."""

from __future__ import annotations

from sqlalchemy import func, select

from app.kernel.work import Look
from app.models.files import BlockedFile
from app.services.office.health_item import HealthItem
from app.services.reading.scans import files_missing


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
