"""Keeps the county's dated figures by which means are judged: 低保, minimum wage, the province's limit (Y13 G02 A03 J08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import StandardKind
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.case_quality import MeansFigure
from app.models.travelling import understood
from app.rules.cases.means import DatedStandard
from app.text import clean

LARGEST_FEN = 10_000_000


@dataclass(frozen=True)
class SetMeansFigure:
    """From a day on, a figure of its kind, 分 a head and month; source: the document that sets it."""

    kind: StandardKind
    valid_from: date
    fen: int
    source: str

    def problems(self) -> Iterable[Problem]:
        """An amount that can be meant, and the document it stands in."""
        if not 0 < self.fen <= LARGEST_FEN:
            yield Problem("fen", "标准应大于零，不超过每月十万元，请核对。", "E800")
        if not clean(self.source):
            yield Problem("source", "请写明标准出自哪一份文件。", "E801")


@dataclass(frozen=True)
class MeansFigures:
    """The typed figures, the newest first."""


@handles(SetMeansFigure, title="登记经济困难标准", permission=Permission.DECIDE_CASE)
def set_means_figure(work: Work, command: SetMeansFigure) -> str:
    """Id of the row. Raises Refused E800, E801, E802 at a station, E803 for a second figure from the same day."""
    if not work.office.is_bureau:
        raise Refused("E802", "经济困难标准由县（市、区）司法局登记，本站收到回执后即用。")
    held = select(MeansFigure.id).where(
        MeansFigure.writer == work.office.code,
        MeansFigure.kind == command.kind.value,
        MeansFigure.valid_from == command.valid_from,
    )
    if work.session.scalar(held) is not None:
        raise Refused(
            "E803",
            f"{command.kind}从 {command.valid_from} 起的数额已经登记，不能再登记一个，请核对生效日。",
            field="valid_from",
        )
    return work.put(
        MeansFigure,
        kind=command.kind.value,
        valid_from=command.valid_from,
        fen=command.fen,
        source=clean(command.source),
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


@answers(MeansFigures, permission=Permission.LOOK)
def means_figures(look: Look, _query: MeansFigures) -> tuple[DatedStandard, ...]:
    """Every figure known here."""
    return tuple(sorted(dated_standards(look), key=lambda one: (one.valid_from, one.kind), reverse=True))


def dated_standards(look: Look) -> tuple[DatedStandard, ...]:
    """The figures as the rules take them; one that another office typed stands behind this office's own of its day."""
    rows = understood(look.session.scalars(select(MeansFigure)))
    rows.sort(key=lambda row: row.writer != look.office.code)
    return tuple(
        DatedStandard(kind=StandardKind(row.kind), valid_from=row.valid_from, fen=row.fen, source=row.source)
        for row in rows
    )
