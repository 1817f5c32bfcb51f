"""Imports what the provincial system exports, to be held against this register."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.errors import Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.case_quality import ProvincialRow
from app.services.importing.cells import read_day
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.text import clean, clean_number, half_width


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one row, or bring the one of that number up to date. Raises Refused E210 …, E827 for two rows alike."""
    entered = clean_number(cells["省系统编号"])
    if work.noted(("provincial", entered)):
        raise Refused(
            "E827", f"省系统编号“{entered}”在这张表里前面已有一行，请去掉重复的一行。", field="省系统编号"
        )
    work.note(("provincial", entered), entered)
    said = {
        "number": half_width(clean(cells["案号"])),
        "recipient": clean(cells["受援人"]) or None,
        "entered_on": _day(cells),
    }
    held = _held(work, entered)
    if held is None:
        row = work.add(ProvincialRow(entered_number=entered, imported_at=work.now.at, **said))
        return (("provincial_row", row.id),)
    if all(getattr(held, name) == value for name, value in said.items()):
        return UNCHANGED
    raise Refused(
        "E828",
        f"省系统编号“{entered}”以前导入的内容和这一行不同。请先撤销那一次导入，再导入新的导出表。",
        field="省系统编号",
    )


def _held(work: Work, entered: str) -> ProvincialRow | None:
    mine = (ProvincialRow.writer == work.office.code, ProvincialRow.entered_number == entered)
    return work.session.scalars(select(ProvincialRow).where(*mine)).first()


def _day(cells: Cells) -> date | None:
    return read_day(cells, "录入日期") if cells["录入日期"] else None


KIND = ImportKind(
    key="provincial",
    title="省系统案件",
    permission=Permission.HANDLE_CASE,
    columns=(
        KindColumn("省系统编号", True, "省法律援助管理系统的编号", "SX202200015"),
        KindColumn("案号", False, "本机的案号；没有的按省系统编号认", "盐法援〔2022〕15号"),
        KindColumn("受援人", False, "姓名，或单位名称"),
        KindColumn("录入日期", False, "录入省系统的日期", "2022-06-01"),
    ),
    take=take,
    purpose="省系统导出的案件，与本机对账",
)
