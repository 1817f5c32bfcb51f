"""The list of the offices that bundles go to and come from: last heard, last receipt, what waits for each."""

from __future__ import annotations

from collections.abc import Callable

from app.services.exchange.desk import DeskView, PeerView
from app.ui.exchange.fingerprint import Fingerprint
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label

_FINGERPRINT_OF = {"invited": "登记文件的指纹", "announced": "新密钥的指纹（请打电话逐组核对）"}


def peers_table(run: Callable[[], object]) -> Table:
    """One row an office; invited ones stand among them."""
    columns = [
        Column(
            "name",
            "往来单位",
            value=lambda row: f"{row.name}（上级）" if row.relation == "parent" else row.name,
        ),
        Column("state", "状态", 132, "tag", tag=peer_tag),
        Column("heard_at", "最后联系", 136, "datetime", tone=lambda row: "due" if row.is_stale else None),
        Column("held", "已收到", 66, "number", value=lambda row: row.held or None),
        Column("waiting", "待发", 60, "number", value=lambda row: row.waiting or None),
        Column("bundles", "待回执", 66, "number", value=lambda row: row.bundles or None),
    ]
    return Table(
        columns,
        name="往来单位",
        empty="还没有登记的下级单位。先为一个工作站生成登记文件，用 U 盘带去。",
        first="邀请下级单位",
        run=run,
    )


def peer_tag(peer: PeerView) -> tuple[str, str]:
    """A peer's state as icon and word."""
    if peer.state == "invited":
        return "info", "已邀请，等答复"
    if peer.state == "announced":
        return "due", "换了密钥，等认可"
    if peer.state == "stopped":
        return "fault", "密钥已停用"
    if peer.is_stale:
        return "due", "久未联系"
    if peer.heard_at:
        return "done", "正常"
    return "info", "已登记，等首次回执" if peer.relation == "parent" else "已登记，等首报"


def show_peer(pane: DetailPane, peer: PeerView | None, desk: DeskView | None) -> None:
    """One peer in the pane."""
    if peer is None or desk is None:
        pane.show_nothing()
        return
    state, word = peer_tag(peer)
    pane.begin(peer.name).facts(("状态", word, state))
    pane.facts(
        ("代码", peer.site),
        ("最后联系", _when(peer.heard_at)),
        ("上次回执", _when(peer.receipted_at)),
        ("已收到", f"{peer.held:,} 条"),
        ("待发", f"{peer.waiting:,} 条，其中 {peer.unsent:,} 条未导出"),
        ("待回执的包", f"{peer.bundles} 个"),
    )
    pane.add(
        label(_FINGERPRINT_OF.get(peer.state, "答复文件的指纹"), "label"),
        Fingerprint(peer.fingerprint),
    )
    if peer.state == "announced":
        pane.note(
            "它恢复过备份或换过密钥，来的包先存着。请打电话核对指纹，相同再点“认可换了密钥的单位”；它说没有换过的，不要认可。"
        )
    if peer.is_stale:
        pane.note(f"超过 {desk.freshness_days} 天没有收到它的上报包，请电话催报。只是提醒，不影响接收。")
    pane.end()


def _when(at: object) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "—"
