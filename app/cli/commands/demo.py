"""The command that plays the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import show
from app.values import Month, yuan_text


def add(cli: typer.Typer) -> None:
    """Add `demo`."""
    cli.command("demo")(demo)


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")],
    pack: Annotated[str, typer.Option("--pack", help="方案代号")] = "yuncheng-2022",
    month: Annotated[str, typer.Option("--month", help="月份 YYYY-MM，省略为方案有效期内的 5 月")] = "",
    seed: Annotated[int, typer.Option("--seed", help="种子，相同则数字相同")] = 1,
    small: Annotated[bool, typer.Option("--small", help="只演示一个中心和两个站")] = False,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help="是否画窗口图片")] = True,
) -> None:
    """演示：一个县局和几个工作站的一个月，人物均为虚构。"""
    from app.demo.run import DemoOrder, run_demo, usual_month

    chosen = Month.parse(month) if month else usual_month(pack)
    order = DemoOrder(out, pack, chosen, seed, small, pictures)
    summary = run_demo(order, tell)
    people, duties, visits = summary["people"], summary["duties"], summary["consultations"]
    show(
        context,
        summary,
        lambda: (
            f"演示完成：{people} 人，{duties} 次值班，{visits} 条咨询，"
            f"应发 {yuan_text(summary['total_fen'])} 元。见 {out}"
        ),
    )
