"""Shows every version a record had, so that a correction hides nothing (Q02, P29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_phone
from app.models.records import Account, ChangeEntry, ChangePersonal, ReceivedEntry, ReceivedPersonal
from app.models.service_desk import Consultation
from app.services.consultations.find import find_consultation
from app.services.reading.names import names_of
from app.services.reading.voids import void_of

LABELS = {
    "at": "时间", "person_id": "值班人员", "client_name": "咨询人", "sex": "性别", "id_number": "证件号",
    "is_id_refused": "拒绝提供证件", "phone": "联系电话", "village": "村（社区）", "groups": "人群类别", "channel": "咨询方式",
    "topics": "事项类别", "content": "咨询内容", "answer": "答复意见", "handling": "处理方式",
    "is_aid_mentioned": "已提示可申请法律援助", "is_told_once": "一次性告知", "is_home_visit_needed": "需上门", "is_green": "绿色通道",
}  # fmt: skip
_FLAGS = ("is_id_refused", "is_aid_mentioned", "is_told_once", "is_home_visit_needed", "is_green")


@dataclass(frozen=True)
class ConsultationHistory:
    """The record whose versions are wanted."""

    id: str


@dataclass(frozen=True)
class ChangeOfItem:
    """An item that a version changed; telephone and identity number masked, "" for nothing there."""

    item: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordVersion:
    """One version: its number, naive local time, who made it and why; the first one and a void change nothing."""

    version: int
    at: datetime
    by: str
    reason: str
    changes: tuple[ChangeOfItem, ...] = ()


@answers(ConsultationHistory, permission=Permission.REVEAL)
def consultation_history(look: Look, query: ConsultationHistory) -> tuple[RecordVersion, ...]:
    """The versions that differ, the oldest first. Raises Refused E246."""
    return record_versions(look, find_consultation(look, query.id))


def record_versions(look: Look, row: Consultation) -> tuple[RecordVersion, ...]:
    """The versions of a record, from this office's log or from the entries it was received in; last, that it was voided."""
    images = list(_images(look, row.id))
    people = names_of(look, {values["person_id"] for _, values in images})
    accounts = {one.id: one.display_name or one.name for one in look.session.scalars(select(Account))}
    found: list[RecordVersion] = []
    before: dict[str, Any] = {}
    for number, (body, values) in enumerate(images, 1):
        changes = tuple(_changes(before, values, people)) if before else ()
        if changes or not before:
            reason = (
                (values.get("revision_reason") or "")
                if values.get("revision") != before.get("revision", 1)
                else ""
            )
            at = local(datetime.fromisoformat(body["at"]))
            found.append(RecordVersion(number, at, accounts.get(body["by"], ""), reason, changes))
        before = values
    void = void_of(look, row)
    if void is not None:
        reason = f"已作废：{void.reason or ''}".rstrip("：")
        by = accounts.get(void.voided_by, "")
        found.append(RecordVersion(len(images) + 1, local(void.voided_at), by, reason))
    return tuple(found)


def _images(look: Look, row_id: str) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """(body, values) of each version, in order; erased personal values are simply not there."""
    for entry, personal in ((ChangeEntry, ChangePersonal), (ReceivedEntry, ReceivedPersonal)):
        rows = look.session.execute(
            select(entry.body, personal.values)
            .outerjoin(personal, (personal.stream == entry.stream) & (personal.seq == entry.seq))
            .where(entry.row_id == row_id, entry.table == "consultation")
            .order_by(entry.version)
        )
        for body, values in rows:
            read = orjson.loads(body)
            if read["op"] == "put":
                yield read, read["row"] | (orjson.loads(values) if values else {})


def _changes(before: dict[str, Any], after: dict[str, Any], people: dict[str, str]) -> Iterable[ChangeOfItem]:
    for name, label in LABELS.items():
        if (before.get(name) or "") != (after.get(name) or ""):
            yield ChangeOfItem(
                label, _shown(name, before.get(name), people), _shown(name, after.get(name), people)
            )


def _shown(name: str, value: Any, people: dict[str, str]) -> str:
    if name in _FLAGS:
        return "是" if value else "否"
    if not value:
        return ""
    if name in ("groups", "topics"):
        return "、".join(orjson.loads(value))
    if name == "at":
        return f"{local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"
    if name == "person_id":
        return people.get(value, "")
    return {"phone": mask_phone, "id_number": mask_id}.get(name, str)(value)
