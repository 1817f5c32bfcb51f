"""The targets table: each unit's targets of every kind, what is reached of them, and satisfaction (Y02 Q01 G01 A01 J14)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.policy.parts import CONSULTATIONS, TARGET_KINDS
from app.services.reports.report import Report
from app.services.targets.other_kinds import NO_FACTS, OtherTarget
from app.services.targets.progress import UnitProgress, progress
from app.values import Period

COLUMNS = (
    SheetColumn("unit", "单位", width=12),
    SheetColumn("matter", "任务", width=7),
    SheetColumn("target", "年度任务", "number", 5),
    SheetColumn("in_period", "本月", "number", 5),
    SheetColumn("so_far", "累计", "number", 5),
    SheetColumn("done", "完成率", "percent", 4),
    SheetColumn("ahead", "时序进度差", "percent", 4.5),
    SheetColumn("satisfaction", "满意率", "percent", 4),
    SheetColumn("satisfaction_target", "满意率任务", "percent", 4),
    SheetColumn("topics", "累计事项", "number", 5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Consultations of the office as a whole, then of its sites; then the targets of other kinds."""
    found = progress(look, period)
    goal = None if found.satisfaction_target is None else found.satisfaction_target / 100
    yield from (_row(unit, goal) for unit in found.units)
    yield from (_other(one, found.total.pace) for one in found.others)


def _row(unit: UnitProgress, goal: float | None) -> Row:
    return (
        unit.name,
        f"{TARGET_KINDS[CONSULTATIONS]}（人次）",
        unit.target,
        unit.in_period,
        unit.so_far,
        unit.done,
        unit.ahead,
        unit.satisfaction.rate,
        goal,
        unit.topics_so_far,
    )


def _other(target: OtherTarget, pace: float) -> Row:
    matter = f"{target.kind}（{target.unit}）"
    share = target.share
    done: str | int = target.done_words if target.done is None else target.done
    ahead = None if share is None else share - pace
    return (target.name, matter, target.amount, target.in_period, done, share, ahead, None, None, None)


REPORT = Report(
    key="targets",
    title="目标任务进度表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    notes=(
        "咨询的任务和完成数为人次，一次来访或来电为 1 人次，其中每个事项为 1 件；按季、按年出表时“本月”为本期。完成率＝累计÷年度任务；时序进度差＝完成率－时序进度，"
        "负数为落后。时序进度按天数还是按月数、满意率怎么算，由“文件读法”定。",
        f"案件数为本年办结并计入任务的案件，受援人数为本年批准案件的受援人。写着“{NO_FACTS}”的，还没有算它的依据（如常住人口），不填数字。",
    ),
)
