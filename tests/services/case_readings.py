"""Cases on which each open reading about cases decides something, for the proof that every offered reading does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseKind
from app.rules.cases.counting import counting_rules
from app.rules.policy.case_money import case_pay_rules
from app.services.cases.case_list import CaseList
from app.services.cases.loads import load_limits
from app.services.funds.set_standard import SetStandard
from app.services.targets.case_indicators import CaseIndicators
from tests.services.case_desk import GRANT, LAWYER, PAPER_ONLY, SIGNED, CaseDesk
from tests.services.money_book import Book

Result = Callable[[Book], Any]
JULY = date(2022, 7, 20)
REFUSED = {"refusal": "其他", "why": "不属于援助范围", "how_to_object": "15日内向司法局提出", **SIGNED}


def cases_of(write: Callable[[CaseDesk], object], ask: Callable[[CaseDesk], Any]) -> Result:
    """What a query answers about cases, once they were written."""

    def result(book: Book) -> Any:
        cases = CaseDesk(book.desk)
        if not book.desk.ask(CaseList()).total:
            cases.today(JULY)
            book.desk.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
            write(cases)
        cases.ids = [row.id for row in book.desk.ask(CaseList()).rows]
        return ask(cases)

    return result


def _paid(cases: CaseDesk) -> Any:
    return [(one.business_fen, one.project_fen) for one in cases.quarter("2022-Q2").lines]


def _counted(cases: CaseDesk) -> Any:
    return [one.is_counted for one in cases.quarter("2022-Q2").lines]


def _dues(cases: CaseDesk) -> Any:
    """Every period with its due day, and what the list keeps of it: both follow the reading."""
    told = [(one.key, one.due) for case in cases.ids for one in cases.card(case).clocks]
    kept = [row.due_on for row in cases.desk.ask(CaseList()).rows]
    return told, kept


def _listed(cases: CaseDesk) -> Any:
    return [row.due_on for row in cases.desk.ask(CaseList()).rows]


def _in_hand(cases: CaseDesk) -> str:
    case = cases.granted(date(2022, 6, 1))
    cases.step(case, Kind.assigned, date(2022, 6, 7), **LAWYER)
    cases.step(case, Kind.contracted, date(2022, 6, 9))
    return case


def _closed(cases: CaseDesk) -> str:
    case = _in_hand(cases)
    cases.step(case, Kind.closed, date(2022, 7, 1), result="胜诉", paper_on="2022-07-01")
    return case


def _handed_in(cases: CaseDesk) -> None:
    cases.step(_closed(cases), Kind.handed_in, date(2022, 7, 10))


def _assigned(cases: CaseDesk) -> None:
    cases.step(cases.granted(date(2022, 6, 1)), Kind.assigned, date(2022, 6, 7), **LAWYER)


def _replaced(cases: CaseDesk) -> None:
    said = LAWYER | {"handler": "郑义", "why": "请求更换", "requested_on": "2022-06-15"}
    cases.step(_in_hand(cases), Kind.reassigned, date(2022, 6, 16), **said)


def _refused(cases: CaseDesk) -> None:
    case = cases.register(date(2022, 7, 1))
    cases.step(case, Kind.review_begun, date(2022, 7, 1), reviewer="李审查")
    cases.decide(case, Kind.refused, date(2022, 7, 5), delivered_on="2022-07-06", **REFUSED)


def _terminated(cases: CaseDesk) -> str:
    case = _in_hand(cases)
    cases.decide(case, Kind.terminated, date(2022, 6, 20), termination="自行委托", head="王主任")
    return case


def _terminated_and_archived(cases: CaseDesk) -> None:
    case = _terminated(cases)
    cases.step(case, Kind.handed_in, date(2022, 6, 25))
    cases.decide(case, Kind.archived, date(2022, 6, 28), reason=PAPER_ONLY, grade="合格", examiner="赵验")


def _settled_out_of_court(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 3, 1), form="非诉讼", stage="其他")
    cases.step(case, Kind.assigned, date(2022, 3, 7), **LAWYER)
    cases.step(case, Kind.contracted, date(2022, 3, 9))
    cases.step(case, Kind.closed, date(2022, 4, 20), result="和解", settled_on="2022-04-20")
    _archive(cases, case)


def _archive(cases: CaseDesk, case: str) -> None:
    cases.step(case, Kind.handed_in, date(2022, 5, 5))
    cases.step(case, Kind.entered, date(2022, 5, 6), entered_number="SX1", entered_on="2022-05-06")
    cases.decide(case, Kind.archived, date(2022, 5, 10), reason=PAPER_ONLY, grade="合格", examiner="赵验")


def _granted_on_the_first_day(cases: CaseDesk) -> None:
    case = cases.register(date(2021, 9, 27))
    cases.step(case, Kind.review_begun, date(2021, 9, 27), reviewer="李审查")
    cases.decide(case, Kind.granted, date(2021, 10, 1), reason="查证属实", **GRANT)
    cases.step(case, Kind.assigned, date(2021, 10, 8), **LAWYER)
    cases.step(case, Kind.contracted, date(2021, 10, 9))
    cases.step(case, Kind.closed, date(2022, 4, 20), result="胜诉", paper_on="2022-04-20")
    _archive(cases, case)


def _archived(**changed: object) -> Callable[[CaseDesk], object]:
    return lambda cases: cases.archived(date(2022, 5, 20), **changed)  # type: ignore[arg-type]


def _timely(desk: CaseDesk) -> Any:
    page = desk.desk.ask(CaseIndicators("2022"))
    return next(one.text for one in page.indicators if one.key == "timely")


CASE_READINGS: dict[str, tuple[str, Result]] = {
    "terminated_percent": ("50", cases_of(_terminated_and_archived, _paid)),
    "series_percent": ("50", cases_of(_archived(group_case="某工地讨薪"), _paid)),
    "project_base_fen": ("50000", cases_of(_archived(fund="彩票公益金"), _paid)),
    "timely_archive_days": ("5", cases_of(_archived(), _timely)),
    "roll_over": ("否", cases_of(lambda cases: cases.register(date(2022, 7, 2)), _listed)),
    "objection_days": ("20", cases_of(_refused, _dues)),
    "closing_file_days": ("10", cases_of(_closed, _listed)),
    "file_review_days": ("10", cases_of(_handed_in, _listed)),
    "replacement_workdays": ("3", cases_of(_replaced, _dues)),
    "termination_notice_days": ("5", cases_of(_terminated, _listed)),
    "contract_workdays": ("3", cases_of(_assigned, _listed)),
    "approved_from_inclusive": ("否", cases_of(_granted_on_the_first_day, _counted)),
    "arbitration_counts": ("是", cases_of(_archived(form="非诉讼", stage="仲裁"), _counted)),
    "non_litigation_counts": ("是", cases_of(_settled_out_of_court, _counted)),
    "administrative_counts": ("是", cases_of(_archived(kind="行政"), _counted)),
}
"""Reading → another value, and what of a county's cases it changes."""
PURE_CASE_READINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    **{
        f"grade_percent_{grade}": ("90", lambda pack: case_pay_rules(pack).grade_percents)
        for grade in ("excellent", "good", "passed")
    },
    "approved_from": ("2022-01-01", lambda pack: counting_rules(pack).approved_from),  # type: ignore[union-attr]
    "case_load_warning": ("70", lambda pack: load_limits(pack)),
}
"""Those of other documents: what the pack makes of them."""
