"""Words of the service desk and of its review that travel between offices, beside those of consultations."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """What came of a follow-up call that brought no rating (Y06)."""

    no_answer = "未接通"
    wrong_number = "号码不对"
    declined = "不愿回答"


class SentBackCode(StrEnum):
    """Why the bureau sends one record back to the station that wrote it."""

    missing = "缺项"
    roster = "与排班不符"
    twice = "重复"
    dates = "日期有误"
    papers = "材料不全"
    matter = "事项不符"
    answer = "答复不当"
    other = "其他"


class SentBackEnd(StrEnum):
    """How the bureau ended one round of a record that it sent back."""

    settled = "已办结"
    again = "再次退回"


class ReplyKind(StrEnum):
    """What a station answers about a record that was sent back."""

    corrected = "已改正"
    explained = "说明"


class PairKind(StrEnum):
    """What two sites may hold of the same thing."""

    duty = "值班"
    punch = "签到"
    consultation = "咨询"
    case = "案件"


class PairOutcome(StrEnum):
    """What the bureau decided about two records of two sites that look like one."""

    keep = "都保留"
    merge = "只计一条"
    send_back = "退回核实"
    undo = "撤销决定"
