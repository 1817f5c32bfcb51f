"""Draws the large-print card a citizen takes home: what was asked, the answer, whom to call (Q07)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local
from app.documents.drawn import DrawnPaper
from app.documents.forms.consultation_card import AnswerCardSheet, draw_consultation_card
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.services.consultations.find import need_consultation
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links

AID_STEP = "家庭经济困难、需要打官司的，可以申请法律援助，带身份证到本站或县法律援助中心办理。"
HOME_STEP = "行动不便的，请打下面的电话，约好时间我们上门。"


@dataclass(frozen=True)
class AnswerCard:
    """The record whose card is wanted."""

    id: str


@answers(AnswerCard, title="打印答复卡", permission=Permission.RECORD_CONSULTATION)
def answer_card(look: Look, query: AnswerCard) -> DrawnPaper:
    """The card of a record; that it was drawn is on record. Raises Refused E246, E255."""
    row = need_consultation(look, query.id)
    person_id = person_links(look).get(row.person_id, row.person_id)
    look.disclose("答复卡", period=f"{row.on}", subjects=(row.id,))
    steps = [AID_STEP] * row.is_aid_mentioned + [HOME_STEP] * row.is_home_visit_needed
    printed = draw_consultation_card(
        AnswerCardSheet(
            number=row.number,
            at=local(row.at),
            site=site_names(look).get(row.site, look.office.name),
            adviser=names_of(look, [person_id])[person_id],
            topics=tuple(row.topics),
            answer=row.answer or "",
            client=row.client_name or "",
            handling=row.handling,
            next_steps=tuple(steps),
            telephone=str(setting_value(look, "service_phone")),
            supervision_telephone=str(setting_value(look, "supervision_phone")),
            printed_at=local(look.now.at),
        )
    )
    return DrawnPaper(printed.pdf, f"答复卡 {row.number}.pdf", printed.missing)
