"""Each case stands in one column of the national statistics (J16)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.case_values import CaseForm, CaseGround, CaseKind
from app.rules.cases.facts import CaseFacts
from app.rules.funds.statistics import StatisticalColumn, column_of

DAY = date(2022, 5, 1)
G, S = CaseGround, StatisticalColumn


@pytest.mark.parametrize(
    ("kind", "form", "ground", "matter", "column"),
    [
        (CaseKind.criminal, None, G.law_25_1, "", S.criminal_notified),
        (CaseKind.criminal, None, G.law_25_2, "", S.criminal_asked),
        (CaseKind.criminal, None, G.law_28, "", S.criminal_treatment),
        (CaseKind.criminal, None, G.law_24, "", S.criminal_applied),
        (CaseKind.civil, CaseForm.litigation, G.law_31, "劳动报酬", S.civil),
        (CaseKind.civil, CaseForm.litigation, G.law_33, "劳动报酬", S.appeal),
        (CaseKind.administrative, CaseForm.litigation, G.law_31, "", S.administrative),
        (CaseKind.state_compensation, CaseForm.litigation, G.law_31, "", S.administrative),
        (CaseKind.civil, CaseForm.other, G.law_31, "遗嘱公证", S.notary),
        (CaseKind.civil, CaseForm.other, G.law_31, "伤残鉴定", S.appraisal),
        (CaseKind.civil, CaseForm.other, G.law_31, "调解", S.other),
    ],
)
def test_j16_the_column_of_a_case(
    kind: CaseKind, form: CaseForm | None, ground: CaseGround, matter: str, column: StatisticalColumn
) -> None:
    assert column_of(CaseFacts(received_on=DAY, kind=kind, form=form, ground=ground, matter=matter)) is column


def test_j16_no_case_is_without_a_column() -> None:
    for kind, form, ground in product(CaseKind, (*CaseForm, None), (*CaseGround, None)):
        assert column_of(CaseFacts(received_on=DAY, kind=kind, form=form, ground=ground)) in StatisticalColumn
