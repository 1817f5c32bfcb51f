"""Commands of the exchange: invite, enrol, admit, and bundles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import ask, do, options_of, password, plain, show
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, Enrolled, InviteSite, enrol_station
from app.services.exchange.export import ExportBundles, Exported
from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.exchange.receive import ImportBundles, ShowBundle

bundle = typer.Typer(help="上报包与回执包", no_args_is_help=True)


def add(cli: typer.Typer) -> None:
    """Add `invite`, `enrol`, `admit` and `bundle`."""
    cli.command("invite")(invite)
    cli.command("enrol")(enrol)
    cli.command("admit")(admit)
    cli.add_typer(bundle, name="bundle")


def invite(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="站点代码、全称或乡镇名")],
    out: Annotated[Path, typer.Option("--out", help="邀请文件写到哪里")],
) -> None:
    """邀请下级单位登记：生成邀请文件。"""
    step = do(context, InviteSite(site, out))
    show(context, step, lambda: _step_words(step, "邀请文件已写到"))


def enrol(
    context: typer.Context,
    invitation: Annotated[Path, typer.Argument(help="上级给的邀请文件")],
    out: Annotated[Path, typer.Option("--out", help="答复文件写到哪里")],
    admin: Annotated[str, typer.Option("--admin", help="管理员登录名")],
) -> None:
    """在空数据目录里按邀请文件建立本单位，并生成答复文件。"""
    options = options_of(context)
    office, recovery, step = enrol_station(
        options.data, invitation, out, admin, password(options), options.clock
    )
    office.close()
    document = {**plain(step), "recovery_code": recovery}
    show(
        context,
        document,
        lambda: f"{_step_words(step, '答复文件已写到')}\n恢复码（只显示一次，请抄下封存）：{recovery}",
    )


def admit(context: typer.Context, answer: Annotated[Path, typer.Argument(help="下级给的答复文件")]) -> None:
    """登记下级单位：读入答复文件。"""
    step = do(context, AdmitSite(answer))
    show(context, step, lambda: f"已登记 {step.name}（{step.site}）。请电话核对指纹：{step.fingerprint}")


@bundle.command("export")
def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹或 U 盘")],
    site: Annotated[str, typer.Option("--site", help="只给这个下级单位")] = "",
) -> None:
    """导出上报包（下级）或回执包（上级），写完读回核对。"""
    found: tuple[Exported, ...] = do(context, ExportBundles(to, site))
    lines = [
        f"{Path(item.file).name} → {item.recipient_name}：{item.entries} 条，校验码 {item.check_code}"
        for item in found
        if item.is_written
    ]
    show(context, found, lambda: "\n".join([*lines, "已读回核对，可以拔出。"]))
    faults = [
        f"{item.code} {item.recipient_name}没有导出：{item.text}" for item in found if not item.is_written
    ]
    faults += [f"{item.recipient_name}：{words}" for item in found for words in item.set_aside]
    for fault in faults:
        tell(fault)
    if faults:
        raise typer.Exit(1)


@bundle.command("import")
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="一个或多个 .hmb 文件，或文件夹")],
) -> None:
    """导入上报包或回执包，每个文件一行结果。"""
    outcomes: tuple[BundleOutcome, ...] = do(context, ImportBundles(tuple(files)))
    show(context, [_document(item) for item in outcomes], lambda: "\n".join(_line(item) for item in outcomes))
    bad = [item for item in outcomes if item.outcome in (Outcome.refused, Outcome.alarm)]
    for item in bad:
        tell(f"{item.code} {item.file}：{item.text}")
    if bad:
        raise typer.Exit(1)


@bundle.command("status")
def status(context: typer.Context) -> None:
    """收发状态：待上报多少、谁多久没有消息、有无待补前包和警报。"""
    desk = ask(context, ExchangeDesk())
    lines = [f"{item.name}：待发 {item.waiting} 条，最近收到 {_minute(item.heard_at)}" for item in desk.peers]
    show(context, desk, lambda: "\n".join([*lines, f"合计待发 {desk.waiting} 条，待补前包 {desk.parked} 个"]))


@bundle.command("show")
def show_file(context: typer.Context, file: Path) -> None:
    """看一个包的目录。"""
    found = do(context, ShowBundle(file))
    show(context, found, lambda: "\n".join(f"{name}: {value}" for name, value in found.items()))


@bundle.command("verify")
def verify(context: typer.Context, file: Path) -> None:
    """核对一个包的全部内容，不接收。"""
    found = do(context, ShowBundle(file, is_whole=True))
    show(context, found, lambda: f"核对无误：{found['entries']} 条，校验码 {found['check_code']}")


def _minute(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if when else "—"


def _document(item: BundleOutcome) -> dict[str, object]:
    return {
        "file": item.file,
        "outcome": item.outcome,
        "applied": item.applied,
        "code": item.code,
        "text": item.text,
        "check_code": item.check_code,
    }


def _line(item: BundleOutcome) -> str:
    return f"{item.file}：{item.outcome} {item.applied} {item.text}".rstrip()


def _step_words(step: Enrolled, words: str) -> str:
    return f"{step.name}（{step.site}）：{words} {step.file}\n指纹（请电话核对）：{step.fingerprint}"
