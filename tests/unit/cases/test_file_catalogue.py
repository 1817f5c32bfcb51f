"""Which papers a file must hold follows from the kind and stage of its case and from what happened in it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseForm, CaseKind, CaseStage, CaseState
from app.documents.form_texts import CATALOGUE, form_texts
from app.paths import resources
from app.rules.cases.facts import CaseEvent, CaseFacts, CaseStanding
from app.rules.cases.file_catalogue import CaseCatalogue, catalogue_for, catalogues_of, missing_papers

READ = tomllib.loads((resources() / "forms" / CATALOGUE).read_text(encoding="utf-8"))
ALL = catalogues_of(READ)
DAY = date(2022, 3, 1)


def standing(*kinds: Kind, **changed: object) -> CaseStanding:
    events = tuple(
        CaseEvent(id=str(number), case="c", kind=kind, on=DAY, writer="140802", number=number)
        for number, kind in enumerate((Kind.registered, *kinds))
    )
    facts = CaseFacts(received_on=DAY, kind=CaseKind.civil, form=CaseForm.litigation)
    bare = CaseStanding(case="c", site="140802-01", facts=facts, state=CaseState.closed, events=events)
    return replace(bare, **changed)  # type: ignore[arg-type]


def catalogue(kind: CaseKind, form: CaseForm | None = None, stage: CaseStage | None = None) -> CaseCatalogue:
    return catalogue_for(ALL, CaseFacts(received_on=DAY, kind=kind, form=form, stage=stage))


@pytest.mark.parametrize(
    ("kind", "form", "stage", "title"),
    [
        (CaseKind.civil, CaseForm.litigation, CaseStage.first, "民事案件"),
        (CaseKind.civil, None, None, "民事案件"),
        (CaseKind.civil, CaseForm.other, CaseStage.arbitration, "非诉讼案件"),
        (CaseKind.administrative, CaseForm.litigation, CaseStage.second, "行政案件"),
        (CaseKind.state_compensation, None, None, "行政案件"),
        (CaseKind.criminal, None, CaseStage.investigation, "刑事案件（侦查）"),
        (CaseKind.criminal, CaseForm.litigation, CaseStage.prosecution, "刑事案件（审查起诉）"),
        (CaseKind.criminal, CaseForm.litigation, CaseStage.first, "刑事案件（审判）"),
        (CaseKind.criminal, None, None, "刑事案件（审判）"),
    ],
)
def test_each_kind_and_stage_has_its_catalogue(
    kind: CaseKind, form: CaseForm | None, stage: CaseStage | None, title: str
) -> None:
    assert catalogue(kind, form, stage).title == title


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.title)
def test_a_form_in_a_catalogue_is_the_form_of_that_name(one: CaseCatalogue) -> None:
    for paper in one.papers:
        if paper.form:
            assert paper.is_called(form_texts()[paper.form].title), paper
    names = [paper.paper for paper in one.papers]
    assert len(set(names)) == len(names)


def test_what_is_looked_for_follows_from_what_happened() -> None:
    civil = catalogue(CaseKind.civil, CaseForm.litigation)

    def lacks(case: CaseStanding, *names: str, issued: tuple[int, ...] = ()) -> set[str]:
        return set(missing_papers(civil, case, names, issued))

    bare = lacks(standing())
    assert {"法律援助申请表", "身份证明", "指派通知书", "结案报告表"} <= bare
    assert not {"代理词", "更换法律援助人员通知书", "终止法律援助决定书", "法律援助通知书"} & bare
    assert "代理词" in lacks(standing(Kind.heard))
    assert "法律援助委托代理（辩护）协议" in lacks(standing(Kind.contracted))
    assert "更换法律援助人员通知书" in lacks(standing(Kind.reassigned))
    assert "免予核查经济困难的证明" in lacks(standing(means="免核查"))
    assert "经济困难状况说明表" in lacks(standing(means="告知承诺"))
    ended = lacks(standing(is_terminated=True))
    assert "终止法律援助决定书" in ended and "裁判文书" not in ended
    noticed = lacks(standing(Kind.notified_defence))
    assert "法律援助通知书" in noticed and "法律援助申请表" not in noticed
    assert "身份证明" not in lacks(standing(), "身份证复印件（李桂花）")
    assert "指派通知书" not in lacks(standing(), issued=(11,))


def test_papers_lie_in_the_order_of_the_catalogue_and_the_unknown_last() -> None:
    civil = catalogue(CaseKind.civil)
    places = [
        civil.place_of("法律援助申请表"),
        civil.place_of("", 9),
        civil.place_of("民事判决书"),
        civil.place_of("信"),
    ]
    assert places == sorted(places) and places[-1] == len(civil.papers)


def test_a_circumstance_nobody_knows_is_a_fault_of_the_file() -> None:
    part = {"part": {"一": {"papers": [{"paper": "甲", "when": ["下雨"]}]}}, "catalogue": []}
    with pytest.raises(ValueError, match="下雨"):
        catalogues_of(part)
