"""Says why personal values cannot be erased yet: a complaint, a case, its pay, a month's pay or a debt needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import ColumnElement, select

from app.case_values import NoteKind
from app.errors import Refused
from app.kernel.work import Look
from app.models.case_quality import CaseNote, FocusPerson
from app.models.cases import LegalCase
from app.models.duties import Duty
from app.models.organisation import Person
from app.models.service_desk import Consultation
from app.services.erasure.needed_cases import refuse_going_on, refuse_needed_case
from app.services.erasure.subject import Subject, SubjectKind
from app.services.money.compute import month_ledger
from app.services.money.debts import left_open
from app.services.money.ledger import is_final
from app.services.reading.evidence import complaint_rows, complaints_about, spot_check_rows
from app.services.reading.people import same_person
from app.services.reading.rulings import in_parts
from app.values import Month, yuan_text

ALWAYS = (date.min, date.max)


def refuse_if_needed(look: Look, subject: Subject) -> None:
    """Raises Refused E884 (a person still in use), E885 (a complaint or check waits), E886 (pay is not through), E362,
    E363 and E364 of a case, E362 of a note, E837 of somebody who is on a register."""
    if subject.kind is SubjectKind.case:
        refuse_needed_case(look, look.session.get_one(LegalCase, subject.ids[0]))
        _refuse_open(look, CaseNote.case_id == subject.ids[0])
    elif subject.kind is SubjectKind.note:
        note = look.session.get_one(CaseNote, subject.ids[0])
        refuse_going_on(look, note.case_id)
        _refuse_open(look, CaseNote.id.in_((note.id, note.about)))
    elif subject.kind is SubjectKind.focus:
        _listed(look, subject.ids)
    elif subject.kind is SubjectKind.person:
        _person(look, subject.ids)
    elif subject.kind is SubjectKind.consultation:
        _record(look, look.session.get_one(Consultation, subject.ids[0]))


def _refuse_open(look: Look, which: ColumnElement[bool]) -> None:
    """Raises Refused E885 where one of the notes is a complaint that nobody has closed or turned away."""
    asked = select(CaseNote.id).where(which, CaseNote.kind == NoteKind.complaint.value)
    answers = (NoteKind.complaint_closed.value, NoteKind.complaint_rejected.value)
    for one in look.session.scalars(asked).all():
        answer = select(CaseNote.id).where(CaseNote.about == one, CaseNote.kind.in_(answers))
        if look.session.scalar(answer.limit(1)) is None:
            raise Refused("E885", "对这件案件的投诉还没有办结，办结以后才能删除。")


def _listed(look: Look, ids: tuple[str, ...]) -> None:
    """Raises Refused E837 while the person is on a register."""
    for part in in_parts(ids):
        held = select(FocusPerson).where(FocusPerson.id.in_(part), FocusPerson.until.is_(None))
        if (row := look.session.scalars(held.limit(1)).first()) is not None:
            raise Refused("E837", f"这个人还在“{row.kind}”名册里，请先移出，再依法删除个人信息。")


def _record(look: Look, record: Consultation) -> None:
    if any(one.is_pending for one in complaints_about(look, record)):
        raise Refused("E885", f"第 {record.number} 号咨询有投诉还没有核实，核实以后才能删除。")
    ids, month = same_person(look, record.person_id), Month.of(record.on)
    if not look.pack.rates:
        return
    if is_final(look, month):
        _refuse_unpaid(look, ids, [month])
    elif any(
        (line.site, line.on) == (record.site, record.on) and line.person_id in ids
        for line in month_ledger(look, month).lines
    ):
        raise _not_through(f"第 {record.number} 号咨询所在的{month.words}补贴还没有最终结算")


def _person(look: Look, ids: tuple[str, ...]) -> None:
    for one in ids:
        person = look.session.get(Person, one)
        if person is not None and person.is_active and person.id == ids[0]:
            raise Refused("E884", f"“{person.name or one}”还在用，请先停用，再依法删除个人信息。")
    waiting: list[bool] = [
        *(one.is_pending for one in complaint_rows(look, *ALWAYS) if one.person_id in ids),
        *(one.is_pending for one in spot_check_rows(look, *ALWAYS) if one.person_id in ids),
    ]
    if any(waiting):
        raise Refused("E885", "对这名人员的投诉或抽查还没有核实，核实以后才能删除。")
    if not look.pack.rates:
        return
    for month in _months_of(look, ids):
        if not is_final(look, month):
            raise _not_through(f"这名人员{month.words}有值班，补贴还没有最终结算")
    _refuse_unpaid(look, ids, ())


def _refuse_unpaid(look: Look, ids: Iterable[str], months: Iterable[Month]) -> None:
    """months: those that count, () for all."""
    wanted = set(months)
    for month, fen in left_open(look, ids).items():
        if not wanted or month in wanted:
            kind = "没有发放" if fen > 0 else "应收回"
            raise _not_through(f"{month.words}补贴还有 {yuan_text(abs(fen))} 元{kind}")


def _not_through(what: str) -> Refused:
    return Refused("E886", f"{what}，结清以后才能删除。")


def _months_of(look: Look, ids: Iterable[str]) -> Iterator[Month]:
    days = look.session.scalars(
        select(Duty.on).where(Duty.person_id.in_(ids), Duty.version.is_not(None)).distinct().order_by(Duty.on)
    )
    yield from dict.fromkeys(map(Month.of, days))
