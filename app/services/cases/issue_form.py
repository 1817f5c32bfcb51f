"""Gives a form its 文号, once, by the run of numbers that each office counts for itself each year."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.case_values import CaseEventKind
from app.clock import local_date
from app.documents.form_texts import FormText, form_texts
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look, Work
from app.models.case_files import CaseFormIssue
from app.models.cases import LegalCase
from app.rules.cases.entry import CaseDesk, may_write
from app.rules.cases.facts import CaseStanding
from app.services.cases.case_form_values import occasion_of
from app.services.cases.find import case_desk, case_standing, need_case, refuse_other_case

_ROOM = "\u3000"


@dataclass(frozen=True)
class IssueForm:
    """The form (its number in the Ministry's list) that is put out for a case."""

    case: str
    form: int


@handles(IssueForm, title="出具法律援助文书", permission=Permission.REVEAL)
def issue_form(work: Work, command: IssueForm) -> str:
    """The form's 文号, "" where it has none; the one it was given before, if it was put out for this step already.

    Raises Refused E313 … E315, E378, E379, E381.
    """
    text = need_form(command.form)
    row = need_case(work, command.case)
    refuse_other_case(work, row)
    refuse_other_hand(work, text)
    standing = case_standing(work, row)
    refuse_early(standing, text)
    held = issue_of(work, standing, text)
    if held is not None:
        return held.number
    return _issued(work, row, standing, text).number


def need_form(number: int) -> FormText:
    """The form of a number. Raises Refused E381."""
    text = form_texts().get(number)
    if text is None:
        raise Refused("E381", f"没有第 {number} 号文书，请填 1 到 {max(form_texts())}。", field="form")
    return text


def is_fitting(standing: CaseStanding, text: FormText) -> bool:
    """Whether the form is of use now: something it is for has happened, or the case stands where it is for."""
    if not text.events and not text.states:
        return True
    return occasion_of(standing, text) is not None or standing.state.value in text.states


def refuse_early(standing: CaseStanding, text: FormText) -> None:
    """Raises Refused E378 where nothing yet happened that the form is for."""
    if not is_fitting(standing, text):
        wanted = "”或“".join((*text.events, *text.states))
        raise Refused(
            "E378", f"《{text.title}》要在案件有“{wanted}”以后才能出具，请先登记这一步。", field="form"
        )


def is_own_hand(look: Look, text: FormText, desk: CaseDesk) -> bool:
    """Whether the form is put out at this office, which writes as that desk, by this account."""
    may = look.actor.may
    if may(Permission.HANDLE_CASE) and (desk is CaseDesk.agency or _decides_here(desk, text)):
        return True
    return text.is_intake and (may(Permission.RECORD_CASE) or may(Permission.HANDLE_CASE))


def refuse_other_hand(look: Look, text: FormText) -> None:
    """Raises Refused E379 where the form is the agency's and this office or account is not."""
    if not is_own_hand(look, text, case_desk(look)):
        raise Refused(
            "E379", f"《{text.title}》由法律援助机构的办案人员出具，请用有权限的账号办理。", field="form"
        )


def _decides_here(desk: CaseDesk, text: FormText) -> bool:
    """Whether the form tells of steps that an intake point writes because approval was delegated to it (G11)."""
    return bool(text.events) and all(may_write(CaseEventKind(one), desk) for one in text.events)


def issue_of(look: Look, standing: CaseStanding, text: FormText) -> CaseFormIssue | None:
    """The row that keeps the form's number for the present step of the case; None where it was not put out."""
    occasion = occasion_of(standing, text)
    query = select(CaseFormIssue).where(
        CaseFormIssue.case_id == standing.case,
        CaseFormIssue.form == text.number,
        CaseFormIssue.occasion == (occasion.id if occasion else ""),
    )
    return look.session.scalars(query.order_by(CaseFormIssue.issued_at).limit(1)).first()


def form_number(look: Look, text: FormText, year: int, serial: int) -> str:
    """A 文号: 盐援决字〔2022〕第3号; serial 0 leaves room for it, as does an office without a 代字 for its own."""
    if not text.mark:
        return ""
    office = str(setting_value(look, "aid_mark")) or 2 * _ROOM
    return f"{office}{text.mark}字〔{year}〕第{serial or 2 * _ROOM}号"


def _issued(work: Work, row: LegalCase, standing: CaseStanding, text: FormText) -> CaseFormIssue:
    occasion = occasion_of(standing, text)
    on = occasion.on if occasion else local_date(work.now.at)
    serial = _next_serial(work, text.mark, on.year) if text.mark else 0
    made: CaseFormIssue = work.add(
        CaseFormIssue(
            site=row.site,
            case_id=row.id,
            form=text.number,
            occasion=occasion.id if occasion else "",
            mark=text.mark,
            year=on.year,
            serial=serial,
            number=form_number(work, text, on.year, serial),
            issued_on=on,
            issued_by=work.actor.account,
            issued_at=work.now.at,
        )
    )
    return made


def _next_serial(work: Work, mark: str, year: int) -> int:
    run = (
        CaseFormIssue.writer == work.office.code,
        CaseFormIssue.year == year,
        CaseFormIssue.mark == mark,
    )
    return (work.session.scalar(select(func.max(CaseFormIssue.serial)).where(*run)) or 0) + 1
