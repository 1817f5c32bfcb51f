"""Finds what an erasure means: one consultation, activity, case, note or entry of a register with what belongs to it, or a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import and_, or_, select

from app.errors import Refused
from app.kernel.work import Look
from app.models.case_quality import CaseNote, CaseReviewSheet, FocusPerson, ProvincialRow
from app.models.case_standings import CaseStandingRow
from app.models.cases import CaseEventRow, CasePaper, CaseRecipient, LegalCase
from app.models.duties import Decision, Voided
from app.models.erasures import Key, personal_values_of
from app.models.organisation import Person
from app.models.outreach import Activity
from app.models.pairs import PairDecision
from app.models.payees import PayeeChange
from app.models.returns import SentBack, SentBackReply
from app.models.schema import shared_classes, table
from app.models.service_desk import Consultation
from app.models.supervision import EvidenceStep
from app.models.travelling import personal_columns
from app.services.cases.find import need_case
from app.services.reading.evidence import complaints_about
from app.services.reading.people import same_person
from app.services.reading.rulings import in_parts
from app.services.reading.scans import is_kept
from app.services.reading.sites import site_named
from app.text import clean, clean_number

Row = TypeVar("Row", Consultation, Person, LegalCase, FocusPerson, CaseNote, Activity)
KEPT = frozenset(
    {
        *("consultation", "activity", "errand", "legal_case", "complaint", "spot_check", "evidence_step"),
        *("pay_line", "adjustment", "payment", "person_statement", "pay_reply", "pay_answer"),
    }
)
"""Rows about a person whose words stay: a citizen's record, the evidence of deductions, and money (kept by law)."""


class SubjectKind(StrEnum):
    """What may be erased, as the command line names it."""

    consultation = "consultation"
    person = "person"
    case = "case"
    focus = "focus"
    note = "note"
    activity = "activity"


@dataclass(frozen=True)
class Subject:
    """One record, activity, person, case, note or person of the registers. ids: the row's own; after it a person's linked
    entries, or the other entries of the registers under the same identity number."""

    kind: SubjectKind
    ids: tuple[str, ...]


def subject_of(look: Look, kind: str, key: str, site: str = "") -> Subject:
    """The record by id or number (site "": this office's own), the person by id, name or licence, the case by id or
    案号, the note or activity by id, the entry of a register by id, or all of one person by name, identity number or card.

    Raises Refused E880 for another kind, E881 for nobody, E882 for several, E883 where another office must erase, E313,
    E314, E420, E421.
    """
    if kind not in tuple(SubjectKind):
        raise Refused(
            "E880",
            "只能删除咨询记录、服务活动、人员、援助案件、案件记事、重点人员的个人信息，"
            "请写 consultation、activity、person、case、note 或 focus。",
        )
    if kind == SubjectKind.focus:
        return Subject(SubjectKind.focus, tuple(row.id for row in _entries(look, key)))
    row = _row(look, kind, key, site)
    if not _is_ours(look, row.writer):
        raise _others()
    ids = same_person(look, row.id) if isinstance(row, Person) else (row.id,)
    if ids[0] != row.id:
        ids = (row.id, *(one for one in ids if one != row.id))
    return Subject(SubjectKind(kind), ids)


def _others() -> Refused:
    return Refused("E883", "这条登记不是本单位的，请由登记的单位依法删除，删除后会随上报包传来。")


def rows_to_erase(look: Look, subject: Subject) -> dict[Key, dict[str, set[str]]]:
    """Every row that still holds a personal value of the subject and that this office may empty → column → values."""
    connection, keys = look.session.connection(), dict.fromkeys(_keys(look, subject))
    found = {key: personal_values_of(connection, key) for key in keys}
    found |= {key: values or {"name": set()} for key, values in found.items() if _is_scan(look, key)}
    return {key: values for key, values in found.items() if values and _is_ours(look, _writer(look, key))}


def _is_ours(look: Look, writer: str) -> bool:
    """A station erases what it wrote, a bureau also what came from below it."""
    return writer == look.office.code or (look.office.is_bureau and writer != look.office.parent)


def _writer(look: Look, key: Key) -> str:
    target = table(key[0])
    return look.session.scalar(select(target.c.writer).where(target.c.id == key[1])) or look.office.code


def _row(
    look: Look, kind: str, key: str, site: str
) -> Consultation | Person | LegalCase | CaseNote | Activity:
    if kind == SubjectKind.case:
        return need_case(look, key)
    if kind == SubjectKind.note:
        return _only(look.session.scalars(select(CaseNote).where(CaseNote.id == clean(key))), "这条案件记事")
    if kind == SubjectKind.activity:
        return _only(look.session.scalars(select(Activity).where(Activity.id == clean(key))), "这次服务活动")
    return _record(look, key, site) if kind == SubjectKind.consultation else _person(look, key)


def _record(look: Look, key: str, site: str) -> Consultation:
    found = look.session.get(Consultation, clean(key))
    if found is not None:
        return found
    code = site_named(look, site).code
    query = select(Consultation).where(Consultation.site == code, Consultation.number == clean(key))
    return _only(look.session.scalars(query).all(), "这个编号的咨询记录")


def _person(look: Look, key: str) -> Person:
    found = look.session.get(Person, clean(key))
    if found is not None:
        return found
    query = select(Person).where(or_(Person.name == clean(key), Person.licence == clean_number(key)))
    several = look.session.scalars(query).all()
    linked = {one for row in several for one in same_person(look, row.id)[1:]}
    return _only([row for row in several if row.id not in linked], "这名人员")


def _entries(look: Look, key: str) -> list[FocusPerson]:
    """One entry of a register, or every one of the person, the newest first."""
    found = look.session.get(FocusPerson, clean(key))
    if found is not None:
        rows = [found]
    else:
        number = clean_number(key)
        named = or_(
            FocusPerson.name == clean(key), FocusPerson.id_number == number, FocusPerson.card == clean(key)
        )
        query = select(FocusPerson).where(named).order_by(FocusPerson.since.desc(), FocusPerson.id.desc())
        rows = list(look.session.scalars(query))
    numbers = {row.id_number or row.id for row in rows}
    if len(numbers) != 1:
        rows = [_only(rows, "名册上的这个人")]
    mine = [row for row in rows if _is_ours(look, row.writer)]
    if not mine:
        raise _others()
    return mine


def _only(found: Iterable[Row], what: str) -> Row:
    rows = list(found)
    if not rows:
        raise Refused("E881", f"没有找到{what}，请核对后再试。", field="key")
    if len(rows) > 1:
        raise Refused("E882", f"{what}有 {len(rows)} 个，请改用记录编号。", field="key")
    return rows[0]


def _keys(look: Look, subject: Subject) -> Iterator[Key]:
    if subject.kind is SubjectKind.person:
        yield from _about_person(look, subject.ids)
    elif subject.kind is SubjectKind.case:
        yield from _about_case(look, subject.ids[0])
    elif subject.kind is SubjectKind.focus:
        yield from (("focus_person", one) for one in subject.ids)
    elif subject.kind is SubjectKind.activity:
        yield from _with_rulings(look, [("activity", subject.ids[0])])
    elif subject.kind is SubjectKind.note:
        yield ("case_note", subject.ids[0])
        answers = select(CaseNote.id).where(CaseNote.about == subject.ids[0]).order_by(CaseNote.id)
        yield from (("case_note", one) for one in look.session.scalars(answers))
    else:
        yield from _about_record(look, look.session.get_one(Consultation, subject.ids[0]))


def _about_record(look: Look, record: Consultation) -> Iterator[Key]:
    yield ("consultation", record.id)
    named = [*_naming("consultation_id", [record.id], look, ("legal_case",))]
    complaints = [one.id for one in complaints_about(look, record)]
    yield from _with_rulings(look, [*named, *(("complaint", one) for one in complaints)], record.id)
    yield from _sent_back(look, Consultation.__tablename__, record.id)


def _with_rulings(look: Look, keys: list[Key], *also: str) -> Iterator[Key]:
    """The rows, and what was said when one of them, or of the rows `also`, was taken back or decided."""
    yield from keys
    for part in in_parts([*also, *(row_id for _, row_id in keys)]):
        for one in look.session.scalars(select(Voided.id).where(Voided.row_id.in_(part))):
            yield ("voided", one)
        for one in look.session.scalars(select(Decision.id).where(Decision.subject_id.in_(part))):
            yield ("decision", one)
        for one in look.session.scalars(select(EvidenceStep.id).where(EvidenceStep.subject_id.in_(part))):
            yield ("evidence_step", one)


def _sent_back(look: Look, table_name: str, row_id: str) -> Iterator[Key]:
    """What was written when the record was sent back or found to be another's double, and what its station answered."""
    pairs = or_(PairDecision.first_id == row_id, PairDecision.second_id == row_id)
    doubles = look.session.scalars(select(PairDecision.id).where(pairs).order_by(PairDecision.id))
    yield from (("pair_decision", one) for one in doubles)
    named = (SentBack.row_id == row_id, SentBack.table == table_name)
    rounds = look.session.scalars(select(SentBack.id).where(*named).order_by(SentBack.id)).all()
    yield from (("sent_back", one) for one in rounds)
    replies = select(SentBackReply.id).where(SentBackReply.sent_back_id.in_(rounds))
    yield from (("sent_back_reply", one) for one in look.session.scalars(replies.order_by(SentBackReply.id)))


def _about_case(look: Look, case: str) -> Iterator[Key]:
    """The application, whom it helps, what its events and notes say of people, the papers, and the province's line."""
    yield ("legal_case", case)
    for row in (CaseRecipient, CaseEventRow, CasePaper, CaseNote, CaseReviewSheet):
        query = select(row.id).where(row.case_id == case).order_by(row.id)
        yield from ((row.__tablename__, one) for one in look.session.scalars(query))
    yield from (
        ("voided", one) for one in look.session.scalars(select(Voided.id).where(Voided.row_id == case))
    )
    yield from _sent_back(look, LegalCase.__tablename__, case)
    kept = look.session.get(CaseStandingRow, case)
    if kept is not None:
        same = or_(
            and_(ProvincialRow.number == kept.number, ProvincialRow.number != ""),
            and_(ProvincialRow.entered_number == kept.entered_number, ProvincialRow.entered_number != ""),
        )
        lines = select(ProvincialRow.id).where(same).order_by(ProvincialRow.id)
        yield from (("provincial_row", one) for one in look.session.scalars(lines))


def _is_scan(look: Look, key: Key) -> bool:
    """Whether it is a paper whose scan was not erased yet, whatever it is called."""
    query = select(CasePaper.id).where(CasePaper.id == key[1], is_kept())
    return key[0] == "case_paper" and look.session.scalar(query) is not None


def _about_person(look: Look, ids: tuple[str, ...]) -> Iterator[Key]:
    for one in ids:
        yield from (("person", one), ("person_private", one))
    yield from _naming("person_id", ids, look, KEPT)
    for part in in_parts(ids):
        query = select(PayeeChange.id).where(PayeeChange.private_id.in_(part))
        yield from (("payee_change", one) for one in look.session.scalars(query))


def _naming(column: str, ids: Iterable[str], look: Look, but: Iterable[str]) -> Iterator[Key]:
    """The rows with something personal in them whose column names one of the ids."""
    for name in sorted(set(shared_classes()) - set(but)):
        target = table(name)
        if column in target.c and personal_columns(target):
            for part in in_parts(ids):
                query = select(target.c.id).where(target.c[column].in_(part)).order_by(target.c.id)
                yield from ((name, one) for one in look.session.scalars(query))
