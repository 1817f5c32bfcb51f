"""Divides the one subsidy of a case among those who handled it (Y14, 一案一补)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.case_values import HandlerKind
from app.rules.cases.facts import CaseHandler

WHOLE = 100


@dataclass(frozen=True)
class HandlerShare:
    """Who is paid and how much of the case, 分 of each fund; percent is of the whole subsidy."""

    name: str
    firm: str
    person: str
    percent: int
    special_fen: int = 0
    business_fen: int = 0
    project_fen: int = 0


def is_publicly_paid(handler: CaseHandler) -> bool:
    """On the public payroll: the agency's own staff, or a public servant; never paid for a case."""
    return handler.is_public_servant or handler.kind is HandlerKind.agency_staff


def typed_shares(handlers: Sequence[CaseHandler]) -> tuple[tuple[CaseHandler, int], ...]:
    """Who shares the subsidy, in percent: as typed, else all to the last handler; () where nobody handles the case."""
    typed = tuple((one, one.share_percent) for one in handlers if one.share_percent is not None)
    return typed or (((handlers[-1], WHOLE),) if handlers else ())


def divided(
    payable: Sequence[tuple[CaseHandler, int]], special_fen: int, business_fen: int, project_fen: int
) -> tuple[HandlerShare, ...]:
    """Each payee's part of what is paid; the parts of a fund add up to it exactly."""
    percents = [percent for _, percent in payable]
    parts = zip(
        _split(special_fen, percents),
        _split(business_fen, percents),
        _split(project_fen, percents),
        strict=True,
    )
    return tuple(
        HandlerShare(one.name, one.firm, one.person, percent, *part)
        for (one, percent), part in zip(payable, parts, strict=True)
    )


def _split(fen: int, percents: Sequence[int]) -> tuple[int, ...]:
    """By running sums, so that what rounding leaves is never lost."""
    whole, before, found = sum(percents), 0, []
    for percent in percents:
        after = before + percent
        found.append(fen * after // whole - fen * before // whole)
        before = after
    return tuple(found)
