"""Who may do what: permissions, the roles that hold them, and the actor of a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.errors import Refused
from app.values import Role


class Permission(StrEnum):
    """One right, checked by the dispatcher before anything else happens; the value is its Chinese name."""

    LOOK = "查看"
    MANAGE_ACCOUNTS = "管理账号"
    CHANGE_SETTINGS = "修改设置"
    MANAGE_SITES = "管理站点"
    MANAGE_PEOPLE = "管理人员"
    SEE_PAYEE = "查看收款信息"
    CHANGE_PAYEE = "变更收款账户"
    CONFIRM_PAYEE = "复核收款账户"
    DRAFT_ROSTER = "编制排班"
    PUBLISH_ROSTER = "发布排班"
    RECORD_ATTENDANCE = "登记考勤"
    DECIDE = "审定考勤异常"
    SPOT_CHECK = "抽查"
    RECORD_CONSULTATION = "登记咨询"
    AUDIT_CONSULTATION = "审核咨询"
    HANDLE_COMPLAINT = "处理投诉"
    REVEAL = "查看完整个人信息"
    ERASE = "依法删除个人信息"
    SUBMIT_MONTH = "提交月报"
    REVIEW_MONTH = "审核月报"
    SETTLE = "结算"
    PAY = "发放补贴"
    EXCHANGE = "收发上报包"
    ENROL = "登记下级单位"
    RECORD_CASE = "登记援助案件"
    HANDLE_CASE = "办理援助案件"
    DECIDE_CASE = "审批援助案件"
    EXAMINE_CASE_PAY = "审核办案补贴"
    KEEP_FUNDS = "登记资金"
    IMPORT = "导入表格"
    REPORT = "导出报表"
    DISMISS_ALARM = "处理警报"
    KEEP_OFFICE = "检查与备份"
    KIOSK = "签到台"


_CLERK = frozenset(
    {
        Permission.LOOK,
        Permission.MANAGE_PEOPLE,
        Permission.CHANGE_PAYEE,
        Permission.DRAFT_ROSTER,
        Permission.PUBLISH_ROSTER,
        Permission.RECORD_ATTENDANCE,
        Permission.SPOT_CHECK,
        Permission.RECORD_CONSULTATION,
        Permission.HANDLE_COMPLAINT,
        Permission.REVEAL,
        Permission.RECORD_CASE,
        Permission.SUBMIT_MONTH,
        Permission.EXCHANGE,
        Permission.IMPORT,
        Permission.REPORT,
        Permission.KEEP_OFFICE,
    }
)
_REVIEWER = frozenset(
    {
        Permission.LOOK,
        Permission.SEE_PAYEE,
        Permission.CONFIRM_PAYEE,
        Permission.DECIDE,
        Permission.SPOT_CHECK,
        Permission.AUDIT_CONSULTATION,
        Permission.HANDLE_COMPLAINT,
        Permission.REVEAL,
        Permission.REVIEW_MONTH,
        Permission.SETTLE,
        Permission.EXAMINE_CASE_PAY,
        Permission.EXCHANGE,
        Permission.IMPORT,
        Permission.REPORT,
        Permission.DISMISS_ALARM,
    }
)
_CASHIER = frozenset(
    {
        Permission.LOOK,
        Permission.SEE_PAYEE,
        Permission.PAY,
        Permission.KEEP_FUNDS,
        Permission.IMPORT,
        Permission.REPORT,
    }
)
_AID_REVIEWER = frozenset(
    {
        Permission.LOOK,
        Permission.RECORD_CASE,
        Permission.HANDLE_CASE,
        Permission.REVEAL,
        Permission.EXCHANGE,
        Permission.IMPORT,
        Permission.REPORT,
    }
)
_AID_HEAD = frozenset(
    {Permission.LOOK, Permission.HANDLE_CASE, Permission.DECIDE_CASE, Permission.REVEAL, Permission.REPORT}
)
"""No sheets: in a register of cases a row is begun, reviewed and granted by one hand, which the head may not be."""
_LEADER = frozenset(
    {Permission.LOOK, Permission.DECIDE, Permission.REVIEW_MONTH, Permission.ERASE, Permission.REPORT}
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.administrator: frozenset(Permission) - {Permission.KIOSK},
    Role.clerk: _CLERK,
    Role.reviewer: _REVIEWER,
    Role.cashier: _CASHIER,
    Role.leader: _LEADER,
    Role.aid_reviewer: _AID_REVIEWER,
    Role.aid_head: _AID_HEAD,
}


@dataclass(frozen=True)
class Actor:
    """Somebody (or the kiosk) on whose behalf a request is made."""

    account: str
    name: str
    display_name: str
    permissions: frozenset[Permission]
    is_account: bool = True
    """Whether it is read anew at each request; the kiosk, the recovery code and the set-up are no accounts."""

    def may(self, permission: Permission) -> bool:
        """Whether the right is held."""
        return permission in self.permissions

    def need(self, permission: Permission) -> None:
        """Raises Refused E001 where the right is not held."""
        if not self.may(permission):
            raise Refused("E001", f"您没有“{permission.value}”的权限，请联系管理员。")


KIOSK = Actor("kiosk", "kiosk", "签到台", frozenset({Permission.KIOSK}), is_account=False)
"""The kiosk's own narrow actor, whoever unlocked the office."""


SYSTEM = Actor("system", "system", "系统", frozenset({Permission.KEEP_OFFICE}), is_account=False)
"""The program itself, for what it does unasked: laying out a new office, reading again after an upgrade."""


def staff(account: str, name: str, display_name: str, roles: list[str]) -> Actor:
    """The actor of an account with these roles."""
    held: frozenset[Permission] = frozenset()
    for role in roles:
        held |= ROLE_PERMISSIONS[Role(role)]
    return Actor(account, name, display_name, held)
