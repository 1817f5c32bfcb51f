"""Draws the notice that tells a citizen once and whole what to bring (Q07 一次性告知)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local, local_date
from app.documents.drawn import DrawnPaper
from app.documents.forms.told_once import ToldOnceSheet, draw_told_once
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.consultations.find import need_consultation
from app.services.consultations.guidance import guidance_for
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links

ALWAYS = ("本人身份证件原件", "和这件事有关的合同、票据、裁判文书等，原件和复印件")
ROOM = "________________________________"
"""Filled in by hand."""
FOR_AID = "申请法律援助的，带经济困难的证明；没有的，当场签承诺书"


@dataclass(frozen=True)
class ToldOnce:
    """The record whose notice is wanted."""

    id: str


@answers(ToldOnce, title="打印一次性告知单", permission=Permission.RECORD_CONSULTATION)
def told_once(look: Look, query: ToldOnce) -> DrawnPaper:
    """The notice; that it was drawn is on record. Raises Refused E246, E255."""
    row = need_consultation(look, query.id)
    person_id = person_links(look).get(row.person_id, row.person_id)
    look.disclose("一次性告知单", period=f"{row.on}", subjects=(row.id,))
    printed = draw_told_once(
        ToldOnceSheet(
            number=row.number,
            on=local_date(look.now.at),
            client=row.client_name or "",
            matters=tuple(row.topics),
            bring=_usual_papers(row),
            place=site_names(look).get(row.site, look.office.name),
            adviser=names_of(look, [person_id])[person_id],
            telephone=str(setting_value(look, "service_phone")),
            supervision_telephone=str(setting_value(look, "supervision_phone")),
            printed_at=local(look.now.at),
        )
    )
    return DrawnPaper(printed.pdf, f"一次性告知单 {row.number}.pdf", printed.missing)


def _usual_papers(row: Consultation) -> tuple[str, ...]:
    """What is usually brought for the record's matters, and room for what the adviser adds by hand."""
    found = [guidance_for(topic) for topic in row.topics]
    own = (words for one in found if one is not None for words in one.bring)
    aid = (FOR_AID,) if row.is_aid_mentioned else ()
    return (*dict.fromkeys((*ALWAYS, *own, *aid)), ROOM)
