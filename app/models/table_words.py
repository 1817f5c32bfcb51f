"""Names the kinds of records in Chinese, for lists of what a bundle holds."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = {
    "site": "站点", "site_frequency": "值班频次", "person": "人员", "person_private": "人员收款信息",
    "person_link": "人员关联", "leave": "请假", "duty": "值班", "roster_version": "排班版本",
    "roster_change": "排班变更", "punch": "签到签退", "correction": "补签", "decision": "审定",
    "spot_check": "抽查", "complaint": "投诉", "consultation": "咨询", "consultation_audit": "咨询审核",
    "submission": "月报", "review": "月报审核", "settlement": "结算", "pay_line": "补贴明细",
    "adjustment": "补贴调整", "payment": "发放", "payment_notice": "发放通知", "returned_entry": "退回",
}  # fmt: skip


def table_word(table: str) -> str:
    """The Chinese name of a table's records; 其他记录 for one that this version does not know."""
    return _WORDS.get(table, "其他记录")


def counted(summary: Mapping[str, int]) -> str:
    """`{"punch": 12, "consultation": 3}` → `签到签退 12 条，咨询 3 条`."""
    return "，".join(f"{table_word(table)} {number} 条" for table, number in summary.items())
