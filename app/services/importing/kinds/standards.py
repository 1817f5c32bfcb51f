"""Imports the county's dated table of what a case is paid."""

from __future__ import annotations

from app.case_values import CaseKind, CaseStage
from app.errors import Problem, Refused
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.funds.set_standard import SetStandard, is_standard_held, store_standard
from app.services.importing.cells import read_amount, read_day, read_word
from app.services.importing.kind import UNCHANGED, Cells, ImportKind, KindColumn
from app.values import known

_FIELDS = {"valid_from": "生效日", "kind": "案件类型", "stage": "诉讼阶段", "fen": "标准元"}


def take(work: Work, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Store one standard. Raises Refused E210, E236, E239, E349, E352, E890."""
    wanted = SetStandard(
        read_day(cells, "生效日"),
        CaseKind(read_word(cells, "案件类型", CaseKind)),
        known(CaseStage, read_word(cells, "诉讼阶段", ("", *CaseStage))),
        read_amount(cells, "标准元"),
    )
    if is_standard_held(work, wanted):
        return UNCHANGED
    problems = tuple(wanted.problems())
    try:
        if problems:
            raise Refused.of(problems)
        made = store_standard(work, wanted)
    except Refused as refusal:
        raise Refused.of(
            Problem(_FIELDS.get(one.field, one.field), one.message, one.code) for one in refusal.problems
        ) from refusal
    return (("case_standard", made),)


KIND = ImportKind(
    key="standards",
    title="办案补贴标准",
    permission=Permission.SETTLE,
    columns=(
        KindColumn("生效日", True, "从哪一天起，年-月-日", "2022-01-01"),
        KindColumn("案件类型", True, " ".join(CaseKind), "民事"),
        KindColumn("诉讼阶段", False, "留空：没有单列的各阶段", "一审"),
        KindColumn("标准元", True, "每件多少元", "1800"),
    ),
    take=take,
    purpose="当地办案补贴标准",
)
