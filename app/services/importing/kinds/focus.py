"""Imports the registers of people whom aid looks after, those who left them among them (J04 G07 J08 G09)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.case_values import FocusEnd, FocusKind
from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.case_quality import FocusPerson
from app.services.importing.cells import read_day, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.services.quality.focus_people import (
    AddFocusPerson,
    already_listed,
    end_problems,
    judged_entry,
    put_entry,
)
from app.text import clean

_FIELDS = {
    "kind": "名册", "name": "姓名", "id_number": "证件号", "phone": "联系电话", "address": "住址", "category": "人员类别",
    "card": "卡号", "reason": "列入理由", "since": "列入日期", "site": "站点", "until": "移出日期",
}  # fmt: skip
_HELD = ("FocusPerson",)
Told = tuple[AddFocusPerson, date | None]
"""An entry of a register, and the day that somebody left it."""


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one entry. Raises Refused E203, E204, E210, E236, E420, E421, E830 … E834, E838, E839."""
    try:
        return _taken(work, cells)
    except Refused as refusal:
        raise Refused.of(
            Problem(_FIELDS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal


def _taken(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    command = AddFocusPerson(
        kind=FocusKind(read_word(cells, "名册", FocusKind)),
        name=cells["姓名"],
        reason=cells["列入理由"],
        since=read_day(cells, "列入日期"),
        **{
            name: cells[_FIELDS[name]]
            for name in ("id_number", "phone", "address", "category", "card", "site")
        },
    )
    if problems := tuple(command.problems()):
        raise Refused.of(problems)
    entry = judged_entry(work, command)
    until, ended_by, words = _end(work, entry, cells)
    if _is_there(work, entry, until):
        return UNCHANGED
    for key in _keys(entry):
        work.note((*_HELD, entry.kind, key), (entry, until))
    return (("focus_person", put_entry(work, entry, until, ended_by, words)),)


def _end(work: Work, entry: AddFocusPerson, cells: Cells) -> tuple[date | None, str, str]:
    """When and why the person left; a day without its reason or a reason without its day is refused (E838)."""
    ended_by, words = read_word(cells, "移出原因", ("", *FocusEnd)), clean(cells["移出说明"])
    if bool(ended_by) != bool(cells["移出日期"]):
        missing = "移出日期" if ended_by else "移出原因"
        raise Refused("E838", f"“移出日期”和“移出原因”要一同填写，请补上“{missing}”。", field=missing)
    if not ended_by:
        return None, "", ""
    until, since = read_day(cells, "移出日期"), entry.since or date.max
    problems = [
        Problem("移出说明" if one.field == "reason" else one.field, one.message, one.code)
        for one in end_problems(since, until, local_date(work.now.at), ended_by, words)
    ]
    if problems:
        raise Refused.of(problems)
    return until, ended_by, words


def _is_there(work: Work, entry: AddFocusPerson, until: date | None) -> bool:
    """Whether the register has just this. Raises Refused E831 where it has the person or the card otherwise, E839
    where it does not know yet that the person left."""
    stored, held = work.once(_HELD, lambda: _stored(work)), list[Told]()
    for key in _keys(entry):
        held += (*stored.get((entry.kind, key), ()), *work.noted((*_HELD, entry.kind, key)))
    same = [left for one, left in held if _is_same(one, entry)]
    if until in same or (until is None and same):
        return True
    if None in same:
        raise Refused("E839", f"这个人还在“{entry.kind}”名册里，请在名册里移出，不用导入。", field="until")
    if until is None and any(left is None and _is_one(one, entry) for one, left in held):
        raise already_listed(entry)
    return False


def _keys(entry: AddFocusPerson) -> set[str]:
    """By what an entry is looked for."""
    return {entry.id_number, entry.card, entry.name} - {""}


def _is_same(held: AddFocusPerson, wanted: AddFocusPerson) -> bool:
    """Whether nothing that the sheet says differs; an empty cell says nothing."""
    return all(getattr(held, name) == value for name, value in vars(wanted).items() if value)


def _is_one(held: AddFocusPerson, entry: AddFocusPerson) -> bool:
    """Whether both are one person, or one card, on one register."""
    return held.kind is entry.kind and (
        bool(entry.id_number and held.id_number == entry.id_number)
        or bool(entry.card and held.card == entry.card)
    )


def _stored(work: Work) -> dict[tuple[FocusKind, str], tuple[Told, ...]]:
    """The registers by identity number, card and name."""
    found: dict[tuple[FocusKind, str], tuple[Told, ...]] = {}
    for row in work.session.scalars(select(FocusPerson).order_by(FocusPerson.since, FocusPerson.id)):
        entry = AddFocusPerson(
            kind=FocusKind(row.kind),
            since=row.since,
            category=row.category,
            site=row.site,
            **{
                name: getattr(row, name) or ""
                for name in ("name", "reason", "id_number", "phone", "address", "card")
            },
        )
        for key in _keys(entry):
            found[entry.kind, key] = (*found.get((entry.kind, key), ()), (entry, row.until))
    return found


KIND = ImportKind(
    key="focus",
    title="重点人员名册",
    permission=Permission.RECORD_CASE,
    columns=(
        KindColumn("名册", True, "、".join(FocusKind), "重点对象"),
        KindColumn("姓名", True, "", "张秀兰"),
        KindColumn("证件号", False, "设为文本，不能是数字格式", ""),
        KindColumn("联系电话", False, "设为文本", ""),
        KindColumn("住址", False, "村、组或详细地址", ""),
        KindColumn("人员类别", False, "如无保户、低保户、伤残军人、军烈属、重病、重残", "低保户"),
        KindColumn("卡号", False, "联系卡或惠民卡的号码", ""),
        KindColumn("列入理由", True, "为什么列入", "低保户"),
        KindColumn("列入日期", True, "年-月-日", "2022-03-01"),
        KindColumn("移出日期", False, "已经移出的填写，年-月-日", ""),
        KindColumn("移出原因", False, "、".join(FocusEnd), ""),
        KindColumn("移出说明", False, "登记有误和其他原因的，写明情况", ""),
        KindColumn("站点", False, "站点代码、全称或乡镇名，留空为本单位", ""),
    ),
    take=take,
    purpose="重点对象、联系卡、惠民卡和特殊困难人员名册",
)
