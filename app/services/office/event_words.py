"""Puts the records' technical names into Chinese: commands, outcomes and security events."""

from __future__ import annotations

from app.services.dispatch import rights_by_command

_COMMANDS = {
    "LayOutSites": "建立站点", "AddAccount": "新增账号", "DisableAccount": "停用账号", "ResetPassword": "重设密码",
    "SetRoles": "更改角色", "ChangeSetting": "修改设置", "DismissAlarm": "处理警报", "Reveal": "查看完整个人信息",
    "AddPerson": "登记人员", "CorrectPerson": "更正人员", "DisablePerson": "停用人员", "EnablePerson": "启用人员",
    "SetPayee": "变更收款账户", "AddLeave": "登记请假", "CancelLeave": "撤销请假", "LinkPerson": "关联人员",
    "UnlinkPerson": "取消关联", "AdoptPerson": "收入人员库", "SetPin": "设置签到密码", "IssueBadge": "发放工作牌",
    "AddSite": "新增站点", "CloseSite": "停办站点", "OpenSite": "恢复站点", "RenameSite": "更改站点名称",
    "SetFrequency": "设定值班频次", "Journal": "操作记录", "SecurityEvents": "安全事件", "ImportWorkbook": "导入表格", "UndoImport": "撤销导入",
}  # fmt: skip
_EVENTS = {
    "login_failed": "登录失败", "login_locked": "锁定期间尝试登录", "refused": "越权操作被拒绝",
}  # fmt: skip


def command_words(command: str) -> str:
    """A command's Chinese name; one without a name of its own is called by the right it needs."""
    if command in _COMMANDS:
        return _COMMANDS[command]
    right = rights_by_command().get(command)
    return f"{right}（{command}）" if right else command


def outcome_words(outcome: str) -> str:
    """完成, or the code of the refusal."""
    return "完成" if outcome == "done" else outcome


def event_words(kind: str, detail: str) -> tuple[str, str]:
    """Title and detail of a security event."""
    return _EVENTS.get(kind, kind), command_words(detail) if kind == "refused" else detail
