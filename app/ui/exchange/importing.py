"""Asks for bundle files, sums up what became of them, and tells which one to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.exchange.outcome import BundleOutcome, Outcome
from app.ui.exchange.bundle_words import OUTCOMES

FILTER = "上报包 (*.hmb)"
_WORST_FIRST = (Outcome.alarm, Outcome.refused, Outcome.parked, Outcome.applied, Outcome.noop)


def ask_files(parent: QWidget, start: str = "") -> tuple[Path, ...]:
    """The files chosen in the system's own dialog."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, "选择上报包或回执包", start, FILTER)
    return tuple(Path(name) for name in chosen)


def ask_folder(parent: QWidget, start: str = "") -> tuple[Path, ...]:
    """A folder, every bundle of which is meant."""
    chosen = QFileDialog.getExistingDirectory(parent, "选择放上报包的文件夹", start)
    return (Path(chosen),) if chosen else ()


def summed_up(outcomes: Sequence[BundleOutcome]) -> tuple[str, str]:
    """A sentence and its state: 3 个包：2 个已接收（新增 81 条），1 个未接收。"""
    if not outcomes:
        return "这里没有 .hmb 文件，请核对 U 盘或文件夹。", "due"
    counts = Counter(outcome.outcome for outcome in outcomes)
    applied = sum(outcome.applied for outcome in outcomes)
    parts = []
    for kind in _WORST_FIRST:
        if counts[kind]:
            more = f"（新增 {applied:,} 条）" if kind is Outcome.applied else ""
            parts.append(f"{counts[kind]} 个{OUTCOMES[kind][1]}{more}")
    state = (
        "fault"
        if counts[Outcome.alarm] or counts[Outcome.refused]
        else "due"
        if counts[Outcome.parked]
        else "done"
    )
    words = f"{len(outcomes)} 个包：{'，'.join(parts)}。"
    bad = next((one for one in outcomes if one.outcome in (Outcome.alarm, Outcome.refused)), None)
    return (f"{words}{bad.code} {bad.text}" if bad and len(outcomes) == 1 else words), state


def local_paths(urls: Sequence[str]) -> tuple[Path, ...]:
    """What was dropped: bundle files and folders."""
    paths = [Path(url) for url in urls if url]
    return tuple(path for path in paths if path.is_dir() or path.suffix.lower() == ".hmb")
