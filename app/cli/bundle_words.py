"""Words for what a bundle says of itself, for IT staff at the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

SHOWN = 16
"""Digits of a hash that are enough to compare by eye; all of them stand in the JSON."""
_ROLES = {"recipient": "收件", "escrow": "托管", "sender": "发件"}
_KINDS = {"changes": "记录", "piece": "附件"}


def shown_words(found: Mapping[str, Any]) -> str:
    """All of the directory, part by part."""
    return "\n".join(_lines(found))


def verified_words(found: Mapping[str, Any]) -> str:
    """What the verification proves and what it does not."""
    return "\n".join((
        f"核对无误：{found['entries']} 条，校验码 {found['check_code']}",
        "证明：", *(f"  {words}" for words in found["proves"]),
        "不证明：", *(f"  {words}" for words in found["proves_not"]),
    ))  # fmt: skip


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    way = {"up": "上报", "down": "下发"}[found["direction"]]
    yield f"包 {found['id']}，{way}，{found['made_at']}，{found['size']:,} 字节，展开 {found['bytes_unpacked']:,} 字节"
    yield f"格式 {found['format']}，密码套件 {found['suite']}，数据约定 {found['contract']}（读取至少要 {found['least_reader']}）"
    yield f"发送单位 {found['sender_name']}（{found['sender']}），签名密钥 {found['sender_key']}：{found['key_state']}"
    yield f"校验码 {found['check_code']}，记录 {found['entries']} 条"
    yield from _part(
        "能打开的单位", (f"{_ROLES[one['role']]} {one['site']} {one['key']}" for one in found["recipients"])
    )
    yield from _part("记录的种类", (f"{name} {number} 条" for name, number in found["tables"].items()))
    yield from _part("流水", map(_slice, found["slices"]))
    yield from _part("检查点", (_place(one) for one in found["checkpoints"]))
    yield from _part("回执", (_place(one) for one in found["receipts"]))
    yield from _part("索要的附件", found["wanted"])
    yield from _part("成员（另有目录 manifest.age）", map(_segment, found["segments"]))
    yield from _part(
        "换过的密钥", (f"{one['site']} 第 {one['epoch']} 期 {one['key']}" for one in found["epochs"])
    )
    yield from _part("恢复时的位置", (_place(one) for one in found["parents"]))
    yield from _part("本程序不认识的项", found["unknown_fields"])


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    yield f"{title}：{len(held)}"
    yield from (f"  {line}" for line in held)


def _slice(one: Mapping[str, Any]) -> str:
    kind = "，退回的旧流水" if one.get("kind") == "returned" else ""
    totals = "，".join(f"{name} {number}" for name, number in one["totals"].items())
    ends = f"{one['prev'][:SHOWN]}… → {one['head'][:SHOWN]}…"
    if one["to"] < one["from"]:
        return f"{one['stream']} 没有新的，停在第 {one['to']} 条{kind}，{ends}"
    return f"{one['stream']} 第 {one['from']} 至 {one['to']} 条{kind}，{ends}，合计 {totals or '无'}"


def _place(one: Mapping[str, Any]) -> str:
    return f"{one['stream']} 第 {one['seq']} 条 {one['head'][:SHOWN]}…"


def _segment(one: Mapping[str, Any]) -> str:
    part = (
        f"，附件 {one['attachment'][:SHOWN]}… 从 {one['at']} 起共 {one['size']}"
        if one["kind"] == "piece"
        else ""
    )
    return f"{one['n']:04d}.age {_KINDS[one['kind']]} {one['length']:,} 字节，展开 {one['plain_length']:,}，{one['sha256'][:SHOWN]}…{part}"
