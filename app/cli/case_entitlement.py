"""Commands for who may have aid: the judgement of what an applicant says, and the county's dated figures."""

from __future__ import annotations

from typing import Annotated

import typer

from app.case_values import StandardKind
from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.cases.judge_application import AidJudgement, JudgeApplication
from app.services.cases.means_figures import MeansFigures, SetMeansFigure
from app.services.cases.typed_household import read_household
from app.values import yuan_text


def add_entitlement(group: typer.Typer) -> None:
    """Add `case judge`, `means` and `set-means`."""
    group.command("judge")(judge)
    group.command("means")(means)
    group.command("set-means")(set_means)


def judge(
    context: typer.Context,
    matter: Annotated[str, typer.Option("--matter", help="案由")] = "",
    groups: Annotated[list[str] | None, typer.Option("--group", help="人群类别，可写几次")] = None,
    ground: Annotated[str, typer.Option("--ground", help="法律依据，如 援31")] = "",
    exemption: Annotated[str, typer.Option("--exemption", help="免核查情形")] = "",
    proof: Annotated[str, typer.Option("--proof", help="免核查证明")] = "",
    members: Annotated[
        list[str] | None, typer.Option("--member", help="家庭成员：姓名 关系 年龄 工资 经营 其他，可写几次")
    ] = None,
    is_undertaking: Annotated[bool, typer.Option("--undertaking", help="告知承诺")] = False,
    is_checked: Annotated[bool, typer.Option("--checked", help="收入已经核查")] = False,
    on: Annotated[str, typer.Option("--on", help="申请日期，省略为今天")] = "",
) -> None:
    """看一个人能不能得到援助：事项、经济困难、免核查，各有依据。"""
    found: AidJudgement = ask(
        context,
        JudgeApplication(
            received_on=parse_date(on) if on else None,
            matter=matter,
            groups=tuple(groups or ()),
            ground=ground,
            exemption=exemption,
            exemption_proof=proof,
            is_undertaking=is_undertaking,
            household=read_household("\n".join(members or ())),
            is_checked=is_checked,
        ),
    )
    document = {
        "strip": found.strip,
        "verdict": found.verdict,
        "criteria": [vars(one) for one in found.criteria],
    }
    lines = [f"{one.title}：{one.answer}　{one.text}　{one.clause}" for one in found.criteria]
    show(context, document, lambda: "\n".join(filter(None, (found.strip, *lines, f"判断：{found.verdict}"))))


def means(context: typer.Context) -> None:
    """列出登记的经济困难标准，新的在前。"""
    found = ask(context, MeansFigures())
    document = [
        {
            "kind": one.kind.value,
            "valid_from": one.valid_from.isoformat(),
            "fen": one.fen,
            "source": one.source,
        }
        for one in found
    ]
    lines = [f"{one.valid_from}　{one.kind}　{yuan_text(one.fen)} 元　{one.source}" for one in found]
    show(context, document, lambda: "\n".join(lines) or "还没有登记标准。")


def set_means(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="标准", help="最低生活保障标准、最低工资标准、省定经济困难标准、当地放宽的标准"
        ),
    ],
    valid_from: Annotated[str, typer.Option("--from", help="生效日")],
    yuan: Annotated[float, typer.Option("--yuan", help="每人每月多少元")],
    source: Annotated[str, typer.Option("--source", help="依据文件")],
) -> None:
    """登记一个从某日起用的经济困难标准。"""
    if kind not in {one.value for one in StandardKind}:
        raise typer.BadParameter(f"没有“{kind}”，可写：{'、'.join(StandardKind)}")
    made = do(context, SetMeansFigure(StandardKind(kind), parse_date(valid_from), round(yuan * 100), source))
    show(context, {"id": made}, lambda: f"已登记{kind}。")
