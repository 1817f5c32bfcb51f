"""The command that lists the consultation register."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, show
from app.dates import parse_date
from app.services.consultations.register import Register, RegisterPage, RegisterRow


def add(cli: typer.Typer) -> None:
    """Add `consultation list`."""
    group = typer.Typer(help="咨询登记簿", no_args_is_help=True)
    group.callback()(lambda: None)
    group.command("list")(list_records)
    cli.add_typer(group, name="consultation")


def list_records(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="从哪一天起")] = "",
    last: Annotated[str, typer.Option("--to", help="到哪一天为止")] = "",
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为全部")] = "",
    words: Annotated[str, typer.Option("--words", help="编号、姓名、首字母、电话、事项或内容")] = "",
    delivery: Annotated[
        str, typer.Option("--delivery", help="上报状态：未导出、已导出待回执、已接收、退回")
    ] = "",
    is_faulty: Annotated[bool, typer.Option("--faulty", help="只看缺项、不规范的")] = False,
    limit: Annotated[int, typer.Option("--limit", help="最多列几条")] = 100,
) -> None:
    """列出咨询记录，新的在前；姓名、电话、证件号按最少够用显示。"""
    asked = Register(
        site=site,
        first=parse_date(first) if first else None,
        last=parse_date(last) if last else None,
        words=words,
        delivery=delivery,
        is_faulty_only=is_faulty,
        limit=limit,
    )
    page: RegisterPage = ask(context, asked)
    least = "至少 " if page.is_more else ""
    lines = [*map(_line, page.rows), f"{least}{page.total - page.merged} 人次 {page.topics} 件"]
    show(context, [_document(one) for one in page.rows], lambda: "\n".join(lines))


def _document(row: RegisterRow) -> dict[str, object]:
    return {
        "id": row.id,
        "number": row.number,
        "at": f"{row.at:%Y-%m-%d %H:%M:%S}",
        "site": row.site,
        "name": row.person,
        "topics": list(row.topics),
        "missing": list(row.missing),
        "audit": row.audit,
        "merged": row.is_merged,
        "delivery": row.delivery.state.value if row.delivery else "",
        "fault": row.delivery.fault if row.delivery else "",
    }


def _line(row: RegisterRow) -> str:
    got = row.delivery.state.value if row.delivery else ""
    told = (f"{row.at:%Y-%m-%d %H:%M}", row.site_name, row.number, row.client, row.person, got, row.id)
    return "　".join(filter(None, told))
