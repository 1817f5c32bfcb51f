"""Keeps the county's dated table of what a case is paid, by kind and stage (Y19 G12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import CaseKind, CaseStage
from app.errors import Problem
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.funds import CaseStandard
from app.rules.funds.standards import StandardRow, refuse_doubled_standards
from app.services.funds.enter_fund_row import refuse_station
from app.services.reading.funds import standard_rows

LARGEST_FEN = 10_000_000


@dataclass(frozen=True)
class SetStandard:
    """From a day on, what a case of a kind is paid, 分; stage None: every stage without a row of its own."""

    valid_from: date
    kind: CaseKind
    stage: CaseStage | None
    fen: int

    def problems(self) -> Iterable[Problem]:
        """An amount that can be meant."""
        if not 0 < self.fen <= LARGEST_FEN:
            yield Problem("fen", "标准应大于零，不超过十万元。", "E352")


@handles(SetStandard, title="登记办案补贴标准", permission=Permission.SETTLE)
def set_standard(work: Work, command: SetStandard) -> str:
    """Id of the row. Raises Refused E349, E352, E890 for a second standard from the same day."""
    return store_standard(work, command)


def store_standard(work: Work, command: SetStandard) -> str:
    """Store a row; for imports too."""
    refuse_station(work)
    wanted = StandardRow(command.valid_from, command.kind, command.stage, command.fen)
    refuse_doubled_standards((*standard_rows(work), *work.noted(("standards",)), wanted))
    work.note(("standards",), wanted)
    row = work.add(
        CaseStandard(
            valid_from=command.valid_from,
            kind=command.kind.value,
            stage=command.stage.value if command.stage else "",
            fen=command.fen,
            entered_by=work.actor.account,
            entered_at=work.now.at,
        )
    )
    return str(row.id)


def is_standard_held(work: Work, command: SetStandard) -> bool:
    """Whether the table has this very row."""
    mine = (
        CaseStandard.valid_from == command.valid_from,
        CaseStandard.kind == command.kind.value,
        CaseStandard.stage == (command.stage.value if command.stage else ""),
        CaseStandard.fen == command.fen,
    )
    return work.session.scalar(select(CaseStandard.id).where(*mine).limit(1)) is not None
