"""The list of exported and imported files with its detail pane, shared by 收发 and 收件."""

from __future__ import annotations

from collections.abc import Callable

from app.services.exchange.history import EXPORT, IMPORT, BundleView
from app.ui.exchange.bundle_words import check_facts, reason_words, state_tag, state_word
from app.ui.exchange.check_code import CheckCode, grouped
from app.ui.theme import State
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column


def history_table(
    *, way: str = "", empty: str, first: str = "", run: Callable[[], object] | None = None
) -> Table:
    """Newest first; way: 导出, 导入 or "" for both."""
    columns = [
        Column("at", "时间", 136, "datetime"),
        Column("way", "方向", 60, is_shown=not way),
        *(_received_columns() if way == IMPORT else _both_ways()),
        Column("state", "状态", 136, "tag", value=state_word, tag=state_tag),
    ]
    return Table(columns, name="收发记录", empty=empty, first=first, run=run)


def _both_ways() -> list[Column]:
    return [
        Column("peer_name", "单位"),
        Column("file", "文件", 120, "muted", is_shown=False),
        Column("entries", "条数", 70, "number"),
        Column("check_code", "校验码", 100, value=lambda row: grouped(row.check_code)),
    ]


def _received_columns() -> list[Column]:
    """The sender with why its file was not taken in below; a file this office wrote itself is grey."""
    return [
        Column("peer_name", "发来单位", tone=_tone, sub=reason_words),
        Column("file", "文件", 124, tone=_tone),
        Column("entries", "新接收", 70, "number", tone=_tone, yields=1),
        Column("check_code", "校验码", 100, value=lambda row: grouped(row.check_code), tone=_tone, yields=2),
    ]


def _tone(row: BundleView) -> State | None:
    return State.NONE if row.is_own else None


def fill_bundle_pane(pane: DetailPane, row: BundleView | None) -> None:
    """One file's story in the pane."""
    if row is None:
        pane.show_nothing()
        return
    tone, word = state_tag(row)
    pane.begin(f"{row.way} · {row.peer_name}").facts(("结果", word, tone))
    pane.facts(*check_facts(row))
    if row.check_code:
        pane.add(CheckCode(row.check_code, f"校验码　请打电话与{row.peer_name}核对，两边应相同"))
    facts = [
        ("时间", f"{row.at:%Y-%m-%d %H:%M}"),
        ("文件", row.file),
        ("记录" if row.way == EXPORT else "新接收", f"{row.entries:,} 条"),
    ]
    if row.content:
        facts.append(("流水" if row.way == EXPORT else "内容", row.content))
    if row.by:
        facts.append(("经办", row.by))
    if row.receipted_at:
        facts.append(("回执", f"{row.receipted_at:%Y-%m-%d %H:%M}"))
    pane.facts(*facts)
    pane.note(f"{row.code}　{row.text}".strip("　") or "—").end()
