"""Puts the state of the exchange into one sentence."""

from __future__ import annotations

from app.services.exchange.desk import DeskView


def exchange_head(desk: DeskView) -> tuple[str, str]:
    """The sentence and its state, for the head of the page."""
    if not desk.admitted:
        invited = sum(peer.state == "invited" for peer in desk.peers)
        return (f"已邀请 {invited} 个下级单位，等答复" if invited else "还没有登记的往来单位"), ""
    if is_station(desk):
        return _station_words(desk)
    stale = sum(peer.is_stale for peer in desk.admitted)
    below = sum(peer.relation == "child" for peer in desk.admitted)
    above = ["已加入上级"] if below < len(desk.admitted) else []
    parts = [*above, f"{below} 个下级单位", f"待发 {desk.waiting:,} 条"]
    if stale:
        parts.append(f"{stale} 个超过 {desk.freshness_days} 天没有联系")
    if desk.announced:
        parts.append(f"{len(desk.announced)} 个换了密钥，等核对指纹")
    return "，".join(parts), "due" if stale or desk.announced else ""


def is_station(desk: DeskView) -> bool:
    """Whether this office only has a parent."""
    return all(peer.relation == "parent" for peer in desk.admitted)


def _station_words(desk: DeskView) -> tuple[str, str]:
    parts = [f"待上报 {desk.waiting:,} 条" + (f"，其中 {desk.unsent:,} 条未导出" if desk.unsent else "")]
    at = max((peer.receipted_at for peer in desk.admitted if peer.receipted_at), default=None)
    parts.append(f"上次回执 {at.month}月{at.day}日" if at else "还没有收到过回执")
    if desk.returned:
        parts.append(f"{desk.returned} 条被退回，请更正")
    if desk.announced:
        parts.append("上级换了密钥，等核对指纹")
    return " · ".join(parts), "due" if desk.returned or desk.announced else ""


def exchange_words(desk: DeskView) -> str:
    """上次回执 5月9日 · 待上报 12 条, for the window's lower edge."""
    if not desk.admitted:
        return ""
    if not is_station(desk):
        return f"待发 {desk.waiting:,} 条"
    at = max((peer.receipted_at for peer in desk.admitted if peer.receipted_at), default=None)
    return f"{f'上次回执 {at.month}月{at.day}日' if at else '还没有回执'} · 待上报 {desk.waiting:,} 条"
