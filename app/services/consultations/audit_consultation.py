"""Audits records as 合格, 缺项 or 不规范, by the site or its bureau (Q13, Y17(1))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look, Work
from app.models.service_desk import Consultation, ConsultationAudit
from app.services.attendance.freeze import refuse_if_frozen
from app.services.consultations.find import need_consultation
from app.services.reading.audits import audits_in_force
from app.services.reading.sites import is_own_site
from app.text import clean
from app.values import AuditResult


@dataclass(frozen=True)
class AuditConsultation:
    """One or more records found alike; anything but 合格 needs its reason."""

    ids: tuple[str, ...]
    result: str
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """One of the three results, with a reason unless 合格."""
        if self.result not in set(AuditResult):
            yield Problem("result", "审核结果只能是“合格”“缺项”或“不规范”。", "E250")
        elif self.result != AuditResult.passed and not clean(self.reason):
            yield Problem("reason", f"审核为“{self.result}”须写明原因，本人和站点都会看到。", "E250")
        if not self.ids:
            yield Problem("ids", "请先选择要审核的咨询记录。", "E250")


@handles(AuditConsultation, title="审核咨询", permission=Permission.AUDIT_CONSULTATION)
def audit_consultation(work: Work, command: AuditConsultation) -> int:
    """How many records the audit changed. Raises Refused E110, E111, E246, E251, E255.

    After its month is settled only the bureau audits; what it finds then is adjusted with the next month (P24).
    """
    rows = [need_consultation(work, one) for one in dict.fromkeys(command.ids)]
    for row in rows:
        _refuse_foreign(work, row)
    held = audits_in_force(work, [row.id for row in rows])
    reason = clean(command.reason)
    changed = [
        row
        for row in rows
        if row.id not in held or (held[row.id].result, held[row.id].reason) != (command.result, reason)
    ]
    for row in changed:
        add_audit(work, row, AuditResult(command.result), reason)
    return len(changed)


def may_audit_here(look: Look) -> bool:
    """Whether it is for this actor at this office to audit: a bureau always may, a station where the setting says so."""
    is_here = look.office.is_bureau or setting_value(look, "audit_by") == "site"
    return is_here and look.actor.may(Permission.AUDIT_CONSULTATION)


def add_audit(work: Work, row: Consultation, result: AuditResult, reason: str = "") -> str:
    """Store an audit of a record; its id."""
    work.subjects.append(row.id)
    made: ConsultationAudit = work.add(
        ConsultationAudit(
            site=row.site,
            consultation_id=row.id,
            result=result.value,
            reason=reason or None,
            audited_by=work.actor.account,
            audited_at=work.now.at,
        )
    )
    return made.id


def _refuse_foreign(work: Work, row: Consultation) -> None:
    if work.office.is_bureau:
        return
    if not is_own_site(work, row.site):
        raise Refused("E251", "这条记录不属于本站，请由所属站点或县（市、区）司法局审核。")
    if setting_value(work, "audit_by") != "site":
        raise Refused("E251", "咨询记录由县（市、区）司法局审核，本站只登记和更正。可在设置里查看。")
    refuse_if_frozen(work, row.site, row.on)
