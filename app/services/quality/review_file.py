"""Reviews an archived file: reviewers without a conflict, one sheet of a kind for each case, its grade by the head (Y15 G12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import CaseEventKind, CaseState, Grade, ReviewKind
from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.case_quality import CaseReviewSheet
from app.models.cases import LegalCase
from app.models.organisation import Person, PersonLink
from app.models.travelling import understood
from app.rules.cases.facts import CaseStanding, FactValue
from app.services.cases.find import case_standing, need_case
from app.services.cases.hidden import Hidden
from app.services.cases.link_handler import HANDLES_AS, need_pool_person
from app.services.cases.write_event import EventEntry, write_event
from app.services.quality.case_notes import numbers_of
from app.services.reading.cut_offs import cut_offs
from app.services.reading.names import names_of
from app.services.reading.proposals import is_proposal
from app.text import clean, clean_lines

USUAL_ITEMS = ("受理审查", "指派和委托", "会见阅卷和调查", "出庭或者办理", "法律文书", "结案和归档")
"""What a sheet is usually scored by; the office may name others."""
MOST = 100
_KINDS = frozenset(kind.value for kind in HANDLES_AS)


@dataclass(frozen=True)
class ReviewersFor:
    """Who of the pool may review a case's file."""

    case: str


@dataclass(frozen=True)
class PossibleReviewer:
    """Somebody of the pool. conflict: why they may not review the file, "" for nothing."""

    person_id: str
    name: str
    firm: str
    conflict: str


@dataclass(frozen=True, kw_only=True)
class ScoreFile:
    """A reviewer's sheet. scores: item → points, together at most 100. grade None: the one that the score earns by
    the office's cut-offs; another one needs the reviewer's comment."""

    case: str
    kind: ReviewKind
    reviewer_id: str
    scores: Mapping[str, int]
    grade: Grade | None = None
    comment: str = ""
    on: date | None = None

    def problems(self) -> Iterator[Problem]:
        """Scores that can be meant."""
        points = list(self.scores.values())
        if not points or min(points) < 0 or sum(points) > MOST or not all(map(clean, self.scores)):
            yield Problem("scores", f"各项得分不小于 0，合计不超过 {MOST}，至少一项，请核对。", "E819")


@dataclass(frozen=True)
class ConfirmReview:
    """The head's word on a sheet: its grade is the one that pays from now on."""

    sheet: str


NEWEST_SHEETS = 500
"""Sheets that are shown where no case is named."""


@dataclass(frozen=True)
class ReviewSheets:
    """The sheets, the newest first; case "": the newest `NEWEST_SHEETS` of every case."""

    case: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewedFile:
    """One sheet as it is shown."""

    id: str
    case: str
    number: str
    kind: ReviewKind
    on: date
    reviewer: str
    scores: tuple[tuple[str, int], ...]
    score: int
    grade: Grade
    comment: str
    is_confirmed: bool


@answers(ReviewersFor, permission=Permission.HANDLE_CASE)
def reviewers_for(look: Look, query: ReviewersFor) -> tuple[PossibleReviewer, ...]:
    """The reviewers, those with a conflict at the end. Raises Refused E313, E314."""
    standing = case_standing(look, need_case(look, query.case))
    linked = set(look.session.scalars(select(PersonLink.id)))
    found = [
        PossibleReviewer(
            person.id, person.name or "（已删除）", person.organisation, _conflict(standing, person)
        )
        for person in look.session.scalars(select(Person).order_by(Person.name, Person.id))
        if person.is_active
        and person.id not in linked
        and person.kind in _KINDS
        and not is_proposal(look.office, person)
    ]
    return tuple(sorted(found, key=lambda one: (bool(one.conflict), one.name, one.person_id)))


@handles(ScoreFile, title="登记案卷评查表", permission=Permission.HANDLE_CASE)
def score_file(work: Work, command: ScoreFile) -> str:
    """Id of the sheet. Raises Refused E313, E314, E805, E816 not archived or a day that cannot be, E817, E818, E819, E829."""
    row = need_case(work, command.case)
    standing, on = case_standing(work, row), command.on or local_date(work.now.at)
    if standing.state is not CaseState.archived or standing.archived_on is None:
        raise Refused("E816", f"案件处在“{standing.state}”，归档以后才评查。", field="case")
    if not standing.archived_on <= on <= local_date(work.now.at):
        raise Refused("E816", f"评查日期 {on} 早于归档日 {standing.archived_on} 或者还没有到。", field="on")
    person = need_pool_person(work, command.reviewer_id, field="reviewer_id")
    if told := _conflict(standing, person):
        raise Refused("E817", f"{person.name}{told}，不能评查这一案，请换人。", field="reviewer_id")
    if _sheet(work, row, command.kind) is not None:
        raise Refused("E818", f"这一案已经有一份“{command.kind}”的评查表，一案一份。", field="kind")
    return work.put(
        CaseReviewSheet,
        case_id=row.id,
        kind=command.kind.value,
        on=on,
        reviewer_id=person.id,
        scores={clean(item): points for item, points in command.scores.items()},
        score=sum(command.scores.values()),
        grade=_grade(work, command).value,
        comment=clean_lines(command.comment) or None,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


def _grade(look: Look, command: ScoreFile) -> Grade:
    """Raises Refused E829 for a grade that the score does not earn, without a word why."""
    score = sum(command.scores.values())
    earned = cut_offs(look).grade_of(score)
    if command.grade not in (None, earned) and not clean_lines(command.comment):
        raise Refused(
            "E829",
            f"{score} 分按本单位的分数线是“{earned}”，要评“{command.grade}”的，请在评语里写明理由。",
            field="comment",
        )
    return command.grade or earned


@handles(ConfirmReview, title="确认评查等级", permission=Permission.DECIDE_CASE)
def confirm_review(work: Work, command: ConfirmReview) -> str:
    """Id of the 评查. Raises Refused E820 no such sheet, confirmed already or by who entered it, and those of events."""
    sheet = work.session.get(CaseReviewSheet, command.sheet)
    if sheet is None or sheet.entered_by == work.actor.account:
        raise Refused("E820", "没有这份评查表，或者是您自己登记的；须由另一位负责人确认。", field="sheet")
    row = work.session.get_one(LegalCase, sheet.case_id)
    facts: dict[str, FactValue] = {
        "reviewers": (names_of(work, [sheet.reviewer_id])[sheet.reviewer_id],),
        "score": sheet.score,
        "grade": sheet.grade,
    }
    if _is_confirmed(case_standing(work, row), sheet):
        raise Refused("E820", "这份评查表已经确认。", field="sheet")
    entry = EventEntry(case=row.id, kind=CaseEventKind.reviewed, facts=facts)
    return write_event(work, row, entry).id


@answers(ReviewSheets, permission=Permission.LOOK)
def review_sheets(look: Look, query: ReviewSheets) -> tuple[ReviewedFile, ...]:
    """The sheets. Raises Refused E313, E314."""
    wanted = select(CaseReviewSheet).order_by(CaseReviewSheet.on.desc(), CaseReviewSheet.id.desc())
    if query.case:
        wanted = wanted.where(CaseReviewSheet.case_id == need_case(look, query.case).id)
    else:
        wanted = wanted.limit(NEWEST_SHEETS)
    rows = understood(look.session.scalars(wanted))
    names, numbers = (
        names_of(look, {row.reviewer_id for row in rows}),
        numbers_of(look, (r.case_id for r in rows)),
    )
    shown = Hidden(look.actor.may(Permission.REVEAL))
    return tuple(
        ReviewedFile(
            id=row.id,
            case=row.case_id,
            number=numbers.get(row.case_id, ""),
            kind=ReviewKind(row.kind),
            on=row.on,
            reviewer=names[row.reviewer_id],
            scores=tuple(row.scores.items()),
            score=row.score,
            grade=Grade(row.grade),
            comment=shown.words(row.comment),
            is_confirmed=_is_confirmed(
                case_standing(look, look.session.get_one(LegalCase, row.case_id)), row
            ),
        )
        for row in rows
    )


def _is_confirmed(standing: CaseStanding, sheet: CaseReviewSheet) -> bool:
    """Whether a 评查 of the case was entered since the sheet, with its score and grade."""
    return any(
        one.kind is CaseEventKind.reviewed
        and (one.facts.get("score"), one.facts.get("grade")) == (sheet.score, sheet.grade)
        and one.at is not None
        and one.at >= sheet.entered_at
        for one in standing.events
    )


def _sheet(look: Look, row: LegalCase, kind: ReviewKind) -> CaseReviewSheet | None:
    mine = (CaseReviewSheet.case_id == row.id, CaseReviewSheet.kind == kind.value)
    return look.session.scalars(select(CaseReviewSheet).where(*mine)).first()


def _conflict(standing: CaseStanding, person: Person) -> str:
    """Why somebody may not review the file: handler, of the handler's firm, or of the other side."""
    for handler in standing.handlers:
        if person.id == handler.person or (not handler.person and person.name == handler.name):
            return "承办过这一案"
        if person.organisation and person.organisation == handler.firm:
            return "与承办人同一单位"
    if person.organisation and person.organisation in standing.facts.opposing_firms:
        return "所在单位是对方的代理单位"
    return ""
