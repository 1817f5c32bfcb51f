"""Gives a case's fields in the order of the provincial system's form, for re-keying one after another (Y07)."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.cases.facts import CaseStanding
from app.services.cases.find import case_standing, need_case


@dataclass(frozen=True)
class ProvincialFields:
    """The fields of one case."""

    case: str


@dataclass(frozen=True)
class RekeyField:
    """One field as the province's form names it. is_personal: shown masked until it is copied."""

    title: str
    value: str
    is_personal: bool = False


@answers(ProvincialFields, permission=Permission.HANDLE_CASE, title="录入省系统")
def provincial_fields(look: Look, query: ProvincialFields) -> tuple[RekeyField, ...]:
    """What is to be typed, empty fields left out; it goes on record, for it shows whole numbers.

    Raises Refused E001, E313, E314.
    """
    look.actor.need(Permission.REVEAL)
    case = need_case(look, query.case)
    standing = case_standing(look, case)
    look.disclose("录入省系统", rows=1, subjects=(case.id,))
    fields = (
        RekeyField("援助类型", standing.facts.kind.value),
        RekeyField("申请人姓名", case.applicant or "", True),
        RekeyField("证件类型", case.id_kind),
        RekeyField("证件号码", case.id_number or "", True),
        RekeyField("性别", case.sex or "", True),
        RekeyField("出生日期", str(case.born_on or ""), True),
        RekeyField("联系电话", case.phone or "", True),
        RekeyField("通讯地址", case.address or "", True),
        RekeyField("人群类别", "、".join(standing.facts.groups)),
        RekeyField("代理人", case.representative or "", True),
        RekeyField("通知机关", case.organ),
        RekeyField("函号", case.letter),
        RekeyField("案由", standing.facts.matter),
        RekeyField("案情概况", case.summary or "", True),
        RekeyField("援助方式", standing.facts.form.value if standing.facts.form else ""),
        RekeyField("诉讼阶段", standing.facts.stage.value if standing.facts.stage else ""),
        RekeyField("涉及人数", str(standing.facts.recipients)),
        RekeyField("免提交困难材料原因", case.exemption),
        RekeyField("申请日期", str(standing.facts.received_on)),
        RekeyField("案号", standing.number),
        RekeyField("批准日期", str(standing.approved_on or "")),
        *_handling(standing),
        RekeyField("结案日期", str(standing.closed_on or "")),
        RekeyField("案件结果", standing.result),
        RekeyField("归档日期", str(standing.archived_on or "")),
    )
    return tuple(one for one in fields if one.value)


def _handling(standing: CaseStanding) -> tuple[RekeyField, ...]:
    if not standing.handlers:
        return ()
    last = standing.handlers[-1]
    return (
        RekeyField("承办单位", last.firm),
        RekeyField("承办人", last.name),
        RekeyField("指派日期", str(last.assigned_on or "")),
    )
