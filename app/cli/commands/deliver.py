"""Commands of the delivery queue: places, lining up, sending, and what stands in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import ask, do, password_in, show
from app.services.exchange.delivery.places import AddDeliveryPlace
from app.services.exchange.delivery.queue import (
    CancelDelivery,
    DeliverDue,
    DeliveryLine,
    DeliveryQueue,
    QueueBundles,
    RetryDelivery,
)
from app.services.exchange.export import Exported

deliver = typer.Typer(help="通过网络送出上报包")


def add(cli: typer.Typer) -> None:
    """Add `deliver`."""
    cli.add_typer(deliver, name="deliver")


@deliver.command("place")
def place(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="给送达地点起的名称")],
    address: Annotated[str, typer.Option("--address", help="文件夹、https:// 或 sftp:// 地址")],
    account: Annotated[str, typer.Option("--account", help="服务器上的用户名")] = "",
    secret_file: Annotated[
        Path | None, typer.Option("--secret-file", help="存着服务器密码或私钥的文件")
    ] = None,
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="电话核对过的指纹")] = "",
) -> None:
    """登记送达地点；不给指纹时只说出服务器出示的指纹。"""
    secret = password_in(secret_file) if secret_file else ""
    request = AddDeliveryPlace(
        name=name, address=address, account=account, secret=secret, fingerprint=fingerprint
    )
    shown = do(context, request)
    show(context, {"name": name, "fingerprint": shown}, lambda: f"已登记送达地点 {name}。")


@deliver.command("queue")
def line_up(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", help="送达地点的名称")],
    site: Annotated[str, typer.Option("--site", help="只给这个下级单位")] = "",
) -> None:
    """导出并排队，等网络通了送出。"""
    found: tuple[Exported, ...] = do(context, QueueBundles(to, site))
    written = [one for one in found if one.is_written]
    words = [
        f"{Path(one.file).name} → {one.recipient_name}：校验码 {one.check_code}，已排队" for one in written
    ]
    show(context, found, lambda: "\n".join(words))
    for one in found:
        if not one.is_written:
            tell(f"{one.code} {one.recipient_name}没有导出：{one.text}")
    if len(written) < len(found):
        raise typer.Exit(1)


@deliver.command("run")
def run_queue(context: typer.Context) -> None:
    """把到时间的都送一次；可由系统的计划任务定时运行。"""
    tried: tuple[DeliveryLine, ...] = do(context, DeliverDue())
    show(context, tried, lambda: _words(tried) or "现在没有要送的。")
    if any(one.code for one in tried):
        raise typer.Exit(1)


@deliver.command("list")
def list_queue(context: typer.Context) -> None:
    """看送出的队列：等待、已送达、失败、取消，和原因。"""
    lines: tuple[DeliveryLine, ...] = ask(context, DeliveryQueue())
    show(context, lines, lambda: _words(lines) or "队列是空的。")


@deliver.command("retry")
def retry(context: typer.Context, number: Annotated[int, typer.Argument(help="队列里的编号")]) -> None:
    """不等下一次，马上可以再送。"""
    do(context, RetryDelivery(number))
    show(context, {"retry": number}, lambda: f"{number} 号排到最前，请运行 deliver run。")


@deliver.command("cancel")
def cancel(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="队列里的编号")],
    reason: Annotated[str, typer.Option("--reason", help="为什么不送了")],
) -> None:
    """取消一个还没送到的包；里面的记录下次导出时再带上。"""
    do(context, CancelDelivery(number, reason))
    show(context, {"cancelled": number}, lambda: f"已取消 {number} 号。")


def _words(lines: tuple[DeliveryLine, ...]) -> str:
    return "\n".join(
        f"{one.id} {one.file} → {one.place}：{one.state} {one.code} {one.reason}".rstrip() for one in lines
    )
