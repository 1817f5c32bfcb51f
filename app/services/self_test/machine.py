"""Looks at the machine: time, disk, and whether files can be written and renamed where the data will lie."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.clock import OFFICE_ZONE, Clock
from app.kernel.wrong_clock import refuse_wrong_clock
from app.network_place import refuse_network_place
from app.safe_write import write_safely
from app.services.self_test.wrong import NotRight

LEAST_FREE = 500 * 1024 * 1024


def check_zone() -> str:
    """The office's zone is known; the machine's own may differ, for times are stored without it."""
    if OFFICE_ZONE.utcoffset(datetime.now(UTC)) != timedelta(hours=8):
        raise NotRight("时区资料缺失或有误，时间会记错。请重新安装程序。")
    offset = datetime.now().astimezone().utcoffset() or timedelta()
    hours = offset.total_seconds() / 3600
    return "东八区" if hours == 8 else f"东八区（电脑设的是 {hours:+g} 小时，程序仍按北京时间）"


def check_clock(clock: Clock) -> str:
    """Wall clock in a possible year; the clock since the machine's start goes on."""
    first = clock.now()
    refuse_wrong_clock(first)
    time.sleep(0.02)
    second = clock.now()
    if second.mono <= first.mono or not first.boot or first.boot != second.boot:
        raise NotRight("读不到开机以来的时间，改时钟会查不出来。请告诉技术人员。")
    return f"{first.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}，开机 {first.mono // 3_600_000} 小时"


def check_place(root: Path) -> str:
    """The data lie on a disk of this machine."""
    refuse_network_place(root)
    return str(root)


def check_disk(root: Path) -> str:
    """Room for data and backups."""
    free = shutil.disk_usage(root).free
    if free < LEAST_FREE:
        raise NotRight(f"磁盘只剩 {free // 1024 // 1024} MB，至少要 500 MB。请清理磁盘。")
    return f"剩余 {free // 1024 // 1024} MB"


def check_writing(folder: Path) -> str:
    """Written, read back, renamed over another, removed; under a name with Chinese and a space."""
    first, second = folder / "写入 一.txt", folder / "写入 二.txt"
    write_safely(first, "惠民".encode())
    write_safely(second, b"")
    first.replace(second)
    if second.read_bytes() != "惠民".encode():
        raise NotRight("写入的文件读回来不一样。请检查磁盘，或换一个数据文件夹。")
    second.unlink()
    return "正常"
