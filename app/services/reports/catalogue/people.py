"""The duty pool as a list: who may sit duty, of what kind, and who is a public servant (Y08, J03)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_phone
from app.models.organisation import Person
from app.pinyin import order
from app.services.reading.people import person_links
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("name", "姓名", width=4),
    SheetColumn("kind", "人员类别", width=9),
    SheetColumn("is_public_servant", "是否公职", width=4, align="center"),
    SheetColumn("organisation", "所属机构", width=12),
    SheetColumn("licence", "执业证号", width=9),
    SheetColumn("specialties", "专业特长", width=10),
    SheetColumn("practice_since", "执业起始年", width=5, align="center"),
    SheetColumn("phone", "联系电话", width=6),
    SheetColumn("state", "状态", width=4),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Everybody of the pool by pinyin, those disabled last; proposals linked to a person are left out."""
    linked = person_links(look)
    people = [one for one in look.session.scalars(select(Person)) if one.id not in linked]
    for one in sorted(
        people, key=lambda person: (not person.is_active, order(person.name or ""), person.licence)
    ):
        yield (
            one.name or "",
            one.kind,
            "是" if one.is_public_servant else "否",
            one.organisation,
            one.licence,
            "、".join(one.specialties),
            str(one.practice_since or ""),
            mask_phone(one.phone or ""),
            "在库" if one.is_active else "停用",
        )


REPORT = Report(
    key="people",
    title="值班人员库",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)
