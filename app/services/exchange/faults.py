"""Why a verified bundle is not applied: it waits, or somebody must look into it."""

from __future__ import annotations

from app.errors import Refused
from app.kernel.work import Look
from app.services.exchange.peers import site_name


class Gap(Refused):
    """E721: entries before this bundle are still missing; it waits."""


class Unapproved(Refused):
    """E791: signed with the key of a new epoch that nobody approved yet; it waits."""


class Fork(Refused):
    """E702, E747: another history than the one already held."""


class Stranger(Refused):
    """E722, E724, E748: a key that may not speak for the sender, or records that are not the sender's."""


def forked(look: Look, sender: str, seq: int, held: bytes | None = None, theirs: bytes | None = None) -> Fork:
    """The fork at an entry, with both heads as evidence where they are known."""
    heads = f"（已收 {held.hex()[:16]}，来件 {theirs.hex()[:16]}）" if held and theirs else ""
    return Fork(
        "E702",
        f"{site_name(look, sender)}第 {seq:,} 条记录与已收记录不一致{heads}，没有接收。"
        "请打电话核实是否恢复过旧数据，或两台电脑同时在用。",
    )


def gap(whose: str, first: int, last: int) -> Gap:
    """Entries first … last of somebody's stream are still missing."""
    missing = f"第 {first} 条到第 {last} 条"
    return Gap("E721", f"{whose}还缺{missing}，本包先存下，补齐前一包后自动接收。")


def foreign_stream(look: Look, site: str) -> Stranger:
    """A stream or a position that is not the sender's."""
    return Stranger("E724", f"{site_name(look, site)}的包里有不属于它的流水，没有接收。请打电话核实。")


def foreign_row(look: Look, site: str, seq: int) -> Stranger:
    """A row that another office wrote."""
    return Stranger(
        "E724", f"{site_name(look, site)}的包里有其他单位的记录（第 {seq:,} 条），没有接收。请打电话核实。"
    )
