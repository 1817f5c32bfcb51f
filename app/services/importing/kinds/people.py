"""Imports people: a bureau's go to its pool, a station's become proposals to the county."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person
from app.models.schema import metadata, shared_classes
from app.services.importing.cells import read_whole
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.people.add_person import AddPerson, enter_person
from app.services.people.entry import cleaned
from app.services.people.twins import people_named, private_row, same_papers
from app.services.reading.proposals import is_proposal
from app.text import clean, clean_number
from app.values import PersonKind

FIELDS = {
    "姓名": "name", "人员类别": "kind", "是否公职": "is_public_servant", "所属机构": "organisation", "执业证号": "licence",
    "资格证号": "qualification", "业务年限": "years_of_service", "联系电话": "phone", "专业特长": "specialties",
    "执业起始年": "practice_since", "身份证号": "id_number", "放宽批准文号": "relaxed_approval", "开户行": "bank_name",
    "银行账号": "bank_account",
}  # fmt: skip
HEADINGS = {field: heading for heading, field in FIELDS.items()}
_FLAGS = {"是": True, "否": False, "": False}
_BETWEEN = re.compile(r"[、；;，,]")
_PRIVATE = ("id_number", "bank_name", "bank_account")


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one person. Raises Refused E466 … E468 and those of entering, the heading as field."""
    try:
        command = cleaned(_command(cells))
        if problems := tuple(command.problems()):
            raise Refused.of(problems)
        given = {FIELDS[heading] for heading, text in cells.items() if text}
        if _is_there(work, command, given):
            return UNCHANGED
        person_id = enter_person(work, command)
    except Refused as refusal:
        raise Refused.of(
            Problem(HEADINGS.get(p.field, p.field), p.message, p.code) for p in refusal.problems
        ) from refusal
    has_private = bool(command.id_number or command.bank_name or command.bank_account)
    return (("person", person_id), *((("person_private", person_id),) if has_private else ()))


def may_undo(work: Work, table: str, row_id: str) -> str:
    """A person with duties, attendance, consultations, leave, pay, a confirmed account or a link stays."""
    if table != "person":
        return ""
    for name in shared_classes():
        columns = metadata.tables[name].columns
        if "person_id" in columns and work.session.scalar(
            select(columns["person_id"]).where(columns["person_id"] == row_id).limit(1)
        ):
            person = work.session.get(Person, row_id)
            return f"“{person.name if person else row_id}”已有排班、考勤、请假或其他记录，请改为停用。"
    return ""


def _command(cells: Cells) -> AddPerson:
    return AddPerson(
        name=cells["姓名"],
        kind=clean(cells["人员类别"]),
        is_public_servant=_flag(cells["是否公职"]),
        organisation=cells["所属机构"],
        licence=cells["执业证号"],
        qualification=cells["资格证号"],
        years_of_service=_number(cells, "业务年限"),
        phone=cells["联系电话"],
        specialties=tuple(_BETWEEN.split(cells["专业特长"])),
        practice_since=_number(cells, "执业起始年"),
        id_number=cells["身份证号"],
        relaxed_approval=cells["放宽批准文号"],
        bank_name=clean(cells["开户行"]),
        bank_account=clean_number(cells["银行账号"]),
    )


def _flag(text: str) -> bool:
    if text not in _FLAGS:
        raise Refused("E466", f"“是否公职”只能填“是”或“否”，不能填“{text}”。", field="is_public_servant")
    return _FLAGS[text]


def _number(cells: Cells, heading: str) -> int | None:
    return read_whole(cells[heading].removesuffix("年"), heading, field=FIELDS[heading])


def _is_there(work: Work, typed: AddPerson, given: set[str]) -> bool:
    """Whether the same person is there with nothing different. Raises Refused E468 where no paper tells two apart."""
    twin = same_papers(work, typed.licence, typed.id_number or "")
    if twin is not None:
        return twin.is_active and _is_same(work, twin, typed, given)
    if typed.licence or typed.id_number:
        return False
    for person in people_named(work, typed.name):
        if not person.is_active or person.organisation != typed.organisation:
            continue
        if work.office.is_bureau and is_proposal(work.office, person):
            continue
        if _is_same(work, person, typed, given):
            return True
        raise Refused(
            "E468",
            f"库里已有“{typed.organisation}”的“{typed.name}”，内容不同又没有证号可以区分。"
            "如是同一人请在“人员”里更正，如是另一人请填执业证号或身份证号。",
            field="name",
        )
    return False


def _is_same(work: Work, person: Person, typed: AddPerson, given: set[str]) -> bool:
    """Whether nothing the sheet says differs; an empty cell says nothing."""
    private = private_row(work, person.id)
    for field in given - {"specialties"}:
        if field in _PRIVATE:
            if private is not None and (getattr(private, field) or "") != getattr(typed, field):
                return False
            if private is None and person.writer == work.office.code:
                return False
        elif (getattr(person, field) or None) != (getattr(typed, field) or None):
            return False
    return "specialties" not in given or set(person.specialties) == set(typed.specialties)


_COLUMNS = (
    KindColumn("姓名", is_needed=True, example="张小平"),
    KindColumn("人员类别", is_needed=True, note="、".join(PersonKind), example="律师"),
    KindColumn(
        "是否公职",
        note="是 或 否，空白为否；公职人员可以值班，不领补贴",
        example="否",
    ),
    KindColumn("所属机构", example="某某律师事务所"),
    KindColumn("执业证号", note="律师和基层法律服务工作者必填；设为文本"),
    KindColumn("资格证号", note="高校法律专业师生必填"),
    KindColumn("业务年限", note="政法退休人员必填，整数年", example="12"),
    KindColumn("联系电话", note="设为文本"),
    KindColumn("专业特长", note="多项用、或；分开", example="婚姻家庭、劳动争议"),
    KindColumn("执业起始年", example="2010"),
    KindColumn("身份证号", note="设为文本，不能是数字格式"),
    KindColumn("放宽批准文号", note="放宽条件人员必填"),
    KindColumn("开户行", right=Permission.CHANGE_PAYEE),
    KindColumn(
        "银行账号",
        note="设为文本，不能是数字格式；须另一人复核后才能发放",
        right=Permission.CHANGE_PAYEE,
    ),
)
KIND = ImportKind(
    key="people",
    title="值班人员",
    permission=Permission.MANAGE_PEOPLE,
    columns=_COLUMNS,
    take=take,
    may_undo=may_undo,
    purpose="律师名册一次登记进人员库",
)
