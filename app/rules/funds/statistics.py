"""Sorts cases into the columns of the national statistics: each case stands in one column of its kind (J16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from app.case_values import CaseForm, CaseGround, CaseKind
from app.rules.cases.facts import CaseFacts, CaseStanding


class StatisticalColumn(StrEnum):
    """The columns of approved cases, in the order of the monthly return."""

    criminal_applied = "刑事：申请"
    criminal_notified = "刑事：通知辩护"
    criminal_asked = "刑事：商请（可以通知）"
    criminal_treatment = "刑事：强制医疗"
    civil = "民事诉讼"
    administrative = "行政诉讼"
    appeal = "申诉"
    notary = "公证援助"
    appraisal = "司法鉴定援助"
    other = "其他非诉讼"


_CRIMINAL = {
    CaseGround.law_25_1: StatisticalColumn.criminal_notified,
    CaseGround.regulation_12: StatisticalColumn.criminal_notified,
    CaseGround.law_25_2: StatisticalColumn.criminal_asked,
    CaseGround.law_28: StatisticalColumn.criminal_treatment,
}


def column_of(facts: CaseFacts) -> StatisticalColumn:
    """The one column in which a case is counted."""
    if facts.kind is CaseKind.criminal:
        return _CRIMINAL.get(facts.ground or CaseGround.other, StatisticalColumn.criminal_applied)
    if facts.ground is CaseGround.law_33:
        return StatisticalColumn.appeal
    if facts.form is CaseForm.litigation:
        is_civil = facts.kind is CaseKind.civil
        return StatisticalColumn.civil if is_civil else StatisticalColumn.administrative
    if "公证" in facts.matter:
        return StatisticalColumn.notary
    return StatisticalColumn.appraisal if "鉴定" in facts.matter else StatisticalColumn.other


def by_column(cases: Iterable[CaseStanding]) -> Counter[StatisticalColumn]:
    """Column → how many cases."""
    return Counter(column_of(one.facts) for one in cases)
