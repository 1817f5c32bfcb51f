"""Words of the service desk, of its review and of payment batches that stand in rows, beside those of consultations."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """What came of a follow-up call that brought no rating (Y06)."""

    no_answer = "未接通"
    wrong_number = "号码不对"
    declined = "不愿回答"


class BatchStep(StrEnum):
    """What was done with a payment batch."""

    checked = "复核"
    returned = "退回"
    paid = "发放"


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


class ErrandKind(StrEnum):
    """What a citizen was promised after a consultation, by a day (Q07, G04)."""

    referral = "转介部门"
    home_visit = "上门服务"
    appointment = "约期答复"
    forwarded = "代受理转送"


class ErrandResult(StrEnum):
    """What came of it."""

    done = "已办结"
    answered = "已答复"
    refused = "部门不受理"
    failed = "没有办成"
    cancelled = "不用办了"


DEPARTMENTS = (
    "人社", "民政", "卫健", "教育", "住建", "自然资源", "农业农村", "信访", "公安", "法院", "检察院", "法律援助中心", "公证处", "司法鉴定机构",
    "调解委员会", "妇联", "残联", "工会", "退役军人事务", "乡镇政府", "其他",
)  # fmt: skip
"""Whom a citizen is passed on to: relief (medical, schooling, housing, jobs), remedies, other services of law."""


class MarketCycle(StrEnum):
    """By what a market day comes round (Q06)."""

    lunar = "农历"
    solar = "公历"
    weekly = "每周"


class PostingKind(StrEnum):
    """What was put up or handed out so that people know of the service (Q12, Q14)."""

    card = "惠民工程服务卡"
    roster = "值班公示表"
    poster = "宣传海报"


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
