"""Notices that this data directory was copied to another computer, or its database replaced by an older copy (case 57)."""

from __future__ import annotations

from app import canonical
from app.errors import Refused
from app.kernel.machine import place_mark
from app.kernel.work import Look, Work
from app.models.organisation import OfficeRow
from app.models.records import Stream
from app.safe_write import open_safely


def refuse_elsewhere(look: Look) -> None:
    """Before anything is exported or taken in. Raises Refused E786 on another computer, E787 for an older database."""
    here, known = place_mark(look.session), look.session.get_one(OfficeRow, 1).machine
    if here and known and here != known:
        raise Refused(
            "E786",
            "这份数据是从另一台电脑复制过来的，不能在这里收发，免得两台电脑各记各的。原来的电脑还在用的，请回那台办理；"
            "已不用的，请先在这里备份，再把备份恢复到一个空目录（会换新的签名密钥），或请上级重新登记。",
        )
    for name, seq in _high_water(look).items():
        stream = look.session.get(Stream, name)
        if stream is None or stream.seq < seq:
            raise Refused(
                "E787",
                f"数据库比最近一次导出时还旧（流水到第 {stream.seq if stream else 0:,} 条，导出过第 {seq:,} 条），可能被换成了旧的副本，"
                "不能收发。请用“从备份恢复”恢复到一个空目录，再导出。",
            )


def note_place(work: Work) -> None:
    """This computer and, beside the database, how far the streams are: no further than what was committed before.

    Raises Refused E501 … E504.
    """
    office = work.session.get_one(OfficeRow, 1)
    office.machine = office.machine or place_mark(work.session)
    streams = work.session.query(Stream).filter(Stream.audience != "local")
    marks = {stream.id: stream.seq for stream in streams}
    with open_safely(work.safe.data.high_water, is_private=True) as out:
        out.write(canonical.encode(marks))


def _high_water(look: Look) -> dict[str, int]:
    """Stream → seq at the last export; nothing where the file is missing, and a torn one says nothing."""
    file = look.safe.data.high_water
    if not file.exists():
        return {}
    try:
        return {str(name): int(seq) for name, seq in canonical.decode(file.read_bytes()).items()}
    except (canonical.BadData, AttributeError, ValueError, TypeError):
        return {}
