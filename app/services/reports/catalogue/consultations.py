"""The consultation ledger: every record with what it lacks and how it was found, so that D1 can be recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, func, select, type_coerce

from app.clock import local
from app.desk_values import PairKind
from app.documents.sheet import Row, SheetColumn, Value
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_name, mask_phone
from app.models.organisation import Person
from app.models.service_desk import Consultation
from app.services.reading.audits import audits_in_force
from app.services.reading.merged import counts_once, merged_among
from app.services.reading.names import UNKNOWN, people_of, site_names
from app.services.reading.people import person_links
from app.services.reading.ratings import ratings_in_force
from app.services.reading.voids import not_voided
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("number", "编号", width=8),
    SheetColumn("at", "时间", "time", width=10),
    SheetColumn("site", "站点", width=8),
    SheetColumn("person", "值班人员", width=5),
    SheetColumn("licence", "执业证号", width=10, medium="file"),
    SheetColumn("client", "咨询人", width=4),
    SheetColumn("sex", "性别", width=2, medium="file"),
    SheetColumn("id_number", "证件号", width=10),
    SheetColumn("is_id_refused", "拒绝提供证件", width=3),
    SheetColumn("phone", "联系电话", width=7),
    SheetColumn("groups", "人群类别", width=6),
    SheetColumn("channel", "咨询方式", width=4),
    SheetColumn("topics", "事项类别", width=7),
    SheetColumn("count", "件数", "number", width=3, total=True),
    SheetColumn("content", "咨询内容", width=4, medium="file"),
    SheetColumn("answer", "答复意见", width=4, medium="file"),
    SheetColumn("handling", "处理方式", width=5),
    SheetColumn("rating", "满意度", width=4),
    SheetColumn("missing", "缺项", width=6),
    SheetColumn("audit", "审核结果", width=4),
)
WRITTEN = "（已填）"
AT_ONCE = 1000
_KEPT = Consultation
_READ = (
    *(
        _KEPT.id,
        _KEPT.number,
        _KEPT.at,
        _KEPT.site,
        _KEPT.person_id,
        _KEPT.client_name,
        _KEPT.sex,
        _KEPT.id_number,
    ),
    *(
        _KEPT.is_id_refused,
        _KEPT.phone,
        _KEPT.groups,
        _KEPT.channel,
        _KEPT.topics,
        _KEPT.handling,
    ),
    *(_KEPT.missing, (_KEPT.content != "").label("has_content"), (_KEPT.answer != "").label("has_answer")),
)
"""What a line needs, and no long text."""


def rows(look: Look, period: Period) -> Iterator[Row]:
    """The records of the period by time and site; who asked is masked, what was asked and answered is not told.

    Read some at a time in the order of the index that finds them, so that a year takes no more memory than a day.
    """
    linked, sites = person_links(look), site_names(look)
    query = select(*_READ).where(*_of(period))
    query = query.order_by(_KEPT.on, _KEPT.at, _KEPT.site, _KEPT.serial).execution_options(yield_per=AT_ONCE)
    for part in look.session.execute(query).partitions():
        people = people_of(look, {linked.get(row.person_id, row.person_id) for row in part})
        ids = [row.id for row in part]
        audits, ratings = audits_in_force(look, ids), ratings_in_force(look, ids)
        merged = merged_among(look, PairKind.consultation, ids)
        for row in part:
            audit = audits.get(row.id)
            person = people.get(linked.get(row.person_id, row.person_id))
            result = audit.result.value if audit else ""
            line = _line(row, sites.get(row.site, row.site), person, ratings[row.id], result)
            yield _not_counted(line) if row.id in merged else line


def ledger_size(look: Look, period: Period) -> tuple[int, Row]:
    """How many records the period has, and of how many topics."""
    matters = func.sum(func.json_array_length(type_coerce(_KEPT.topics, String)))
    topics = func.coalesce(matters.filter(counts_once(_KEPT.id, PairKind.consultation)), 0)
    count, whole = look.session.execute(select(func.count(), topics).where(*_of(period))).one()
    return count, tuple(whole if column.total else None for column in COLUMNS)


def _not_counted(line: Row) -> Row:
    """The line of a record that counts nowhere: no matters, and the word for it where the audit stands."""
    at = [column.key for column in COLUMNS]
    changed: dict[str, Value] = {"count": 0, "audit": "重复不计"}
    return tuple(changed.get(key, value) for key, value in zip(at, line, strict=True))


def _of(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (_KEPT.on.between(period.start, period.end), not_voided(_KEPT))


def _line(row: Any, site: str, person: Person | None, rating: str, audit: str) -> Row:
    return (
        row.number,
        f"{local(row.at):%Y-%m-%d %H:%M:%S}",
        site,
        (person.name if person else "") or UNKNOWN,
        person.licence if person else "",
        mask_name(row.client_name or ""),
        row.sex or "",
        mask_id(row.id_number or ""),
        "是" if row.is_id_refused else "否",
        mask_phone(row.phone or ""),
        "、".join(row.groups),
        row.channel,
        "、".join(row.topics),
        len(row.topics),
        WRITTEN if row.has_content else "",
        WRITTEN if row.has_answer else "",
        row.handling,
        rating,
        "、".join(row.missing),
        audit,
    )


REPORT = Report(
    key="consultations",
    title="法律咨询台账",
    columns=COLUMNS,
    rows=rows,
    counted=ledger_size,
    permission=Permission.REPORT,
    heads=lambda look, period: look.office.name,
    notes=(
        "咨询人、证件号、联系电话按最少够用显示；内容和答复只标明是否填写。",
        "缺项或审核为“不规范”的记录按方案扣减。",
    ),
    orientation="landscape",
)
