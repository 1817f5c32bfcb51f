"""Opens one record whole: its words for those who may see them, its numbers masked, ratings, audits and versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.identity import IDENTITY_CARD, age_on, judge_id
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.attendance.freeze import SUBMITTED, frozen_state
from app.services.consultations.find import find_consultation
from app.services.consultations.history import RecordVersion, record_versions
from app.services.consultations.register import RegisterRow, register_rows
from app.services.consultations.sign_record import SignatureView, signature_view
from app.services.reading.audits import AuditView, audits_of
from app.services.reading.erasures import erased_on
from app.services.reading.ratings import RatingView, ratings_of
from app.services.reading.sent_back import is_opened_again
from app.services.reading.sites import may_write_for
from app.services.reading.voids import void_of
from app.values import Month

HIDDEN = "（无权查看）"


@dataclass(frozen=True)
class ConsultationCard:
    """The record to open."""

    id: str


@dataclass(frozen=True, kw_only=True)
class OpenRecord:
    """A record on the screen. revealable: (field of the table consultation, title) that Reveal shows in clear.

    Without the right to see personal data the words read （无权查看） and nothing can be revealed.
    closed: "" while it can be corrected, else voided, submitted, settled or foreign. erased_on: when its personal
    values were lawfully erased (local). signature: the client's own hand under it, None while there is none.
    """

    row: RegisterRow
    client_name: str
    village: str
    age: int | None
    id_kind: str
    content: str
    answer: str
    is_aid_mentioned: bool
    is_told_once: bool
    is_home_visit_needed: bool
    is_green: bool
    revealable: tuple[tuple[str, str], ...]
    audits: tuple[AuditView, ...]
    ratings: tuple[RatingView, ...]
    versions: tuple[RecordVersion, ...]
    signature: SignatureView | None
    closed: str
    erased_on: date | None


@answers(ConsultationCard, permission=Permission.LOOK)
def consultation_card(look: Look, query: ConsultationCard) -> OpenRecord:
    """The record. Raises Refused E246."""
    row = find_consultation(look, query.id)
    shown = register_rows(look, [row])[0]
    may_see = look.actor.may(Permission.REVEAL)
    birth = judge_id(row.id_number or "").birth if row.id_kind == IDENTITY_CARD else None
    return OpenRecord(
        row=shown,
        client_name=(row.client_name or "") if may_see else shown.client,
        village=(row.village or "") if may_see else HIDDEN,
        age=age_on(birth, row.on) if birth else None,
        id_kind=row.id_kind,
        content=(row.content or "") if may_see else HIDDEN,
        answer=(row.answer or "") if may_see else HIDDEN,
        is_aid_mentioned=row.is_aid_mentioned,
        is_told_once=row.is_told_once,
        is_home_visit_needed=row.is_home_visit_needed,
        is_green=row.is_green,
        revealable=_revealable(row) if may_see else (),
        audits=audits_of(look, [row.id]),
        ratings=tuple(one if may_see else replace(one, reason="") for one in ratings_of(look, row.id)),
        versions=record_versions(look, row) if may_see else (),
        signature=signature_view(look, row),
        closed=_closed(look, row),
        erased_on=erased_on(look, "consultation", row.id),
    )


def _revealable(row: Consultation) -> tuple[tuple[str, str], ...]:
    titles = {"phone": "联系电话", "id_number": "证件号"}
    return tuple((name, title) for name, title in titles.items() if getattr(row, name))


def _closed(look: Look, row: Consultation) -> str:
    if void_of(look, row) is not None:
        return "voided"
    if row.writer != look.office.code or not may_write_for(look, row.site):
        return "foreign"
    month = Month.of(row.on)
    frozen = frozen_state(look, row.site, month)
    is_opened = frozen == SUBMITTED and is_opened_again(look, [(Consultation.__tablename__, row.id)], month)
    return "" if is_opened else frozen
