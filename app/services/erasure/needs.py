"""Says why personal values cannot be erased yet: a complaint, a case, its pay, a month's pay or a debt needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select

from app.errors import Refused
from app.kernel.work import Look
from app.models.cases import LegalCase
from app.models.duties import Duty
from app.models.organisation import Person
from app.models.service_desk import Consultation
from app.services.erasure.needed_cases import refuse_needed_case
from app.services.erasure.subject import Subject, SubjectKind
from app.services.money.compute import month_ledger
from app.services.money.debts import left_open
from app.services.money.ledger import is_final
from app.services.reading.evidence import complaint_rows, complaints_about, spot_check_rows
from app.services.reading.people import same_person
from app.values import Month, yuan_text

ALWAYS = (date.min, date.max)


def refuse_if_needed(look: Look, subject: Subject) -> None:
    """Raises Refused E884 (a person still in use), E885 (a complaint or check waits), E886 (pay is not through), E362,
    E363 and E364 of a case."""
    if subject.kind is SubjectKind.case:
        refuse_needed_case(look, look.session.get_one(LegalCase, subject.ids[0]))
    elif subject.kind is SubjectKind.person:
        _person(look, subject.ids)
    else:
        _record(look, look.session.get_one(Consultation, subject.ids[0]))


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
