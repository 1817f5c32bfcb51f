"""Takes a citizen's handwritten name under a record and prints the record with it (Q02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local
from app.documents.drawn import DrawnPaper
from app.documents.forms.consultation_record import ConsultationRecordSheet, draw_consultation_record
from app.errors import Problem
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.service_desk import ClientSignature, Consultation
from app.services.consultations.find import need_consultation
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links
from app.services.reading.voids import not_voided

MOST_STROKES, MOST_NUMBERS = 200, 8_000
LEAST_NUMBERS = 8
"""Less is a dot, not a name."""
Strokes = tuple[tuple[int, ...], ...]
"""Each stroke x, y, x, y … in thousandths of the pad's width."""


@dataclass(frozen=True)
class SignRecord:
    """The strokes of a citizen's name under a record."""

    id: str
    strokes: Strokes

    def problems(self) -> Iterable[Problem]:
        """A name, of a size that can be kept, within the pad."""
        numbers = sum(map(len, self.strokes))
        is_whole = all(len(one) % 2 == 0 and one for one in self.strokes)
        is_within = all(0 <= number <= 1000 for one in self.strokes for number in one)
        if numbers < LEAST_NUMBERS or not is_whole or not is_within:
            yield Problem("strokes", "还没有签名，请咨询人在框里写上姓名。", "E285")
        if len(self.strokes) > MOST_STROKES or numbers > MOST_NUMBERS:
            yield Problem("strokes", "签名笔画太多，请清除后重签。", "E285")


@dataclass(frozen=True)
class PrintRecord:
    """The record to print whole, with the newest signature."""

    id: str


@dataclass(frozen=True)
class SignatureView:
    """A signature: naive local time, and whether the record was corrected since."""

    at: datetime
    is_outdated: bool


@handles(SignRecord, title="登记咨询人签名", permission=Permission.RECORD_CONSULTATION)
def sign_record(work: Work, command: SignRecord) -> str:
    """Its id. Raises Refused E246, E255, E285, E903."""
    row = work.mine(need_consultation(work, command.id))
    return work.put(
        ClientSignature,
        site=row.site,
        consultation_id=row.id,
        revision=row.revision,
        strokes=[list(one) for one in command.strokes],
        taken_by=work.actor.account,
        at=work.now.at,
    )


@answers(PrintRecord, title="打印咨询登记表", permission=Permission.RECORD_CONSULTATION)
def print_record(look: Look, query: PrintRecord) -> DrawnPaper:
    """The record on paper; that it was drawn is on record. Raises Refused E246, E255."""
    row = need_consultation(look, query.id)
    signed = newest_signature(look, row)
    person_id = person_links(look).get(row.person_id, row.person_id)
    look.disclose("咨询登记表", period=f"{row.on}", subjects=(row.id,))
    printed = draw_consultation_record(
        ConsultationRecordSheet(
            number=row.number,
            values={
                "咨询人": row.client_name or "",
                "性别": row.sex or "",
                "人群": "、".join(row.groups),
                "证件类型": row.id_kind,
                "证件号码": row.id_number or ("本人拒绝提供" if row.is_id_refused else ""),
                "电话": row.phone or "",
                "住址": row.village or "",
                "方式": row.channel,
                "事项": "、".join(row.topics),
                "内容": row.content or "",
                "答复": row.answer or "",
                "处理": row.handling,
                "时间": f"{local(row.at):%Y-%m-%d %H:%M}",
                "解答人": names_of(look, [person_id])[person_id],
                "站点": site_names(look).get(row.site, look.office.name),
                "告知": "已提示" if row.is_aid_mentioned else "",
            },
            strokes=tuple(tuple(one) for one in (signed.strokes or ())) if signed is not None else (),
            signed_at=local(signed.at) if signed is not None else None,
        )
    )
    return DrawnPaper(printed.pdf, f"咨询登记表 {row.number}.pdf", printed.missing)


def signature_view(look: Look, row: Consultation) -> SignatureView | None:
    """When the citizen signed, None while nobody did or where it was erased."""
    signed = newest_signature(look, row)
    if signed is None or signed.strokes is None:
        return None
    return SignatureView(local(signed.at), signed.revision != row.revision)


def newest_signature(look: Look, row: Consultation) -> ClientSignature | None:
    """The signature that counts: the newest that the record's own office took."""
    query = select(ClientSignature).where(
        ClientSignature.consultation_id == row.id,
        ClientSignature.writer == row.writer,
        not_voided(ClientSignature),
    )
    return look.session.scalars(query.order_by(ClientSignature.at.desc(), ClientSignature.id.desc())).first()
