"""Imports the consultation register: rows that lack an item are stored as faulty, wrong ones are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local, local_to_utc
from app.dates import parse_moment
from app.errors import Problem, Refused
from app.identity import DECLINED
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Complaint
from app.models.imports import ImportRow
from app.models.service_desk import Consultation, ConsultationAudit, ConsultationRating
from app.services.attendance.freeze import frozen_state
from app.services.consultations.audit_consultation import add_audit
from app.services.consultations.correct_consultation import entry_in
from app.services.consultations.entry import judged
from app.services.consultations.find import find_consultation
from app.services.consultations.rate_consultation import add_rating
from app.services.consultations.record_consultation import RecordConsultation, bare_entry, enter_row
from app.services.consultations.words import split_words
from app.services.importing.cells import need_listed
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.reading.people import find_person
from app.services.reading.sites import find_site
from app.services.reading.voids import not_voided
from app.text import clean, clean_number, half_width, nearest_words
from app.values import AuditResult, Month, Rating, RatingChannel, Sex

FIELDS = {
    "编号": "number", "时间": "at", "站点": "site", "值班人员": "person_id", "咨询人": "client_name", "性别": "sex",
    "证件号": "id_number", "拒绝提供证件": "is_id_refused", "联系电话": "phone", "人群类别": "groups", "咨询方式": "channel",
    "事项类别": "topics", "咨询内容": "content", "答复意见": "answer", "处理方式": "handling", "满意度": "rating",
    "审核结果": "result",
}  # fmt: skip
HEADINGS = {field: heading for heading, field in FIELDS.items()}
CHOICES: dict[str, tuple[str, ...]] = {
    "性别": tuple(Sex),
    "拒绝提供证件": ("是", "否"),
    "满意度": tuple(Rating),
    "审核结果": tuple(AuditResult),
}


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one record with its rating and audit, the heading as field of what is refused.

    Raises Refused E110, E111, E120, E203, E204, E210, E211, E213, E240, E241, E249, E254,
    E267, E268, E420, E421, E430, E431.
    """
    try:
        result = _result(cells)
        command = _command(work, cells)
        if _is_there(work, command):
            return UNCHANGED
        row, _ = enter_row(work, command)
        work.note(("number", row.site, row.number), row)
        work.note(("time", row.site, row.at), row)
        word = clean(cells["满意度"])
        ratings = (("consultation_rating", add_rating(work, row, word, RatingChannel.desk)),) if word else ()
        audits = (("consultation_audit", add_audit(work, row, result)),) if result else ()
    except Refused as refusal:
        raise Refused.of(
            Problem(HEADINGS.get(p.field, p.field), p.message, p.code) for p in refusal.problems
        ) from refusal
    return (("consultation", row.id), *ratings, *audits)


def may_undo(work: Work, table: str, row_id: str) -> str:
    """A record of a closed month, or one that was corrected, rated, audited or complained of since, stays."""
    row = work.session.get(Consultation, row_id) if table == "consultation" else None
    if row is None:
        return ""
    if frozen_state(work, row.site, Month.of(row.on)):
        return f"{Month.of(row.on)} 已上报或已结算，咨询 {row.number} 不能删除。"
    if row.revision > 1:
        return f"咨询 {row.number} 已更正过，请逐条处理。"
    for told, words in ((ConsultationRating, "另有评价"), (ConsultationAudit, "已审核")):
        imported = select(ImportRow.row_id).where(ImportRow.tbl == told.__tablename__)
        later = select(told.id).where(
            told.consultation_id == row_id, told.id.not_in(imported), not_voided(told)
        )
        if work.session.scalar(later.limit(1)):
            return f"咨询 {row.number} {words}，请逐条处理。"
    if work.session.scalar(
        select(Complaint.id).where(Complaint.consultation_id == row_id, not_voided(Complaint)).limit(1)
    ):
        return f"咨询 {row.number} 已有投诉登记，请逐条处理。"
    return ""


def _result(cells: Cells) -> AuditResult | None:
    for heading, words in CHOICES.items():
        if clean(cells[heading]) not in ("", *words):
            shown = "、".join(words)
            raise Refused(
                "E254",
                f"“{heading}”只能填 {shown}，或者留空，不能填“{clean(cells[heading])}”。"
                f"{nearest_words(clean(cells[heading]), words)}",
                field=heading,
            )
    text = clean(cells["审核结果"])
    return AuditResult(text) if text else None


def _command(work: Work, cells: Cells) -> RecordConsultation:
    pack = work.pack
    groups = split_words(cells["人群类别"], pack.consultation_groups)
    topics = split_words(cells["事项类别"], pack.topics)
    handlings = split_words(cells["处理方式"], pack.handlings)
    channel = clean(cells["咨询方式"])
    need_listed(groups, "人群类别", pack.consultation_groups)
    need_listed([channel] if channel else [], "咨询方式", pack.channels)
    need_listed(topics, "事项类别", pack.topics)
    need_listed(handlings, "处理方式", pack.handlings)
    is_id_refused = clean(cells["拒绝提供证件"]) == "是"
    if is_id_refused and clean_number(cells["证件号"]) not in ("", DECLINED):
        raise Refused(
            "E268",
            "“拒绝提供证件”填了“是”，这一行却有证件号，两者矛盾。请核对：提供了证件的改为“否”，没有提供的清空证件号。",
            field="is_id_refused",
        )
    return RecordConsultation(
        number=half_width(clean(cells["编号"])),
        at=_at(cells["时间"]),
        site=find_site(work, cells["站点"]).id,
        person_id=find_person(work, cells["值班人员"], cells["执业证号"], field="值班人员").id,
        client_name=cells["咨询人"],
        sex=clean(cells["性别"]),
        id_number=cells["证件号"],
        is_id_refused=is_id_refused,
        phone=cells["联系电话"],
        groups=groups,
        channel=channel,
        topics=topics,
        content=cells["咨询内容"],
        answer=cells["答复意见"],
        handling="、".join(handlings),
    )


def _at(text: str) -> datetime:
    try:
        return parse_moment(text)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, field="时间") from refusal


def _is_there(work: Work, command: RecordConsultation) -> bool:
    """Whether the row is stored already. Raises Refused E249 where its number stands for something else (P29)."""
    assert command.at is not None
    at = local_to_utc(command.at)
    entry = judged(bare_entry(command), command.at.date()).entry
    register = _register(work, command.site)
    if command.number:
        numbered = ("number", command.site, command.number)
        held = next(iter(_rows(work, register.numbers.get(command.number, [])[:1], numbered)), None)
        if held is None:
            return False
        is_same = held.at == at and (held.revision > 1 or _says(held, entry, command.person_id))
        if not is_same:
            raise Refused(
                "E249",
                f"编号 {command.number} 已登记在 {local(held.at):%Y-%m-%d %H:%M}，内容与此行不同。"
                "请核对编号；确需改动请在系统里更正。",
                field="number",
            )
        return True
    same = _rows(work, register.times.get(at, []), ("time", command.site, at))
    return any(_says(row, entry, command.person_id) for row in same)


@dataclass(frozen=True)
class _Register:
    """The ids of a site's standing records by number and by time."""

    numbers: dict[str, list[str]]
    times: dict[datetime, list[str]]


def _register(work: Work, site: str) -> _Register:
    def find() -> _Register:
        query = select(Consultation.id, Consultation.number, Consultation.at)
        found = _Register({}, {})
        for one in work.session.execute(query.where(Consultation.site == site, not_voided(Consultation))):
            found.numbers.setdefault(one.number, []).append(one.id)
            found.times.setdefault(one.at, []).append(one.id)
        return found

    return work.once(("register", site), find)


def _rows(work: Work, ids: Sequence[str], key: tuple[object, ...]) -> list[Consultation]:
    """The stored records of these ids, then those that earlier rows of this sheet made."""
    stored = [_record(work, one) for one in ids]
    return [*stored, *work.noted(key)]


def _record(work: Work, row_id: str) -> Consultation:
    return work.once(("record", row_id), lambda: find_consultation(work, row_id))


def _says(row: Consultation, entry: object, person_id: str) -> bool:
    """Whether a stored record holds the same; the rating may have come later."""
    return row.person_id == person_id and entry_in(row) == entry


def _column(heading: str, note: str = "", example: str = "", *, is_needed: bool = False) -> KindColumn:
    return KindColumn(heading, is_needed, note, example)


KIND = ImportKind(
    key="consultations",
    title="咨询登记",
    permission=Permission.RECORD_CONSULTATION,
    columns=(
        _column("编号", "登记簿上的编号，留空自动编", "0412"),
        _column("时间", "年-月-日 时:分", "2022-05-10 09:12", is_needed=True),
        _column("站点", "站点代码、全称或乡镇名", "解州镇", is_needed=True),
        _column("值班人员", "姓名；同名的另填执业证号", "卫明", is_needed=True),
        _column("咨询人", "缺了按缺项登记"),
        _column("性别", "男 女"),
        _column("证件号", "文本格式；18位身份证号要能通过校验，其他证件照写"),
        _column("拒绝提供证件", "是 否"),
        _column("联系电话", "文本格式"),
        _column("人群类别", "多项用、或；分开", "农民、老年人"),
        _column("咨询方式", "来访 来电 来信 网络 其他", "来访"),
        _column("事项类别", "一次问了几件就写几件，用、或；分开", "婚姻家庭"),
        _column("咨询内容"),
        _column("答复意见"),
        _column("处理方式", "解答 代书 申请法律援助 引导其他渠道", "解答"),
        _column("满意度", "满意 基本满意 不满意；没有评价留空", "满意"),
        KindColumn(
            "审核结果", False, "合格 缺项 不规范；没有审核留空", "合格", Permission.AUDIT_CONSULTATION
        ),
        _column("执业证号", "值班人员同名时用"),
    ),
    take=take,
    may_undo=may_undo,
    purpose="纸质登记簿、以前的咨询台账",
)
