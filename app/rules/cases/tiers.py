"""Says which level handles a case of the kinds that a document divides by instance, and where a case belongs elsewhere (A04)."""

from __future__ import annotations

from dataclasses import dataclass

from app.case_values import CaseStage
from app.rules.policy.pack import Pack
from app.values import Level

TIERED = "tiered_matters"
_SECOND = (CaseStage.second.value, CaseStage.retrial.value)
_NOTICE = "通知辩护"


@dataclass(frozen=True)
class Tier:
    """is_ours: this office handles it itself; text: why, with what to do where it does not."""

    is_ours: bool
    text: str
    clause: str


def tier_of(pack: Pack, level: Level, matter: str, stage: str, *, is_notice: bool = False) -> Tier | None:
    """None where the document divides nothing, the case is of no such kind, or its instance is not known yet.

    A station stands for its county. The first instance is the county's, the second and a retrial the city's.
    """
    rule = pack.lists.get(TIERED)
    word = _kind_of(rule.words, matter, is_notice=is_notice) if rule else ""
    if rule is None or not word or not stage:
        return None
    is_city = stage in _SECOND
    is_ours = is_city == (level is Level.city)
    place = "市法律援助中心" if is_city else "县（市、区）法律援助中心"
    instance = "二审、再审" if is_city else "一审"
    advice = "由本单位办理" if is_ours else f"应由{place}办理，请转办"
    return Tier(is_ours, f"“{word}”案件分级管辖，{instance}归{place}，{advice}。", rule.clause)


def _kind_of(kinds: tuple[str, ...], matter: str, *, is_notice: bool) -> str:
    """The kind that the words of a matter belong to; a kind of several names joined by 或者 is any of them."""
    if is_notice and _NOTICE in kinds:
        return _NOTICE
    for kind in kinds:
        names = [name for name in kind.replace("或者", "、").split("、") if name]
        if any(name in matter or (len(matter) > 1 and matter in name) for name in names):
            return kind
    return ""
