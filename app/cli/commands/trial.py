"""The command that replays a year of duties under another programme or another reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from app.cli.session import ask, show
from app.errors import Refused
from app.services.money.try_pack import Trial, TryPack
from app.values import yuan_text


def add(cli: typer.Typer) -> None:
    """Add `trial`."""
    cli.command("trial")(trial)


def trial(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", help="哪一年的值班，如 2022")],
    pack: Annotated[str, typer.Option("--pack", help="换用的方案代号，省略为本单位的方案")] = "",
    reading: Annotated[
        list[str] | None, typer.Option("--set", help="换用的读法，如 grace_minutes=10；可写多次")
    ] = None,
) -> None:
    """测算：一年的值班按另一方案或另一读法该付多少，谁增谁减；什么也不改。"""
    found: Trial = ask(context, TryPack(pack, year, tuple(_reading(one) for one in reading or ())))
    document = {
        "year": found.year,
        "before": found.before,
        "after": found.after,
        "before_fen": found.before_fen,
        "after_fen": found.after_fen,
        "people": [
            {
                "person_id": line.pay.person_id,
                "name": line.name,
                "net_before_fen": line.pay.net_before,
                "net_after_fen": line.pay.net_after,
                "gain_fen": line.pay.gain_fen,
            }
            for line in found.lines
        ],
    }
    show(context, document, lambda: "\n".join(_lines(found)))


def _reading(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise Refused("E497", f"读法请写成“名称=值”，如 grace_minutes=10；写的是“{text}”。", field="set")
    return name.strip(), value.strip()


def _lines(found: Trial) -> Iterator[str]:
    yield f"{found.year}年测算：{found.words}"
    yield f"{found.before}　{yuan_text(found.before_fen)} 元　→　{found.after}　{yuan_text(found.after_fen)} 元"
    for line in found.lines:
        pay = line.pay
        sign = "+" if pay.gain_fen > 0 else ""
        yield "　".join(
            (
                line.name,
                yuan_text(pay.net_before),
                yuan_text(pay.net_after),
                f"{sign}{yuan_text(pay.gain_fen)}",
            )
        )
