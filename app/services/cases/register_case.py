"""Registers an application for legal aid, or an organ's notice to defend, as an intake point or agency receives it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import func, select

from app.case_values import CaseEventKind
from app.clock import local_date, new_id
from app.errors import Refused
from app.identity import is_minor
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.cases import CaseRecipient, LegalCase
from app.rules.cases.entry import entry_problems
from app.rules.cases.facts import CaseEvent
from app.services.cases.case_entry import CaseEntry, JudgedCase, case_facts, judged_case, stored_columns
from app.services.cases.find import case_desk, refuse_other_intake
from app.services.cases.known_applicants import dishonesty_warnings
from app.services.cases.numbering import number_for
from app.services.consultations.find import need_consultation
from app.services.reading.sites import find_site


@dataclass(frozen=True, kw_only=True)
class RegisterCase(CaseEntry):
    """A new case. received_on: local day, None for today. site: "" for this office's own. consultation_id: the
    consultation it came out of; what it said of the client stands in for what is left empty here."""

    received_on: date | None = None
    site: str = ""
    consultation_id: str = ""


@dataclass(frozen=True)
class CaseRegistered:
    """The new case: its id, the intake point's number, and what is unusual."""

    id: str
    number: str
    warnings: tuple[str, ...] = ()


@handles(RegisterCase, title="登记援助案件", permission=Permission.RECORD_CASE)
def register_case(work: Work, command: RegisterCase) -> CaseRegistered:
    """The case registered. Raises Refused E203 … E205, E242, E247, E301 … E306, E310, E316, E319, E321, E322, E330, E420, E421."""
    made = enter_case(work, command)
    return CaseRegistered(made.row.id, application_number(made.row), made.warnings)


@dataclass(frozen=True)
class EnteredCase:
    """The row that was made and what is unusual about it."""

    row: LegalCase
    warnings: tuple[str, ...]


def enter_case(work: Work, command: RegisterCase, *, is_imported: bool = False) -> EnteredCase:
    """Store an application; for handlers that register as a part of their work (imports, transfers)."""
    site = find_site(work, command.site, field="site").id if command.site else work.office.own_site
    refuse_other_intake(work, site)
    received_on = command.received_on or local_date(work.now.at)
    found = judged_case(bare_case(_numbered(work, with_client(work, command), received_on)), received_on)
    begin_problems(work, found, received_on, is_imported)
    _refuse_twice(work, command.consultation_id)
    row = work.add(
        LegalCase(
            site=site,
            serial=_next_serial(work, site),
            received_on=received_on,
            is_imported=is_imported,
            consultation_id=command.consultation_id,
            is_sealed=_is_sealed(found, received_on),
            entered_by=work.actor.account,
            entered_at=work.now.at,
            **stored_columns(found),
        )
    )
    for other in found.entry.others:
        work.add(
            CaseRecipient(
                site=site,
                case_id=row.id,
                name=other.name,
                sex=other.sex or None,
                id_number=other.id_number or None,
                groups=list(other.groups),
            )
        )
    told = () if is_imported else dishonesty_warnings(work, found.entry.id_number, received_on)
    return EnteredCase(row, (*found.warnings, *told))


def application_number(row: LegalCase) -> str:
    """The intake point's own number of an application."""
    return f"{row.received_on.year}-{row.serial:04d}"


def _numbered(work: Work, command: RegisterCase, received_on: date) -> RegisterCase:
    """A notice to defend has its 案号 from the beginning."""
    if command.began_as is not CaseEventKind.notified_defence:
        return command
    return replace(command, number=number_for(work, command.number, received_on))


def begin_problems(work: Work, found: JudgedCase, received_on: date, is_imported: bool) -> None:
    """Raises Refused with what the rules have against a case that begins so (E301 … E306, E310)."""
    event = CaseEvent(
        id=new_id(),
        case="",
        kind=found.entry.began_as,
        on=received_on,
        writer=work.office.code,
        number=0,
        facts=case_facts(found.entry),
        is_derived=is_imported,
    )
    problems = entry_problems(None, event, case_desk(work), today=local_date(work.now.at))
    if problems:
        raise Refused.of(problems)


def with_client(work: Work, command: RegisterCase) -> RegisterCase:
    """The entry with what the consultation said of the client where its own is empty. Raises Refused E246, E255."""
    if not command.consultation_id:
        return command
    client = need_consultation(work, command.consultation_id)
    return replace(
        command,
        applicant=command.applicant or client.client_name or "",
        sex=command.sex or client.sex or "",
        id_number=command.id_number or client.id_number or "",
        phone=command.phone or client.phone or "",
        address=command.address or client.village or "",
        groups=command.groups or tuple(client.groups),
        matter=command.matter or "、".join(client.topics),
        summary=command.summary or client.content or "",
        channel=command.channel or client.channel,
        is_green=command.is_green or client.is_green,
    )


def bare_case(command: CaseEntry) -> CaseEntry:
    """The entry alone, without what the command adds to it."""
    return CaseEntry(**{one.name: getattr(command, one.name) for one in fields(CaseEntry)})


def _refuse_twice(work: Work, consultation_id: str) -> None:
    """Raises Refused E322 where the consultation became an application already."""
    if not consultation_id:
        return
    held = work.session.scalars(
        select(LegalCase).where(LegalCase.consultation_id == consultation_id).limit(1)
    ).first()
    if held is not None:
        raise Refused(
            "E322",
            f"这次咨询已经转为援助申请（{application_number(held)}），不用再登记一次。请打开那一件继续办理。",
            field="consultation_id",
        )


def _next_serial(work: Work, site: str) -> int:
    """The number the intake point's register goes on with; rows of the same sheet are noted."""
    key = ("last application", site)
    query = select(func.max(LegalCase.serial)).where(LegalCase.site == site)
    last = work.once(key, lambda: work.session.scalar(query)) or 0
    made: int = max(last, *work.noted(key), 0) + 1
    work.note(key, made)
    return made


def _is_sealed(found: JudgedCase, on: date) -> bool:
    """A minor's file is masked in every export."""
    return found.entry.born_on is not None and is_minor(found.entry.born_on, on)
