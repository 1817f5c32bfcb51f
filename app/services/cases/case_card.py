"""Opens one case whole: who applied, what was said, its timeline, clocks, papers and what may happen next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.case_values import CaseEventKind
from app.identity import age_on
from app.kernel.attachments import has_attachment
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_name, mask_phone
from app.models.case_standings import CaseStandingRow
from app.models.cases import CasePaper, CaseRecipient, LegalCase
from app.rules.cases.clocks import CaseClock
from app.rules.cases.entry import next_kinds
from app.rules.cases.events import EVENTS
from app.rules.cases.facts import CaseStanding, Unmet
from app.services.cases.case_books import unmet_of, worked_under
from app.services.cases.case_list import CaseRow, case_rows
from app.services.cases.case_papers import ordered_papers
from app.services.cases.enter_event import hand_for
from app.services.cases.find import case_desk, case_standing, need_case
from app.services.cases.hidden import HIDDEN, Hidden
from app.services.cases.judge_application import AidJudgement, case_entitlement, judgement
from app.services.cases.timeline import TimelineStep, steps_of
from app.services.cases.write_event import EventEntry
from app.services.reading.case_clocks import clocks_of


@dataclass(frozen=True)
class CaseCard:
    """The case to open, by id or 案号."""

    case: str


@dataclass(frozen=True)
class FactField:
    """One thing that a step asks for. shape: 日期 时刻 文字 选项 清单 金额 整数 是否; words: what a 选项 may be.

    A 案号 is never required: left empty, the program gives the next one.
    """

    name: str
    title: str
    shape: str
    is_required: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class NextStep:
    """What may happen next and by which command this account writes it."""

    kind: CaseEventKind
    command: type[EventEntry]
    fields: tuple[FactField, ...]
    needs_reason: bool
    clause: str


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One paper of the file. is_here: its file is on this machine."""

    id: str
    paper: str
    name: str
    media: str
    pages: int
    added_on: date
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A case on the screen; personal words are hidden from whoever may not reveal them, numbers always masked.

    next: what may happen next that this account may write, the likeliest first. judged: whether the applicant may have
    aid, each answer with its reason. filed: papers of the file, scans and forms. unmet: what keeps the case from counting in the programme (Y12), () when it counts.
    """

    row: CaseRow
    applicant: str
    representative: str
    is_organisation: bool
    sex: str
    age: int | None
    id_kind: str
    id_number: str
    phone: str
    address: str
    summary: str
    opponent: str
    exemption: str
    exemption_proof: str
    is_undertaking: bool
    is_green: bool
    is_sealed: bool
    recipients: tuple[str, ...]
    household: tuple[tuple[str, str, str, int], ...]
    ground: str
    procedure: str
    fund: str
    means: str
    reviewer: str
    head: str
    grade: str
    entered_number: str
    entered_on: date | None
    result: str
    steps: tuple[TimelineStep, ...]
    clocks: tuple[CaseClock, ...]
    papers: tuple[PaperRow, ...]
    filed: int
    next: tuple[NextStep, ...]
    revealable: tuple[tuple[str, str], ...]
    judged: AidJudgement
    unmet: tuple[Unmet, ...]


@answers(CaseCard, permission=Permission.LOOK)
def case_card(look: Look, query: CaseCard) -> OpenCase:
    """The case. Raises Refused E313, E314."""
    case = need_case(look, query.case)
    kept = look.session.get_one(CaseStandingRow, case.id)
    standing = case_standing(look, case)
    may_see = look.actor.may(Permission.REVEAL)
    judged = judgement(case_entitlement(look, case, standing))
    shown = Hidden(may_see)
    return OpenCase(
        row=case_rows(look, [(case, kept)])[0],
        applicant=shown.words(case.applicant, mask_name(case.applicant or "")),
        representative=shown.words(case.representative),
        is_organisation=case.is_organisation,
        sex=case.sex or "",
        age=age_on(case.born_on, case.received_on) if case.born_on else None,
        id_kind=case.id_kind,
        id_number=mask_id(case.id_number or ""),
        phone=mask_phone(case.phone or ""),
        address=shown.words(case.address),
        summary=shown.words(case.summary),
        opponent=shown.words(case.opponent),
        exemption=case.exemption,
        exemption_proof=case.exemption_proof,
        is_undertaking=case.is_undertaking,
        is_green=case.is_green,
        is_sealed=case.is_sealed,
        recipients=_recipients(look, case),
        household=_household(case) if may_see else (),
        ground=_said(standing, "ground"),
        procedure=_said(standing, "procedure"),
        fund=_said(standing, "fund"),
        means=standing.means,
        reviewer=standing.reviewer,
        head=standing.head,
        grade=standing.grade.value if standing.grade else "",
        entered_number=standing.entered_number,
        entered_on=standing.entered_on,
        result=standing.result,
        steps=steps_of(look, standing, shown),
        clocks=clocks_of(look, standing),
        papers=_papers(look, case),
        filed=len(ordered_papers(look, standing)),
        next=tuple(
            found
            for kind in next_kinds(standing, case_desk(look))
            if (found := _next_step(look, kind, is_against=judged.is_against))
        ),
        revealable=_revealable(case) if may_see else (),
        judged=judged if may_see else _without_income(judged),
        unmet=unmet_of(look, standing, worked_under(look)),
    )


def _without_income(judged: AidJudgement) -> AidJudgement:
    """The answers for somebody who may not see what a household earns."""
    return replace(
        judged,
        criteria=tuple(replace(one, text=HIDDEN) if "收入" in one.text else one for one in judged.criteria),
    )


def _next_step(look: Look, kind: CaseEventKind, *, is_against: bool) -> NextStep | None:
    """The step, None where this account may not write it. is_against: granting goes against the answers."""
    command = hand_for(kind, look.actor)
    if command is None:
        return None
    rule = EVENTS[kind]
    fields = tuple(
        FactField(one.name, one.title, one.shape.value, one.is_required and one.name != "number", one.words)
        for one in rule.facts
    )
    needs_reason = rule.needs_reason or (is_against and kind is CaseEventKind.granted)
    return NextStep(kind, command, fields, needs_reason, rule.clause)


def _said(standing: CaseStanding, name: str) -> str:
    word = getattr(standing.facts, name)
    return word.value if word else ""


def _recipients(look: Look, case: LegalCase) -> tuple[str, ...]:
    rows = look.session.scalars(
        select(CaseRecipient).where(CaseRecipient.case_id == case.id).order_by(CaseRecipient.id)
    )
    return tuple(mask_name(row.name or "") for row in rows)


def _household(case: LegalCase) -> tuple[tuple[str, str, str, int], ...]:
    members: list[dict[str, Any]] = case.household or []
    return tuple(
        (
            str(one.get("name", "")),
            str(one.get("relation", "")),
            str(one.get("age") or ""),
            sum(int(one.get(name) or 0) for name in ("wages_fen", "business_fen", "other_fen")),
        )
        for one in members
    )


def _papers(look: Look, case: LegalCase) -> tuple[PaperRow, ...]:
    rows = look.session.scalars(
        select(CasePaper).where(CasePaper.case_id == case.id).order_by(CasePaper.place, CasePaper.id)
    )
    return tuple(
        PaperRow(
            id=row.id,
            paper=row.paper,
            name=row.name or "",
            media=row.media,
            pages=row.pages,
            added_on=row.added_on,
            is_here=has_attachment(look, row.digest),
        )
        for row in rows
    )


def _revealable(case: LegalCase) -> tuple[tuple[str, str], ...]:
    fields = (("id_number", "证件号码"), ("phone", "联系电话"))
    return tuple((name, title) for name, title in fields if getattr(case, name))
