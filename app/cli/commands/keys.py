"""Commands of the keys that bundles are signed and opened with: show, renew the own ones, stop another office's."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.renew_keys import RenewKeys, StopKeys, Stopped

Reason = Annotated[str, typer.Option("--reason", help="理由，会长期保留")]
STATES = {
    "admitted": "已登记",
    "invited": "已邀请，等答复",
    "announced": "换了新密钥，等电话核对指纹",
    "stopped": "已停用",
}
keys = typer.Typer(help="本单位和往来单位的签名密钥")


def add(cli: typer.Typer) -> None:
    """Add `keys show|renew|stop`."""
    cli.add_typer(keys, name="keys")


@keys.command("show")
def show_keys(context: typer.Context) -> None:
    """列出往来单位的密钥是否可用，本单位有没有新密钥要对方认可。"""
    desk = ask(context, ExchangeDesk())
    lines = [f"{one.name}（{one.site}）：{STATES[one.state]}，指纹 {one.fingerprint}" for one in desk.peers]
    own = (
        "等对方认可，请打电话念这个指纹：" + desk.own_fingerprint if desk.own_fingerprint else "对方都已认可"
    )
    if desk.waits_for_keys:
        own = "要换新密钥：关闭全部窗口和签到台，再打开一次就换好"
    document = {
        "own_fingerprint": desk.own_fingerprint,
        "waits_for_keys": desk.waits_for_keys,
        "peers": [
            {"site": one.site, "name": one.name, "state": one.state, "fingerprint": one.fingerprint}
            for one in desk.peers
        ],
    }
    show(context, document, lambda: "\n".join([*lines, f"本单位：{own}"]))


@keys.command("renew")
def renew(context: typer.Context, reason: Reason = "") -> None:
    """更换本单位的密钥，不用重新登记：下次打开时换好，再把指纹念给对方认可。"""
    do(context, RenewKeys(reason))
    show(
        context,
        {"waits_for_keys": True},
        lambda: (
            "已登记。请关闭本单位全部窗口和签到台，再打开一次就换好；"
            "然后用 huimin keys show 看指纹，打电话念给对方认可。"
        ),
    )


@keys.command("stop")
def stop(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="往来单位：代码或名称")],
    reason: Reason = "",
) -> None:
    """停用一个往来单位的密钥（电脑被盗、密钥泄露）：不再接收它签的包，也不再给它写包；它换了新密钥，电话核对后恢复。"""
    done: Stopped = do(context, StopKeys(site, reason))
    show(
        context,
        done,
        lambda: f"已停用{done.name}（{done.site}）的密钥。它换好新密钥后，请电话核对指纹再认可。",
    )
