"""Fills the named places of the legal-aid forms from a case, its events and the office's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseForm, CaseGround, CaseKind, CaseStage
from app.documents.form_texts import FormText, form_texts
from app.documents.text_pdf import chinese_date
from app.identity import age_on
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.cases import LegalCase
from app.rules.cases.event_facts import FactShape, date_said, text_said
from app.rules.cases.events import EVENTS
from app.rules.cases.facts import CaseEvent, CaseFacts, CaseHandler, CaseStanding, FactValue
from app.services.cases.case_papers import CasePapers
from app.services.cases.register_case import application_number
from app.values import yuan_text

OCCURRENCES = (
    Kind.met, Kind.interviewed, Kind.files_read, Kind.heard, Kind.progress_told, Kind.observed,
)  # fmt: skip
"""What the list of a handler's work is made of."""
LISTS = ("家庭成员", "材料", "承办经过", "出具的文书")
"""Lists that a table form may print."""


@dataclass(frozen=True, kw_only=True)
class CaseSource:
    """A case as its forms take it."""

    row: LegalCase
    standing: CaseStanding
    papers: CasePapers
    agency: str
    settings: Mapping[str, str]


def case_source(look: Look, row: LegalCase, standing: CaseStanding, papers: CasePapers) -> CaseSource:
    """What the forms of one case are filled from; the agency is the office that prints."""
    keys = ("service_phone", "supervision_phone", "office_address")
    return CaseSource(
        row=row,
        standing=standing,
        papers=papers,
        agency=look.office.name,
        settings={key: str(setting_value(look, key)) for key in keys},
    )


def form_values(source: CaseSource, occasion: CaseEvent | None = None) -> dict[str, str]:
    """Place → words, for every place of which something is known; occasion: the event the form is put out for."""
    found = {name: value(source) for name, value in PLACES.items()}
    for event in (*source.standing.events, *((occasion,) if occasion else ())):
        found |= _event_values(event)
    return {name: words for name, words in found.items() if words}


def form_lists(source: CaseSource) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each of LISTS."""
    return {
        "家庭成员": _household(source.row),
        "材料": [
            (str(place), one.paper, str(one.pages), one.added_on.isoformat())
            for place, one in enumerate(source.papers.scans, 1)
        ],
        "承办经过": [
            (event.on.isoformat(), event.kind.value, text_said(event.facts, "text"))
            for event in source.standing.events
            if event.kind in OCCURRENCES
        ],
        "出具的文书": [
            (form_texts()[one.form].title, one.number, "1", "", "")
            for one in source.papers.issues
            if one.number and one.form in form_texts()
        ],
    }


def known_places() -> frozenset[str]:
    """Every name that a form's text may use as a place."""
    of_events = {
        f"{kind.value}.{title}"
        for kind, rule in EVENTS.items()
        for title in ("日期", "理由", *(fact.title for fact in rule.facts))
    }
    return frozenset(PLACES) | of_events


def occasion_of(standing: CaseStanding, text: FormText) -> CaseEvent | None:
    """The latest event a form is put out for; None where there was none, or the form is for no event."""
    found = [event for event in standing.events if event.kind.value in text.events]
    return found[-1] if found else None


def _event_values(event: CaseEvent) -> dict[str, str]:
    """What an event says, the latest of its kind last."""
    said = {
        f"{event.kind.value}.{fact.title}": _words(fact.shape, event.facts.get(fact.name))
        for fact in EVENTS[event.kind].facts
    }
    return said | {
        f"{event.kind.value}.日期": chinese_date(event.on),
        f"{event.kind.value}.理由": event.reason,
    }


def _words(shape: FactShape, value: FactValue) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, tuple):
        return "、".join(value)
    if shape is FactShape.day:
        return _day(date_said({"": value}, ""))
    return yuan_text(value) if shape is FactShape.money and isinstance(value, int) else str(value)


def _household(row: LegalCase) -> list[tuple[str, ...]]:
    found = []
    for one in row.household or ():
        parts = [int(one.get(name) or 0) for name in ("wages_fen", "business_fen", "other_fen")]
        person = (str(one.get(name) or "") for name in ("name", "relation", "age"))
        found.append((*person, *map(yuan_text, parts), yuan_text(sum(parts))))
    return found


def _income_fen(row: LegalCase) -> int:
    names = ("wages_fen", "business_fen", "other_fen")
    return sum(int(one.get(name) or 0) for one in row.household or () for name in names)


def _monthly(row: LegalCase) -> str:
    heads = len(row.household or ())
    return yuan_text(_income_fen(row) // 12 // heads) if heads else ""


def kind_of_aid(facts: CaseFacts) -> str:
    """援助方式, as the law calls it (art. 22)."""
    if facts.kind is CaseKind.criminal:
        return "刑事代理" if facts.ground is CaseGround.law_29 else "刑事辩护"
    if facts.stage is CaseStage.arbitration:
        return "仲裁代理"
    if facts.form is CaseForm.other:
        return "非诉讼代理"
    return f"{facts.kind.value}{'' if facts.kind is CaseKind.state_compensation else '诉讼'}代理"


def recipient_words(row: LegalCase) -> str:
    """The applicant, and how many there are of a joint claim."""
    name = row.applicant or ""
    return f"{name}等 {row.recipients} 人" if row.recipients > 1 else name


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _last_said(source: CaseSource, name: str, *kinds: Kind) -> str:
    said = [text_said(event.facts, name) for event in source.standing.events if event.kind in kinds]
    return said[-1] if said else ""


def _handler(source: CaseSource, back: int = 1) -> CaseHandler | None:
    """The present handler, or the one before (back 2); the only one is both."""
    handlers = source.standing.handlers
    return handlers[-min(back, len(handlers))] if handlers else None


def _named(source: CaseSource, field: str, back: int = 1) -> str:
    handler = _handler(source, back)
    return str(getattr(handler, field) or "") if handler else ""


def _objection_result(source: CaseSource) -> str:
    results = {Kind.objection_dismissed: "维持原决定", Kind.objection_upheld: "责令改正"}
    found = [results[event.kind] for event in source.standing.events if event.kind in results]
    return found[-1] if found else ""


def _recovered(source: CaseSource) -> str:
    fen = source.standing.recovered_fen
    return "" if fen is None else yuan_text(fen)


Place = Callable[[CaseSource], str]
PLACES: Mapping[str, Place] = {
    "申请人": lambda one: one.row.applicant or "",
    "受援人": lambda one: recipient_words(one.row),
    "性别": lambda one: one.row.sex or "",
    "年龄": lambda one: str(age_on(one.row.born_on, one.row.received_on)) if one.row.born_on else "",
    "出生日期": lambda one: _day(one.row.born_on),
    "证件类型": lambda one: one.row.id_kind,
    "证件号码": lambda one: one.row.id_number or "",
    "联系电话": lambda one: one.row.phone or "",
    "住址": lambda one: one.row.address or "",
    "代理人": lambda one: one.row.representative or "",
    "人群类别": lambda one: "、".join(one.standing.facts.groups),
    "申请方式": lambda one: one.row.channel,
    "收到日期": lambda one: _day(one.standing.facts.received_on),
    "申请编号": lambda one: application_number(one.row),
    "案号": lambda one: one.standing.number,
    "案件类型": lambda one: one.standing.facts.kind.value,
    "诉讼阶段": lambda one: one.standing.facts.stage or "",
    "案由": lambda one: one.standing.facts.matter,
    "法律依据": lambda one: one.standing.facts.ground or "",
    "案情": lambda one: one.row.summary or "",
    "对方当事人": lambda one: one.row.opponent or "",
    "援助方式": lambda one: kind_of_aid(one.standing.facts),
    "办案机关": lambda one: one.row.organ,
    "通知文号": lambda one: one.row.letter,
    "免核查情形": lambda one: one.row.exemption or _last_said(one, "exemption", Kind.granted),
    "免核查证明": lambda one: one.row.exemption_proof,
    "告知承诺": lambda one: "已承诺" if one.row.is_undertaking else "",
    "家庭人口": lambda one: f"{len(one.row.household)} 人" if one.row.household else "",
    "家庭年收入": lambda one: yuan_text(_income_fen(one.row)) if one.row.household else "",
    "人均月收入": lambda one: _monthly(one.row),
    "经济困难审查": lambda one: one.standing.means,
    "审查人": lambda one: one.standing.reviewer,
    "负责人": lambda one: one.standing.head,
    "批准日期": lambda one: _day(one.standing.approved_on),
    "指派日期": lambda one: _day(one.standing.assigned_on),
    "签约日期": lambda one: _day(one.standing.contracted_on),
    "结案日期": lambda one: _day(one.standing.closed_on),
    "归档日期": lambda one: _day(one.standing.archived_on),
    "承办人": lambda one: _named(one, "name"),
    "承办单位": lambda one: _named(one, "firm"),
    "原承办人": lambda one: _named(one, "name", 2),
    "原承办单位": lambda one: _named(one, "firm", 2),
    "办理结果": lambda one: one.standing.result,
    "挽回金额": _recovered,
    "异议审查意见": lambda one: _last_said(one, "why", Kind.objection_dismissed, Kind.objection_upheld),
    "异议审查结果": _objection_result,
    "机构": lambda one: one.agency,
    "机关": lambda one: one.agency,
    "电话": lambda one: one.settings["service_phone"],
    "监督电话": lambda one: one.settings["supervision_phone"],
    "地址": lambda one: one.settings["office_address"],
}
"""Named place → what stands there, "" for nothing known; beside these, {事件.内容} names what an event said."""
