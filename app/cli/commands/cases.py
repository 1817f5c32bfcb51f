"""Commands for legal-aid cases: the list, one case, what is due, an application, an event."""

from __future__ import annotations

from typing import Annotated

import typer

from app.case_values import CaseEventKind, CaseKind
from app.cli.case_entitlement import add_entitlement
from app.cli.case_handlers import add_handlers
from app.cli.case_money import add_money
from app.cli.case_papers import add_papers
from app.cli.case_quality import add_quality
from app.cli.session import ask, do, opened, options_of, show
from app.dates import parse_date
from app.services.cases.case_card import CaseCard, OpenCase
from app.services.cases.case_list import CaseList, CaseRow
from app.services.cases.enter_event import command_for
from app.services.cases.register_case import RegisterCase
from app.services.cases.typed_facts import typed_facts
from app.services.cases.typed_household import read_household
from app.services.cases.write_event import EventEntry

Case = Annotated[str, typer.Argument(metavar="案件", help="案号，或 case list 列出的编号")]
On = Annotated[str, typer.Option("--on", help="发生日期，省略为今天")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]


def add(cli: typer.Typer) -> None:
    """Add `case …`."""
    group = typer.Typer(help="法律援助案件", no_args_is_help=True)
    group.command("list")(list_cases)
    group.command("show")(show_case)
    group.command("due")(due_cases)
    group.command("apply")(apply)
    group.command("event")(event)
    add_papers(group)
    add_money(group)
    add_entitlement(group)
    add_handlers(group)
    add_quality(group)
    cli.add_typer(group, name="case")


def list_cases(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help="状态，如 审查中")] = "",
    words: Annotated[str, typer.Option("--words", help="申请人、案号、完整的证件号或电话")] = "",
    site: Annotated[str, typer.Option("--site", help="受理点代码、全称或乡镇名")] = "",
    is_open: Annotated[bool, typer.Option("--open", help="只看未结的")] = False,
    is_lost: Annotated[bool, typer.Option("--lost", help="只看没有在计期限的、有待处理事项的")] = False,
    limit: Annotated[int, typer.Option("--limit", help="最多列几件")] = 100,
) -> None:
    """列出案件，新的在前。"""
    asked = CaseList(
        state=state, words=words, site=site, is_open_only=is_open, is_lost_only=is_lost, limit=limit
    )
    page = ask(context, asked)
    show(context, [_row(one) for one in page.rows], lambda: _lines(page.rows, page.total))


def due_cases(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", help="到哪一天为止到期，省略为全部")] = "",
) -> None:
    """按到期先后列出在计期限的案件，已超期的在最前。"""
    page = ask(context, CaseList(due_by=parse_date(by) if by else None, is_due_only=True, sort="due"))
    show(context, [_row(one) for one in page.rows], lambda: _lines(page.rows, page.total))


def show_case(context: typer.Context, case: Case) -> None:
    """看一件案件：当事人、经过、期限、材料和下一步。"""
    found = ask(context, CaseCard(case))
    show(context, _document(found), lambda: _words(found))


def apply(
    context: typer.Context,
    applicant: Annotated[str, typer.Option("--applicant", help="申请人")] = "",
    kind: Annotated[str, typer.Option("--kind", help="民事、行政、刑事、国家赔偿")] = CaseKind.civil.value,
    matter: Annotated[str, typer.Option("--matter", help="案由")] = "",
    group: Annotated[list[str] | None, typer.Option("--group", help="人群类别，可写几次")] = None,
    form: Annotated[str, typer.Option("--form", help="诉讼、非诉讼")] = "",
    stage: Annotated[str, typer.Option("--stage", help="诉讼阶段")] = "",
    ground: Annotated[str, typer.Option("--ground", help="法律依据，如 援31")] = "",
    id_number: Annotated[str, typer.Option("--id-number", help="证件号")] = "",
    phone: Annotated[str, typer.Option("--phone", help="联系电话")] = "",
    summary: Annotated[str, typer.Option("--summary", help="案情概况")] = "",
    members: Annotated[
        list[str] | None, typer.Option("--member", help="家庭成员：姓名 关系 年龄 工资 经营 其他，可写几次")
    ] = None,
    on: Annotated[str, typer.Option("--on", help="收到申请的日期，省略为今天")] = "",
    site: Annotated[str, typer.Option("--site", help="受理点，省略为本单位")] = "",
    consultation: Annotated[str, typer.Option("--from", help="由哪次咨询转来（咨询记录编号）")] = "",
    channel: Annotated[str, typer.Option("--channel", help="申请方式")] = "",
    organ: Annotated[str, typer.Option("--organ", help="通知辩护的机关；写了就按通知辩护登记")] = "",
    letter: Annotated[str, typer.Option("--letter", help="通知文号")] = "",
    number: Annotated[str, typer.Option("--number", help="通知辩护案件的案号")] = "",
) -> None:
    """登记一件援助申请，或办案机关的通知辩护。"""
    command = RegisterCase(
        began_as=CaseEventKind.notified_defence if organ else CaseEventKind.registered,
        applicant=applicant,
        kind=CaseKind.criminal.value if organ else kind,
        matter=matter,
        groups=tuple(group or ()),
        form=form,
        stage=stage,
        ground=ground,
        id_number=id_number,
        phone=phone,
        summary=summary,
        household=read_household("\n".join(members or ())),
        received_on=parse_date(on) if on else None,
        site=site,
        consultation_id=consultation,
        channel=channel,
        organ=organ,
        letter=letter,
        number=number,
    )
    made = do(context, command)
    document = {"id": made.id, "application": made.number, "warnings": list(made.warnings)}
    show(
        context,
        document,
        lambda: "\n".join((f"已登记，受理编号 {made.number}，案件编号 {made.id}。", *made.warnings)),
    )


def event(
    context: typer.Context,
    case: Case,
    kind: Annotated[str, typer.Argument(metavar="事项", help="如 受理审查、给予、指派、签约、结案、归档")],
    on: On = "",
    fact: Annotated[list[str] | None, typer.Option("--fact", help="内容，写成 名称=内容，可写几次")] = None,
    reason: Reason = "",
    void: Annotated[str, typer.Option("--void", help="作废哪一步，写 case show 里的编号")] = "",
) -> None:
    """登记案件的一步；由受理点、援助机构还是负责人登记，看各人的权限。"""
    if kind not in {one.value for one in CaseEventKind}:
        raise typer.BadParameter(f"没有“{kind}”这一步，可写：{'、'.join(CaseEventKind)}")
    wanted = CaseEventKind(kind)
    entry = EventEntry(
        case=case,
        kind=wanted,
        on=parse_date(on) if on else None,
        facts=typed_facts(wanted, dict(_pair(one) for one in fact or ())),
        reason=reason,
        voids=void,
    )
    with opened(options_of(context)) as (office, actor):
        made = office.do(command_for(entry, actor), actor).value
    document = {"id": made.id, "case": made.case, "state": made.state, "warnings": list(made.warnings)}
    show(context, document, lambda: "\n".join((f"已登记“{kind}”，案件现在：{made.state}。", *made.warnings)))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"“{text}”请写成 名称=内容")
    return name.strip(), value


def _row(one: CaseRow) -> dict[str, object]:
    return {
        "id": one.id,
        "application": one.application,
        "number": one.number,
        "applicant": one.applicant,
        "kind": one.kind,
        "matter": one.matter,
        "state": one.state.value,
        "site": one.site,
        "received_on": one.received_on.isoformat(),
        "handler": one.handler,
        "firm": one.firm,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "clock": one.due_clock,
        "days_left": one.days_left,
        "lost": one.is_lost,
        "misfits": one.misfits,
    }


def _lines(rows: tuple[CaseRow, ...], total: int) -> str:
    if not rows:
        return "没有这样的案件。"
    return "\n".join(map(_line, rows)) + f"\n共 {total} 件。"


def _line(one: CaseRow) -> str:
    due = f"　{one.due_clock} {one.due_on}（{_left(one.days_left)}）" if one.due_on else ""
    return f"{one.number or one.application}　{one.applicant}　{one.kind}　{one.matter}　{one.state}{due}\n    {one.id}"


def _left(days: int | None) -> str:
    if days is None:
        return ""
    return f"还有 {days} 天" if days >= 0 else f"已超 {-days} 天"


def _document(found: OpenCase) -> dict[str, object]:
    return _row(found.row) | {
        "groups": list(found.row.groups),
        "form": found.row.form,
        "stage": found.row.stage,
        "ground": found.ground,
        "fund": found.fund,
        "grade": found.grade,
        "entered_number": found.entered_number,
        "entered_on": found.entered_on.isoformat() if found.entered_on else None,
        "strip": found.judged.strip,
        "verdict": found.judged.verdict,
        "unmet": [{"key": one.key.value, "clause": one.clause, "text": one.text} for one in found.unmet],
        "next": [step.kind.value for step in found.next],
        "events": [
            {
                "id": step.id,
                "kind": step.kind.value,
                "on": step.on.isoformat(),
                "facts": dict(step.facts),
                "reason": step.reason,
                "note": step.note,
            }
            for step in found.steps
        ],
        "clocks": [
            {
                "key": clock.key,
                "title": clock.title,
                "started_on": clock.started_on.isoformat(),
                "due": clock.due.isoformat() if clock.due else None,
                "state": clock.state.value,
                "explanation": clock.explanation,
            }
            for clock in found.clocks
        ],
        "papers": [{"id": one.id, "paper": one.paper, "pages": one.pages} for one in found.papers],
    }


def _words(found: OpenCase) -> str:
    row = found.row
    lines = [
        f"{row.number or row.application}　{found.applicant}　{row.kind}　{row.matter}　{row.state}",
        *(
            f"{step.on} {step.kind}{_facts(step.facts)}{f'　［{step.note}］' if step.note else ''}"
            for step in found.steps
        ),
        *((found.judged.strip,) if found.judged.strip else ()),
        *(f"不计入：{one.text}（{one.clause}）" for one in found.unmet),
        *(f"期限：{clock.explanation}" for clock in found.clocks),
    ]
    if found.next:
        lines.append("下一步可登记：" + "、".join(step.kind for step in found.next))
    return "\n".join(lines)


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    return "（" + "；".join(f"{title}：{words}" for title, words in facts) + "）" if facts else ""
