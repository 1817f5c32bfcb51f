"""Draws the archived files that are checked: the seed's hash before the quarter is over, the seed after it (G12)."""

from __future__ import annotations

import secrets
from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy import select

from app.case_values import DrawStep, ReviewKind
from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.case_quality import CaseReviewSheet, QualityDraw
from app.models.case_standings import CaseStandingRow
from app.quarters import Quarter
from app.rules.cases.quality import drawn_cases
from app.rules.supervision.draw import announced_seed, is_announced
from app.services.reading.rulings import in_parts
from app.text import clean

LEAST_PERCENT = 30
"""At least three of ten files are checked (赣司〔2021〕7号)."""


@dataclass(frozen=True)
class AnnounceDraw:
    """Announce a quarter's draw. seed "": the program makes one. Only its hash is stored: keep the seed sealed."""

    quarter: str
    seed: str = ""
    percent: int = LEAST_PERCENT


@dataclass(frozen=True)
class DrawAnnounced:
    """The hash that everybody may know, and the seed that nobody may until the quarter is over."""

    quarter: str
    digest: str
    seed: str


@dataclass(frozen=True)
class RevealDraw:
    """The seed of an announced draw, once the quarter is over."""

    quarter: str
    seed: str


@dataclass(frozen=True)
class FileDraw:
    """A quarter's draw, and how far its files are reviewed."""

    quarter: str


@dataclass(frozen=True, kw_only=True)
class FileDrawView:
    """A draw. numbers: the 案号 that took part, as stored with the seed; drawn: computed from seed and numbers again.

    archived: the quarter's archived files now; late: those archived or corrected after the seed was told, which take
    no part. unreviewed: those without their own review (一案一评); unchecked: drawn ones without a sheet.
    """

    quarter: str
    digest: str
    percent: int
    seed: str
    numbers: tuple[str, ...]
    drawn: tuple[str, ...]
    archived: tuple[str, ...]
    late: tuple[str, ...]
    unreviewed: tuple[str, ...]
    unchecked: tuple[str, ...]


@handles(AnnounceDraw, title="公布案卷抽查的指纹", permission=Permission.DECIDE_CASE)
def announce_draw(work: Work, command: AnnounceDraw) -> DrawAnnounced:
    """The draw announced. Raises Refused E893, E821 announced already, E822 too late, E825 for too small a part."""
    quarter = Quarter.parse(command.quarter)
    if not LEAST_PERCENT <= command.percent <= 100:
        raise Refused("E825", f"抽取比例应在 {LEAST_PERCENT} 到 100 之间，请核对。", field="percent")
    if _step(work, quarter, DrawStep.announced) is not None:
        raise Refused("E821", f"{quarter.words}的指纹已经公布，不能再公布一次。", field="quarter")
    if local_date(work.now.at) > quarter.period.end:
        raise Refused(
            "E822", f"{quarter.words}已经结束，指纹须在季度结束以前公布，请公布下一季度的。", field="quarter"
        )
    seed = clean(command.seed) or secrets.token_hex(8)
    _store(work, quarter, DrawStep.announced, announced_seed(seed), command.percent, [])
    return DrawAnnounced(str(quarter), announced_seed(seed), seed)


@handles(RevealDraw, title="公布案卷抽查的种子", permission=Permission.DECIDE_CASE)
def reveal_draw(work: Work, command: RevealDraw) -> FileDrawView:
    """The draw made. Raises Refused E893, E823 not announced or another seed, E824 told already, E826 too early."""
    quarter, seed = Quarter.parse(command.quarter), clean(command.seed)
    announced = _step(work, quarter, DrawStep.announced)
    if announced is None or not is_announced(seed, announced.value):
        raise Refused(
            "E823",
            f"{quarter.words}没有公布指纹，或者种子和公布的指纹对不上，请核对密封的种子。",
            field="seed",
        )
    if _step(work, quarter, DrawStep.revealed) is not None:
        raise Refused("E824", f"{quarter.words}的种子已经公布，抽查结果不再改变。", field="quarter")
    if local_date(work.now.at) <= quarter.period.end:
        raise Refused("E826", f"{quarter.words}还没有结束，种子须在季度结束以后公布。", field="quarter")
    _store(work, quarter, DrawStep.revealed, seed, announced.percent, list(_archived(work, quarter)))
    return file_draw(work, FileDraw(str(quarter)))


@answers(FileDraw, permission=Permission.LOOK)
def file_draw(look: Look, query: FileDraw) -> FileDrawView:
    """The draw as far as it went. Raises Refused E893."""
    quarter = Quarter.parse(query.quarter)
    announced, revealed = (_step(look, quarter, step) for step in DrawStep)
    archived = _archived(look, quarter)
    numbers = tuple(revealed.numbers) if revealed else ()
    drawn = drawn_cases(numbers, revealed.value, percent=revealed.percent) if revealed else ()
    sheets = _reviewed(look, {*numbers, *archived})
    everyone = {number for number, kind in sheets if kind == ReviewKind.every_case}
    checked = {number for number, _kind in sheets}
    return FileDrawView(
        quarter=str(quarter),
        digest=announced.value if announced else "",
        percent=announced.percent if announced else LEAST_PERCENT,
        seed=revealed.value if revealed else "",
        numbers=numbers,
        drawn=drawn,
        archived=archived,
        late=tuple(one for one in archived if revealed and one not in numbers),
        unreviewed=tuple(one for one in archived if one not in everyone),
        unchecked=tuple(one for one in drawn if one not in checked),
    )


def _step(look: Look, quarter: Quarter, step: DrawStep) -> QualityDraw | None:
    mine = (
        QualityDraw.writer == look.office.code,
        QualityDraw.period == str(quarter),
        QualityDraw.step == step.value,
    )
    return look.session.scalars(select(QualityDraw).where(*mine)).first()


def _store(
    work: Work, quarter: Quarter, step: DrawStep, value: str, percent: int, numbers: list[str]
) -> None:
    work.put(
        QualityDraw,
        period=str(quarter),
        step=step.value,
        value=value,
        percent=percent,
        numbers=numbers,
        by=work.actor.account,
        at=work.now.at,
    )


def _archived(look: Look, quarter: Quarter) -> tuple[str, ...]:
    """The 案号 of the files archived in a quarter, in their order."""
    first, last = quarter.period.start, quarter.period.end
    query = select(CaseStandingRow.number).where(
        CaseStandingRow.archived_on.between(first, last), CaseStandingRow.number != ""
    )
    return tuple(sorted(look.session.scalars(query)))


def _reviewed(look: Look, numbers: Set[str]) -> list[tuple[str, str]]:
    """(案号, kind) of every sheet of these files."""
    query = select(CaseStandingRow.number, CaseReviewSheet.kind).join(
        CaseReviewSheet, CaseReviewSheet.case_id == CaseStandingRow.case_id
    )
    return [
        (number, kind)
        for some in in_parts(numbers)
        for number, kind in look.session.execute(query.where(CaseStandingRow.number.in_(some))).tuples()
    ]
