"""Commands of the office itself: init, check, backup, rehearse, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import ask, do, options_of, password, password_if_any, plain, show
from app.errors import Refused
from app.paths import DataDir
from app.safe_write import write_safely
from app.services.office.back_up import BackUp
from app.services.office.health import Health
from app.services.office.rehearse_restore import RehearseRestore
from app.services.office.restore import restore_backup
from app.services.office.set_up import NewOffice, bureau_from_pack, discard_office, make_office

REMINDERS = ("backups", "rehearsal", "queue", "words", "references")
"""What is checked that wants doing some day; the office is sound without it."""


def add(cli: typer.Typer) -> None:
    """Add `init`, `check`, `backup`, `rehearse` and `restore`."""
    for command in (init, check, backup, rehearse, restore):
        cli.command(command.__name__)(command)


def init(
    context: typer.Context,
    pack: Annotated[str, typer.Option("--pack", help="方案代号，见 huimin packs")],
    site: Annotated[str, typer.Option("--site", help="司法局代码：县 6 位，市 4 位")],
    admin: Annotated[str, typer.Option("--admin", help="管理员登录名")],
    escrow_out: Annotated[
        Path | None, typer.Option("--escrow-out", help="托管密钥写到哪里，写完请离机封存")
    ] = None,
) -> None:
    """建立司法局的办公点；恢复码只显示一次。"""
    options = options_of(context)
    name, level, parent = bureau_from_pack(pack, site)
    made = make_office(
        options.data,
        NewOffice(
            code=site,
            name=name,
            level=level,
            parent=parent,
            pack=pack,
            admin=admin,
            password=password(options),
        ),
        options.clock,
    )
    made.office.close()
    if escrow_out:
        _keep_escrow(options.data, made.escrow_key, escrow_out)
    document = {"site": site, "name": name, "pack": pack, "admin": admin, "recovery_code": made.recovery}
    show(
        context,
        document,
        lambda: f"已建立 {name}（{site}）。\n恢复码（只显示一次，请抄下封存）：{made.recovery}",
    )


def _keep_escrow(data: DataDir, key: str, out: Path) -> None:
    """Write the escrow key; where it cannot be written, no office is left behind."""
    try:
        write_safely(out, (key + "\n").encode())
    except Refused:
        discard_office(data)
        raise


def check(
    context: typer.Context,
    windows: Annotated[
        bool, typer.Option("--windows", help="只检查窗口能否打开：打开第一个窗口，能用即关闭")
    ] = False,
) -> None:
    """检查数据库、流水、备份、时钟、磁盘和待收发。"""
    if windows:
        from app.main import check_windows

        found = check_windows(options_of(context).data)
        show(context, found, lambda: f"窗口可用（{found.window}），{found.seconds} 秒")
        return
    health = ask(context, Health())
    lines = [f"{'✓' if item.is_good else '✕'} {item.title}：{item.text}" for item in health]
    document = {"is_good": all(item.is_good for item in health), "items": plain(health)}
    show(context, document, lambda: "\n".join(lines))
    bad = [item.title for item in health if not item.is_good and item.key not in REMINDERS]
    if bad:
        raise Refused("E919", f"检查发现 {len(bad)} 处要处理：{'、'.join(bad)}，请按上面的说明处理。")


def backup(
    context: typer.Context, to: Annotated[Path | None, typer.Option("--to", help="备份到哪个文件夹")] = None
) -> None:
    """备份数据库和密钥文件（加密）。"""
    made = do(context, BackUp(to))
    show(context, made, lambda: f"已备份到 {made.file}（{made.size // 1024} KB），已读回核对。")


def rehearse(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="哪一份备份；不写就用最新的")] = None,
) -> None:
    """演练恢复：在旁边取出备份，逐页核对，再清掉；办公点的数据不动。"""
    found = do(context, RehearseRestore(file))
    show(context, found, lambda: found.words)


def restore(context: typer.Context, file: Path) -> None:
    """把备份恢复到一个空数据目录；给出密码或恢复码就打开核对每一页。"""
    options = options_of(context)
    done = restore_backup(
        options.data, file, password_if_any(options, "备份里任一账号的密码，或恢复码（回车跳过）")
    )
    checked = "已用密码打开核对" if done.is_opened else "没有给密码，只核对了文件"
    show(
        context,
        {"restored": done.file, "is_opened": done.is_opened, "data_dir": str(options.data.root)},
        lambda: (
            f"已恢复 {done.file}（{checked}）。第一次打开会换新的签名密钥："
            "导出的包对方先存着，请用 huimin bundle status 看指纹，打电话念给对方认可。"
        ),
    )
