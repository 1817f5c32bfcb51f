"""Commands that erase the personal values of a record, person, case, note or person of the registers where the law asks for it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.erasure.erase_personal_data import ErasePersonalData, ErasureScope
from app.services.erasure.subject import SubjectKind

Reason = Annotated[str, typer.Option("--reason", help="依法删除的理由，不写姓名、电话等")]
Dry = Annotated[bool, typer.Option("--dry-run", help="只列出会删去什么，不删除")]
erase = typer.Typer(help="依法删除个人信息（不能恢复）")


def add(cli: typer.Typer) -> None:
    """Add `erase consultation|person|case|note|focus`."""
    cli.add_typer(erase, name="erase")


@erase.command("consultation")
def erase_consultation(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="咨询编号，或记录编号")],
    reason: Reason = "",
    site: Annotated[str, typer.Option("--site", help="站点；省略为本单位自己的站点")] = "",
    dry_run: Dry = False,
) -> None:
    """删除一条咨询记录里的个人信息；编号、时间、事项、金额和流水保留。"""
    _erase(context, SubjectKind.consultation, number, reason, site, dry_run)


@erase.command("person")
def erase_person(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名、执业证号或人员编号；须先停用并结清补贴")],
    reason: Reason = "",
    dry_run: Dry = False,
) -> None:
    """删除一名人员的姓名、电话、证件号和收款账户；值班、考勤、金额和流水保留。"""
    _erase(context, SubjectKind.person, name, reason, "", dry_run)


@erase.command("case")
def erase_case(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="案号，或案件编号；须先归档或终结，结清补贴")],
    reason: Reason = "",
    dry_run: Dry = False,
) -> None:
    """删除一件援助案件里当事人的个人信息和材料扫描件；案号、日期、事项、金额和流水保留。"""
    _erase(context, SubjectKind.case, number, reason, "", dry_run)


@erase.command("note")
def erase_note(
    context: typer.Context,
    note: Annotated[str, typer.Argument(metavar="编号", help="案件记事的编号；案件须先归档或终结")],
    reason: Reason = "",
    dry_run: Dry = False,
) -> None:
    """删除一条案件记事（投诉连同答复）里的人名和内容；日期、事项和流水保留。"""
    _erase(context, SubjectKind.note, note, reason, "", dry_run)


@erase.command("activity")
def erase_activity(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(metavar="编号", help="`activity list` 列出的编号")],
    reason: Reason = "",
    dry_run: Dry = False,
) -> None:
    """删除一件服务活动里的事由和结果；时间、地点、人数和流水保留。"""
    _erase(context, SubjectKind.activity, activity, reason, "", dry_run)


@erase.command("focus")
def erase_focus(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名、证件号、卡号或名册编号；须先移出名册")],
    reason: Reason = "",
    dry_run: Dry = False,
) -> None:
    """删除名册上一个人的姓名、证件、电话、住址和卡号；列入、移出的日期和流水保留。"""
    _erase(context, SubjectKind.focus, name, reason, "", dry_run)


def _erase(context: typer.Context, kind: str, key: str, reason: str, site: str, is_tried: bool) -> None:
    if is_tried:
        found = ask(context, ErasureScope(kind, key, site))
    else:
        found = do(context, ErasePersonalData(kind, key, reason, site))
    words = "将删除" if is_tried else "已依法删除"
    document = {"id": found.id, "is_erased": not is_tried, "kinds": found.kinds}
    show(context, document, lambda: f"{words}：{'；'.join(one.words for one in found.kinds)}。")
