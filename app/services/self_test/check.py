"""Runs one check after the other, so that one fault hides no other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.errors import Refused
from app.paths import DataDir
from app.safe_write import make_folder
from app.services.office.health_item import HealthItem
from app.services.self_test.documents import check_fonts, check_workbook
from app.services.self_test.knowledge import check_knowledge
from app.services.self_test.machine import check_clock, check_disk, check_place, check_writing, check_zone
from app.services.self_test.office import check_bundle, check_office
from app.services.self_test.parts import check_parts
from app.services.self_test.wrong import NotRight

Check = Callable[[], str]
"""Answers what was found, in words; raises what is not right."""


def self_test(data: DataDir, clock: Clock, more: Sequence[tuple[str, str, Check]] = ()) -> list[HealthItem]:
    """Every check of this machine and data directory, good or not; more: (key, title, check) that others bring.

    The office in the data directory is not touched. Raises Refused E503 where the directory cannot be made.
    """
    with _own_folder(data) as folder:
        checks: list[tuple[str, str, Check]] = [
            ("parts", "程序部件", check_parts),
            ("knowledge", "节假日和号码", check_knowledge),
            ("office", "加密数据库和流水", lambda: check_office(folder / "办公点 1", clock)),
            ("bundle", "上报包封装和拆开", lambda: check_bundle(clock)),
            ("fonts", "字体和打印文件", lambda: check_fonts(clock)),
            ("workbook", "表格写出和读回", lambda: check_workbook(folder)),
            ("zone", "时区", check_zone),
            ("clock", "时钟", lambda: check_clock(clock)),
            ("place", "数据的位置", lambda: check_place(data.root)),
            ("disk", "磁盘空间", lambda: check_disk(data.root)),
            ("writing", "写入和改名", lambda: check_writing(folder)),
            *more,
        ]
        return [_result(*one) for one in checks]


def _result(key: str, title: str, check: Check) -> HealthItem:
    try:
        return HealthItem(key, title, True, check())
    except (Refused, NotRight) as found:
        return HealthItem(key, title, False, str(found))
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what the self-test was asked to find
        return HealthItem(key, title, False, f"{type(fault).__name__}：{fault}")


@contextmanager
def _own_folder(data: DataDir) -> Iterator[Path]:
    """A folder on the disk of the data, gone afterwards, and the data directory too where there was none."""
    was_there = data.root.exists()
    make_folder(data.root, is_private=True)
    try:
        with tempfile.TemporaryDirectory(prefix="self-test-", dir=data.root) as folder:
            yield Path(folder)
    finally:
        if not was_there:
            data.root.rmdir()
