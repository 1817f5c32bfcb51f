"""Puts the records' technical names into Chinese: commands, outcomes and security events."""

from __future__ import annotations

from app.kernel.handlers import rights_by_command
from app.kernel.work import DONE, NOTHING, TRIED

_COMMANDS = {
    "LayOutSites": "建立站点", "AddAccount": "新增账号", "DisableAccount": "停用账号", "ResetPassword": "重设密码",
    "SetRoles": "更改角色", "RenewRecoveryCode": "更换恢复码", "ChangeSetting": "修改设置", "DismissAlarm": "处理警报",
    "Reveal": "查看完整个人信息", "Journal": "操作记录", "SecurityEvents": "安全事件",
    "AddPerson": "登记人员", "CorrectPerson": "更正人员", "DisablePerson": "停用人员", "EnablePerson": "启用人员",
    "SetPayee": "变更收款账户", "ConfirmPayee": "复核收款账户", "AddLeave": "登记请假", "CancelLeave": "撤销请假", "LinkPerson": "关联人员",
    "UnlinkPerson": "取消关联", "AdoptPerson": "收入人员库", "SetPin": "设置签到密码", "ChangePin": "本人更改签到密码",
    "ReplacePin": "本人更改签到密码", "CheckPin": "核对签到密码", "UnlockPin": "解除签到锁定", "IssueBadge": "发放工作牌",
    "CountPinFailure": "签到密码输错", "AddSite": "新增站点", "CloseSite": "停办站点", "OpenSite": "恢复站点",
    "RenameSite": "更改站点名称", "SetFrequency": "设定值班频次", "ImportWorkbook": "导入表格", "UndoImport": "撤销导入",
    "DraftDuty": "编排班次", "EditDuty": "修改班次草稿", "RemoveDuty": "删除班次草稿", "CopyLastMonth": "复制上月排班",
    "PublishRoster": "发布排班", "PublishDrafts": "发布排班", "ChangeDuty": "变更已发布班次", "NotePoster": "打印值班表",
    "ExportPoster": "导出值班表", "SignIn": "签到", "SignOut": "签退", "RecordSignIn": "签到", "RecordSignOut": "签退",
    "ExplainLeaving": "说明离开时间", "RecordLeaving": "说明离开时间", "AskCorrection": "申请补签", "Decide": "审定考勤异常",
    "RecordSpotCheck": "登记抽查", "RecordComplaint": "登记投诉", "RecordConsultation": "登记咨询",
    "CorrectConsultation": "更正咨询", "AuditConsultation": "审核咨询", "RateConsultation": "登记评价",
    "RateAtKiosk": "群众评价", "SubmitMonth": "提交月报", "ReviewMonth": "审核月报", "SettleFinal": "结算定稿",
    "AdjustLine": "调整补贴", "ReverseLine": "冲销补贴", "PayMonth": "发放补贴", "ReversePayment": "冲销发放",
    "ExportPaySheet": "导出发放表", "PrintPaySheet": "打印发放表", "StatementOf": "打印补贴明细单",
    "CircularDrafts": "拟通报批评", "AnswerCard": "打印答复卡", "BadgesOf": "打印工作牌", "PreviewPoster": "预览值班表", "ExportReport": "导出报表", "ShowReport": "查看报表", "PrintReport": "打印报表", "RecordExport": "登记导出", "InviteSite": "邀请下级单位",
    "AdmitSite": "接入下级单位", "ExportBundles": "导出上报包", "ImportBundles": "导入上报包", "ApplyBundle": "收入上报包",
    "ShowBundle": "查看上报包", "RecordOutcome": "登记收件结果", "BackUp": "备份", "NoteBackup": "备份",
    "SaveDraft": "暂存草稿", "ForgetDraft": "清除草稿",
}  # fmt: skip
_OUTCOMES = {DONE: "完成", TRIED: "只检查", NOTHING: "没有保存"}
_EVENTS = {
    "login_failed": "登录失败", "login_locked": "锁定期间尝试登录", "refused": "越权操作被拒绝", "pin_failed": "签到密码输错",
    "pin_locked": "签到密码连续输错已锁定", "exchange": "上报包异常", "clock": "时钟异常", "backup": "备份异常",
    "logins_missing": "登录记录文件不见了", "logins_shorter": "登录记录文件被删短", "logins_new": "登录记录文件是新的（恢复备份后会这样）",
    "slot_altered": "密钥文件里的账号钥匙被改动", "rekeyed": "数据库密钥已更换",
}  # fmt: skip


def command_words(command: str) -> str:
    """A command's Chinese name; one without a name of its own is called by the right it needs."""
    if command in _COMMANDS:
        return _COMMANDS[command]
    right = rights_by_command().get(command)
    return f"{right}（{command}）" if right else command


def outcome_words(outcome: str) -> str:
    """完成, 只检查, 没有保存, or the code of the refusal."""
    return _OUTCOMES.get(outcome, outcome)


def event_words(kind: str, detail: str) -> tuple[str, str]:
    """Title and detail of a security event."""
    return _EVENTS.get(kind, kind), command_words(detail) if kind == "refused" else detail
