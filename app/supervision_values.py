"""The words of supervision that every floor shares: steps about evidence, inspections, problems, notices."""

from __future__ import annotations

from enum import StrEnum


class EvidenceStepKind(StrEnum):
    """What was done about a finding or a complaint before it was verified (Y24)."""

    notified = "通知本人"
    explained = "本人说明"
