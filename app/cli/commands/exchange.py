"""Commands of the exchange: invite, enrol, admit, and bundles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bundle_words import shown_words, verified_words
from app.cli.output import tell
from app.cli.session import ask, do, options_of, password, password_in, plain, show
from app.services.exchange.approve import Approved, ApproveEpoch
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, Enrolled, InviteSite, enrol_office
from app.services.exchange.export import ExportBundles, Exported
from app.services.exchange.join_parent import JoinParent
from app.services.exchange.kept_files import DiscardBundle
from app.services.exchange.open_escrowed import Escrowed, OpenEscrowed, escrow_key_in, lay_out
from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.exchange.receive import ImportBundles
from app.services.exchange.show_bundle import ShowBundle
from app.services.exchange.watched import TakeFromInbox
from app.services.office.office import has_office

bundle = typer.Typer(help="上报包与回执包")


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
    admin: Annotated[str, typer.Option("--admin", help="新建单位的管理员登录名")] = "",
) -> None:
    """按邀请文件生成答复文件：在空数据目录里建立本单位；已在用的县（市、区）司法局则以现有数据加入上级。"""
    options = options_of(context)
    if has_office(options.data):
        joined = do(context, JoinParent(invitation, out))
        show(context, joined, lambda: _step_words(joined, "答复文件已写到"))
        return
    if not admin:
        raise typer.BadParameter("请给出 --admin（管理员登录名）")
    office, recovery, step = enrol_office(
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
    from_seq: Annotated[
        int, typer.Option("--from-seq", min=0, help="从这一条流水起全部重发，已有回执的也发")
    ] = 0,
) -> None:
    """导出上报包（下级）或回执包（上级），写完读回核对。"""
    found: tuple[Exported, ...] = do(context, ExportBundles(to, site, from_seq))
    lines = [
        f"{Path(item.file).name} → {item.recipient_name}：{item.entries} 条，校验码 {item.check_code}"
        for item in found
        if item.is_written
    ]
    if laid := {name for item in found for name in item.beside}:
        lines.append(f"一并放上了程序更新：{'、'.join(sorted(laid))}")
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
    _told(context, do(context, ImportBundles(tuple(files))))


@bundle.command("inbox")
def inbox(
    context: typer.Context, folder: Annotated[Path, typer.Argument(help="别人把包送到的文件夹")]
) -> None:
    """接收收件文件夹里新送到的包；可由系统的计划任务定时运行。"""
    _told(context, do(context, TakeFromInbox(folder)))


def _told(context: typer.Context, outcomes: tuple[BundleOutcome, ...]) -> None:
    show(context, [_document(item) for item in outcomes], lambda: "\n".join(_line(item) for item in outcomes))
    bad = [item for item in outcomes if item.outcome in (Outcome.refused, Outcome.alarm)]
    for item in bad:
        tell(f"{item.code} {item.file}：{item.text}")
    if bad:
        raise typer.Exit(1)


@bundle.command("approve")
def approve(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="换了密钥的单位：代码或名称")],
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="对方在电话里念的 30 位指纹")],
) -> None:
    """认可换了密钥的单位（恢复过备份，或换过密钥）：电话核对指纹以后，接收它的新流水。"""
    done: Approved = do(context, ApproveEpoch(site, fingerprint))
    lines = [f"已认可 {done.admitted.name}（{done.admitted.site}）。", *done.admitted.words]
    lines += [_line(item) for item in done.outcomes]
    show(context, done, lambda: "\n".join(lines))


@bundle.command("discard")
def discard(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="暂存的包：收件记录里的文件名")],
    reason: Annotated[str, typer.Option("--reason", help="为什么不要了")],
) -> None:
    """丢弃一个暂存的包；收件记录保留。"""
    name = do(context, DiscardBundle(file, reason))
    show(context, {"discarded": name}, lambda: f"已丢弃暂存的包 {name}。")


@bundle.command("status")
def status(context: typer.Context) -> None:
    """收发状态：待上报多少、谁多久没有消息、有无待补前包和警报。"""
    desk = ask(context, ExchangeDesk())
    lines = [
        f"{item.name}：待发 {item.waiting} 条，最近收到 {_minute(item.heard_at)}"
        for item in desk.peers
        if item.state not in ("announced", "stopped")
    ]
    lines += [f"{item.name}换了密钥，等电话核对指纹：{item.fingerprint}" for item in desk.announced]
    lines += [f"{item.name}的密钥已停用，等它换新密钥" for item in desk.peers if item.state == "stopped"]
    if desk.own_fingerprint:
        lines.append(f"本单位换了密钥，请打电话把指纹念给对方：{desk.own_fingerprint}")
    if desk.waits_for_keys:
        lines.append("本单位要换新密钥：关闭全部窗口和签到台，再打开一次就换好。")
    show(context, desk, lambda: "\n".join([*lines, f"合计待发 {desk.waiting} 条，待补前包 {desk.parked} 个"]))


@bundle.command("show")
def show_file(context: typer.Context, file: Path) -> None:
    """看一个包的目录：成员、流水起止、条数、合计、检查点、回执、索要的附件；没有任何记录内容。"""
    found = do(context, ShowBundle(file))
    show(context, found, lambda: shown_words(found))


@bundle.command("verify")
def verify(context: typer.Context, file: Path) -> None:
    """核对一个包的全部内容，不接收；说明证明了什么、没有证明什么。"""
    found = do(context, ShowBundle(file, is_whole=True))
    show(context, found, lambda: verified_words(found))


@bundle.command("open")
def open_escrowed(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="上报包或回执包")],
    escrow: Annotated[
        Path, typer.Option("--escrow", help="托管密钥文件；或司法局的 keys.json，凭恢复码打开")
    ],
    out: Annotated[Path, typer.Option("--out", help="内容写到哪个文件夹（不加密，用完请删除）")],
    reason: Annotated[str, typer.Option("--reason", help="为什么要打开")] = "",
    code_file: Annotated[
        Path | None, typer.Option("--code-file", help="恢复码写在这个文件里；--escrow 是 keys.json 时用")
    ] = None,
) -> None:
    """收件单位的密钥丢了，用托管密钥打开一个包：先核对全部内容，再写成明文文件。没有办公点也能用。"""
    options = options_of(context)
    key = escrow_key_in(escrow, password_in(code_file) if code_file else "")
    if has_office(options.data):
        found: Escrowed = do(context, OpenEscrowed(file, key, out, reason))
    else:
        found = lay_out(file, key, out)
    words = (
        f"已核对并写到 {found.folder}：记录 {found.entries} 条，附件 {found.attachments} 个。\n"
        f"包上写的发送单位 {found.sender}，签名密钥 {found.sender_key}；是不是它的密钥，请另行核对。\n"
        "这些文件没有加密，用完请删除。"
    )
    show(context, found, lambda: words)


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
