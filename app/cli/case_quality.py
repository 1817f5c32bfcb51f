"""Commands for the quality of cases: notes, complaints, draws, reviews, and the provincial system's entries."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from app.case_values import Grade, NoteKind, ReviewKind
from app.cli.session import ask, do, opened, options_of, show
from app.dates import parse_date
from app.kernel.permissions import Permission
from app.services.quality.case_notes import CaseComplaints, CaseNotes
from app.services.quality.draw_files import LEAST_PERCENT, AnnounceDraw, FileDraw, FileDrawView, RevealDraw
from app.services.quality.note_case import NoteEntry, note_command, typed_note_facts
from app.services.quality.province import ProvinceCheck
from app.services.quality.provincial_order import ProvincialFields
from app.services.quality.review_file import ConfirmReview, ReviewersFor, ReviewSheets, ScoreFile

W = TypeVar("W", bound=StrEnum)
Case = Annotated[str, typer.Argument(metavar="案件", help="案号，或 case list 列出的编号")]
Quarter = Annotated[str, typer.Argument(metavar="季度", help="如 2022-Q2")]


def add_quality(group: typer.Typer) -> None:
    """Add `case note`, `notes`, `complaints`, `draw`, `reviewers`, `score`, `confirm`, `reviews`, `province`, `rekey`."""
    for run in (note, notes, complaints, draw, reviewers, confirm, reviews, province, rekey):
        group.command(run.__name__)(run)
    group.command("score")(enter_scores)


def note(
    context: typer.Context,
    case: Case,
    kind: Annotated[str, typer.Argument(metavar="事项", help="如 受援人回访、庭审旁听、投诉、督办")],
    on: Annotated[str, typer.Option("--on", help="日期，省略为今天")] = "",
    who: Annotated[str, typer.Option("--who", help="何人")] = "",
    text: Annotated[str, typer.Option("--text", help="内容")] = "",
    fact: Annotated[list[str] | None, typer.Option("--fact", help="内容，写成 名称=内容，可写几次")] = None,
    about: Annotated[str, typer.Option("--about", help="答复哪一件投诉，写 case complaints 里的编号")] = "",
) -> None:
    """登记案件的一件记事：旁听、征询、回访、督办、投诉和它的处理等。"""
    wanted = _word(NoteKind, kind)
    entry = NoteEntry(
        case=case,
        kind=wanted,
        on=parse_date(on) if on else None,
        who=who,
        text=text,
        facts=typed_note_facts(wanted, dict(map(_pair, fact or ()))),
        about=about,
    )
    with opened(options_of(context)) as (office, actor):
        command = note_command(entry, is_agency=actor.may(Permission.HANDLE_CASE))
        made = office.do(command, actor).value
    show(context, {"id": made}, lambda: f"已登记“{kind}”。")


def notes(
    context: typer.Context,
    case: Annotated[str, typer.Option("--case", help="案号或编号，省略为全部")] = "",
    kind: Annotated[list[str] | None, typer.Option("--kind", help="事项，可写几次")] = None,
    first: Annotated[str, typer.Option("--from", help="从哪一天起")] = "",
    last: Annotated[str, typer.Option("--to", help="到哪一天止")] = "",
) -> None:
    """列出案件的记事，新的在前。"""
    found = ask(
        context,
        CaseNotes(
            case=case,
            kinds=tuple(_word(NoteKind, one) for one in kind or ()),
            first=parse_date(first) if first else None,
            last=parse_date(last) if last else None,
        ),
    )
    document = [
        {
            "id": one.id,
            "case": one.case,
            "number": one.number,
            "kind": one.kind.value,
            "on": one.on.isoformat(),
            "who": one.who,
            "text": one.text,
            "facts": dict(one.facts),
        }
        for one in found
    ]
    lines = [
        "　".join(
            filter(None, (str(one.on), one.number, one.kind, one.who, *(w for _, w in one.facts), one.text))
        )
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "没有记事。")


def complaints(
    context: typer.Context, is_open: Annotated[bool, typer.Option("--open", help="只看没有办结的")] = False
) -> None:
    """列出对案件的投诉和在计的期限，没有办结的在前。"""
    found = ask(context, CaseComplaints(is_open_only=is_open))
    document = [
        {
            "id": one.id,
            "number": one.number,
            "on": one.on.isoformat(),
            "ground": one.ground,
            "state": one.state,
            "outcome": one.outcome,
            "due": one.clock.due.isoformat() if one.clock and one.clock.due else None,
            "clock": one.clock.title if one.clock else "",
        }
        for one in found
    ]
    lines = [
        f"{one.on}　{one.number}　{one.ground}　{one.state}　{one.clock.explanation if one.clock else ''}\n    {one.id}"
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "没有投诉。")


def draw(
    context: typer.Context,
    quarter: Quarter,
    is_announced: Annotated[bool, typer.Option("--announce", help="公布指纹，种子只显示这一次")] = False,
    seed: Annotated[str, typer.Option("--reveal", help="季度结束以后公布种子")] = "",
    percent: Annotated[int, typer.Option("--percent", help="抽取比例")] = LEAST_PERCENT,
) -> None:
    """看一个季度的案卷抽查；加 --announce 公布指纹，加 --reveal 公布种子。"""
    if is_announced:
        made = do(context, AnnounceDraw(quarter, seed, percent))
        said = f"指纹：{made.digest}\n种子：{made.seed}（只显示这一次，请密封保存，季度结束以后公布）"
        show(context, {"quarter": made.quarter, "digest": made.digest, "seed": made.seed}, lambda: said)
        return
    found = do(context, RevealDraw(quarter, seed)) if seed else ask(context, FileDraw(quarter))
    show(context, _draw_document(found), lambda: _draw_words(found))


def reviewers(context: typer.Context, case: Case) -> None:
    """列出可以评查一件案卷的人。"""
    found = ask(context, ReviewersFor(case))
    document = [vars(one) for one in found]
    lines = [f"{one.name}　{one.firm}　{one.conflict}\n    {one.person_id}" for one in found]
    show(context, document, lambda: "\n".join(lines) or "人员库里没有评查人。")


def enter_scores(
    context: typer.Context,
    case: Case,
    reviewer: Annotated[str, typer.Option("--reviewer", help="评查人编号")],
    item: Annotated[list[str], typer.Option("--item", help="得分，写成 项目=分数，可写几次")],
    grade: Annotated[
        str, typer.Option("--grade", help="优秀、良好、合格、不合格；省略则按总分定，另定的须写评语")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="一案一评、同行评估、行政评查")
    ] = ReviewKind.every_case.value,
    comment: Annotated[str, typer.Option("--comment", help="评语")] = "",
    on: Annotated[str, typer.Option("--on", help="评查日期，省略为今天")] = "",
) -> None:
    """登记一份案卷评查表。"""
    made = do(
        context,
        ScoreFile(
            case=case,
            kind=_word(ReviewKind, kind),
            reviewer_id=reviewer,
            scores={name: _points(points) for name, points in map(_pair, item)},
            grade=_word(Grade, grade) if grade else None,
            comment=comment,
            on=parse_date(on) if on else None,
        ),
    )
    show(context, {"id": made}, lambda: f"已登记评查表，编号 {made}，请负责人确认。")


def confirm(
    context: typer.Context,
    sheet: Annotated[str, typer.Argument(metavar="评查表", help="case reviews 列出的编号")],
) -> None:
    """由负责人确认评查等级，以后按它算补贴。"""
    made = do(context, ConfirmReview(sheet))
    show(context, {"id": made}, lambda: "已确认。")


def reviews(
    context: typer.Context, case: Annotated[str, typer.Option("--case", help="案号或编号，省略为全部")] = ""
) -> None:
    """列出评查表。"""
    found = ask(context, ReviewSheets(case))
    document = [
        {
            "id": one.id,
            "number": one.number,
            "kind": one.kind.value,
            "on": one.on.isoformat(),
            "reviewer": one.reviewer,
            "score": one.score,
            "grade": one.grade.value,
            "confirmed": one.is_confirmed,
        }
        for one in found
    ]
    lines = [
        f"{one.on}　{one.number}　{one.kind}　{one.reviewer}　{one.score} 分　{one.grade}"
        f"　{'已确认' if one.is_confirmed else '待确认'}\n    {one.id}"
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "没有评查表。")


def province(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help="已录入、不一致、未录入、本机没有")] = "",
) -> None:
    """和导入的省系统案件对账，有出入的在前。"""
    found = ask(context, ProvinceCheck(state))
    document = [
        {
            "number": one.number,
            "state": one.state.value,
            "entered_number": one.entered_number,
            "differences": list(one.differences),
        }
        for one in found
    ]
    lines = [
        "　".join(filter(None, (one.state, one.number, one.entered_number, *one.differences)))
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "没有案件。")


def rekey(context: typer.Context, case: Case) -> None:
    """按省系统的顺序列出一件案件要录入的各项；看了要留记录。"""
    found = ask(context, ProvincialFields(case))
    show(
        context,
        [{"title": one.title, "value": one.value} for one in found],
        lambda: "\n".join(f"{one.title}：{one.value}" for one in found),
    )


def _draw_document(found: FileDrawView) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(found).items()}


def _draw_words(found: FileDrawView) -> str:
    if not found.digest:
        return f"{found.quarter} 还没有公布指纹。"
    lines = [f"指纹：{found.digest}", f"种子：{found.seed or '季度结束以后公布'}"]
    if found.seed:
        lines.append(f"{len(found.numbers)} 件中抽出 {len(found.drawn)} 件：{'、'.join(found.drawn)}")
        lines.append(f"还没有评查：{'、'.join(found.unchecked) or '无'}")
    lines.append(f"本季归档 {len(found.archived)} 件，没有一案一评的 {len(found.unreviewed)} 件。")
    return "\n".join(lines)


def _word(kind: type[W], text: str) -> W:
    if text not in {one.value for one in kind}:
        raise typer.BadParameter(f"没有“{text}”，可写：{'、'.join(kind)}")
    return kind(text)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"“{text}”请写成 名称=内容")
    return name.strip(), value


def _points(text: str) -> int:
    if not text.strip().isdecimal():
        raise typer.BadParameter(f"“{text}”不是分数")
    return int(text)
