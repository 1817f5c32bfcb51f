"""The words of supervision that every floor shares: steps about evidence, inspections, problems, notices."""

from __future__ import annotations

from enum import StrEnum


class EvidenceStepKind(StrEnum):
    """What was done about a finding or a complaint before it was verified (Y24)."""

    notified = "通知本人"
    explained = "本人说明"


class InspectionKind(StrEnum):
    """Why somebody came to look (Q03 Y22)."""

    quarterly = "季度检查"
    yearly = "年度检查"
    mid_year = "年中督查"
    year_end = "年底考核"
    special = "专项检查"


class CheckMark(StrEnum):
    """What an inspection found of one item of the checklist."""

    good = "符合"
    bad = "不符合"
    unseen = "未查"


class ProblemSource(StrEnum):
    """Where a problem was found (Y27)."""

    inspection = "检查"
    spot_check = "抽查"
    complaint = "投诉"
    other = "其他"


class ProblemStepKind(StrEnum):
    """What was done about a problem: mended with its evidence, then looked at again (立整立改)."""

    mended = "整改"
    passed = "复查通过"
    failed = "复查未通过"
