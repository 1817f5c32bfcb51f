"""Commands of updates: make a key and an update, verify one, install it, go back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import TerminalProgress, ask, do, options_of, password_if_any, show
from app.services.exchange.programs_below import ProgramBelow, ProgramsBelow
from app.services.office.office import has_office
from app.services.update.hand_down import HandDownUpdate
from app.services.update.handed import UpdateFromAbove
from app.services.update.install import install_update
from app.services.update.install_here import InstallUpdate
from app.services.update.installation import Installation, installation
from app.services.update.make import make_key, make_update
from app.services.update.offer import manifest_for
from app.services.update.roll_back import roll_back
from app.services.update.update_file import release_keys, verified

Program = Annotated[Path | None, typer.Option("--program", help="程序文件夹，省略则是正在运行的程序")]


def add(cli: typer.Typer) -> None:
    """Add `update`."""
    group = typer.Typer(help="用 U 盘更新程序")
    for command in (key, make, verify, install, rollback, hand_down, below, waiting, choose):
        group.command(command.__name__.replace("_", "-"))(command)
    cli.add_typer(group, name="update")


def key(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")],
    name: Annotated[str, typer.Option("--name", help="密钥的名称")] = "release",
) -> None:
    """发布者：生成一对发布密钥。"""
    secret, public = make_key(out, name)
    document = {"secret": str(secret), "public": str(public)}
    show(
        context,
        document,
        lambda: f"私钥 {secret}：只存在离线的电脑上。公钥 {public}：放进 resources/release-keys 再构建程序。",
    )


def make(
    context: typer.Context,
    version: Annotated[Path, typer.Argument(help="一个版本的程序文件夹")],
    secret: Annotated[Path, typer.Option("--key", help="发布密钥的私钥文件")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")],
    notes: Annotated[str, typer.Option("--notes", help="这一版改了什么，可写几行")],
    least: Annotated[int, typer.Option("--least", help="最低可从哪个发布序号升级")] = 1,
) -> None:
    """发布者：把一个版本做成签名的更新文件。"""
    made = make_update(version, out, secret, notes, least)
    size = made.stat().st_size
    show(context, {"file": str(made), "size": size}, lambda: f"已生成 {made}（{size // 1024} KB）。")


def verify(context: typer.Context, file: Path, program: Program = None) -> None:
    """核对一个更新文件，不安装。"""
    found = manifest_for(installation(program), file) if program else verified(file, release_keys())
    show(
        context,
        found,
        lambda: f"{found.version}（{found.system} {found.arch}）签名和内容都核对无误。\n{found.notes}",
    )


def install(
    context: typer.Context,
    file: Path,
    program: Program = None,
    program_only: Annotated[
        bool, typer.Option("--program-only", help="只换程序，不备份数据（备份已经做好时）")
    ] = False,
) -> None:
    """安装更新：先备份，再换程序；下次打开就是新版本。"""
    if not program_only and has_office(options_of(context).data):
        done = do(context, InstallUpdate(file, program))
        told = f"，备份在 {done.backup}"
    else:
        done = install_update(installation(program), file, release_keys(), TerminalProgress())
        told = ""
    show(
        context,
        done,
        lambda: f"已从 {done.before} 升级到 {done.version}{told}。下次打开就是新版本。",
    )


def rollback(
    context: typer.Context,
    program: Program = None,
    backup: Annotated[
        Path | None, typer.Option("--backup", help="更新前的备份；数据已经升级时才需要")
    ] = None,
) -> None:
    """退回上一版程序；数据已经升级的，连同更新前的备份一起退。"""
    options = options_of(context)
    secret = password_if_any(options, "备份里任一账号的密码，或恢复码（回车跳过）") if backup else ""
    done = roll_back(installation(program), options.data, backup, secret)
    aside = f"退回前的数据移到了 {done.aside}，备份以后登记的在那里。" if done.aside else "数据没有动。"
    show(context, done, lambda: f"已从 {done.from_version} 退回 {done.version}。{aside}")


def hand_down(context: typer.Context, file: Path) -> None:
    """司法局：把一个更新下发给下级；导出回执包时一并放到 U 盘上。"""
    done = do(context, HandDownUpdate(file))
    show(context, done, lambda: f"已下发 {done.version}（{done.system}，{done.size // 1024} KB）。")


def below(context: typer.Context) -> None:
    """司法局：下级各用哪一版程序，谁还没有装下发的更新。"""
    found = ask(context, ProgramsBelow())
    show(
        context, {"units": found}, lambda: "\n".join(map(_program_line, found)) or "还没有已登记的下级单位。"
    )


def _program_line(one: ProgramBelow) -> str:
    if one.on is None:
        return f"{one.name}：还没有来包说明"
    waits = f"，还没有装下发的 {one.waits_for}" if one.waits_for else ""
    return f"{one.name}：{one.version}（{one.system}，{one.on} 的来包）{waits}"


def waiting(
    context: typer.Context,
    folder: Annotated[list[Path] | None, typer.Option("--in", help="更新文件可能在的文件夹，如 U 盘")] = None,
) -> None:
    """上级下发的、本机还没有装的更新。"""
    found = ask(context, UpdateFromAbove(tuple(folder or ())))
    if found is None:
        show(context, {"version": ""}, lambda: "没有要装的更新。")
        return
    where = f"文件 {found.file}" if found.file else "还没有找到文件，请用 --in 指出 U 盘"
    show(context, found, lambda: f"上级下发了 {found.version}：{'；'.join(found.notes)}。{where}。")


def choose(context: typer.Context, version: str, program: Annotated[Path, typer.Option("--program")]) -> None:
    """安装包用：装好后指明启动哪一版；U 盘带来的更新版本不退回。"""
    named = Installation(program).choose(version)
    show(context, {"version": named}, lambda: f"启动的是 {named}。")
