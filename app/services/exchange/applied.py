"""Counts what came of a bundle while it is applied, and says it in a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.reading.incoming import BEGUN


@dataclass(kw_only=True)
class Applied:
    """Numbers of entries, by what came of them; tables: new entries by table, those of an earlier beginning included."""

    tables: Counter[str] = field(default_factory=Counter)
    faulty: int = 0
    returned: int = 0
    unusable: int = 0
    beyond: int = 0
    early: int = 0
    late: int = 0
    files: int = 0
    blocked: int = 0
    wanted: int = 0


def outcome_of(known: BundleOutcome, tally: Applied) -> BundleOutcome:
    """The line of the inbox."""
    new = sum(tally.tables.values())
    if new == 0 and not tally.returned and not tally.files:
        return replace(known, outcome=Outcome.noop, code="", text=f"没有新内容，0 条{_files(tally)}")
    words = f"已接收 {new} 条"
    if tally.beyond:
        words += f"，其中 {tally.beyond} 条是对方恢复备份以后才到的旧记录，只列出不计入"
    if tally.faulty > tally.beyond:
        words += f"，其中 {tally.faulty - tally.beyond} 条不能入账，已列入退回"
    if tally.late:
        words += f"，其中 {tally.late} 条是月报以后写的更改，请在上报矩阵里逐条决定"
    if tally.early:
        words += f"，其中 {tally.early} 条由较新的程序写成，已原样保存，本程序升级后入账"
    if tally.returned:
        words += f"，找回本单位恢复前的记录 {tally.returned} 条"
    if tally.unusable:
        words += f"（其中 {tally.unusable} 条不能入账，只存入流水）"
    words += _files(tally)
    applied = new + tally.returned
    return replace(
        known, outcome=Outcome.applied, code="", applied=applied, text=words, summary=dict(tally.tables)
    )


def begun_outcome(known: BundleOutcome, tally: Applied, whole: int) -> BundleOutcome:
    """The line while only a part is here. whole: entries of the bundle."""
    done = sum(tally.tables.values()) + tally.returned
    return replace(
        known,
        outcome=Outcome.parked,
        code=BEGUN,
        applied=done,
        text=f"正在分段接收，已收 {done} 条（本包共 {whole} 条）。中断以后，再导入或重新打开程序时自动接着收。",
        summary=dict(tally.tables),
    )


def _files(tally: Applied) -> str:
    """What came of the scans, as the rest of a sentence."""
    words = f"，收到材料扫描件 {tally.files} 份" if tally.files else ""
    if tally.blocked:
        words += f"，拦下不是 PDF、图片或打不开的材料 {tally.blocked} 份"
    if tally.wanted:
        words += f"，还缺材料扫描件 {tally.wanted} 份，已列入下次导出的索要清单"
    return words
