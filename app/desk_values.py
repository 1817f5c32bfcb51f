"""Words of the service desk that travel between offices, beside those of consultations."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """What came of a follow-up call that brought no rating (Y06)."""

    no_answer = "未接通"
    wrong_number = "号码不对"
    declined = "不愿回答"


class ActivityKind(StrEnum):
    """What a duty serves a village or town with beside consultations (Q04, G04)."""

    mediation = "协助调解"
    petition = "化解信访"
    lecture = "普法讲座"
    check_up = "法治体检"
    village_matter = "重大事项把关"
    risk_report = "矛盾隐患报告"
    drafting = "代书"
    evidence = "举证维权指导"
