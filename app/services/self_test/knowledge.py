"""Sees that what the libraries know is there: holidays, the make-up of card numbers, places, and the solver of rosters."""

from __future__ import annotations

from datetime import date

from app.identity import account_warnings, judge_id, judge_organisation_code
from app.rules.roster.fill_model import FillModel, solve
from app.services.self_test.wrong import NotRight
from app.workdays import WorkCalendar

CARD = "11010519491231002X"
"""The example of GB 11643, of a person that does not exist."""
_SAID = "，程序不完整，请重新安装。"
_TWO_SEATS = FillModel(
    urgencies=(1.0, 1.0),
    pairs=((0, 0), (0, 1), (1, 0), (1, 1)),
    steps=(1.0, 1.0, 1.0, 1.0),
    loads=(1.0, 0.0),
    preferences=(0.0, 0.0, 0.0, 0.0),
    one_of=((0, 2), (1, 3)),
)
_SECONDS = 10.0


def check_knowledge() -> str:
    """Raises NotRight with what is missing."""
    days = WorkCalendar()
    if days.is_workday(date(2022, 10, 3)) or not days.is_workday(date(2022, 10, 8)):
        raise NotRight(f"2022年国庆节的放假和调休不对{_SAID}")
    card = judge_id(CARD)
    if card.problems or not card.region_text or card.sex != "女":
        raise NotRight(f"身份证号码的规则或地区不对{_SAID}")
    if judge_organisation_code("91110000600037341L") or account_warnings("6222021234567890128"):
        raise NotRight(f"信用代码或银行卡号的规则不对{_SAID}")
    if len(solve(_TWO_SEATS, _SECONDS).chosen) != len(_TWO_SEATS.urgencies):
        raise NotRight(f"补齐排班的计算不对{_SAID}")
    return "节假日、证件号码、地区、补齐排班都算得对"
