"""Judges the numbers people are known by; refuses only what is certainly wrong, warns of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.errors import Problem
from app.text import clean_number

IDENTITY_CARD = "身份证"
OTHER_PAPER = "其他证件"
DECLINED = "拒绝提供"

_RIC_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_PHONE_SHAPE = re.compile(
    r"1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,5})?|12348|400-?[0-9]{3}-?[0-9]{4}"
)
_LICENCE_SHAPE = re.compile(r"1[0-9]{16}")
_PERMIT_REGIONS = {"81": "香港（居住证）", "82": "澳门（居住证）", "83": "台湾（居住证）"}


@dataclass(frozen=True)
class IdJudgement:
    """What a paper's number says.

    kind: 身份证, 其他证件 or "" for none given. number: as to be stored. problems refuse, warnings are only shown.
    birth, sex (男 女) and region_text are known of an identity card only; the region is shown, never checked.
    """

    kind: str
    number: str = ""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    birth: date | None = None
    sex: str = ""
    region_text: str = ""


def judge_id(text: str, *, today: date | None = None, field: str = "id_number") -> IdJudgement:
    """Judge an identity paper's number (GB 11643; P39).

    17 digits and a digit or X must pass check digit (E203) and birth date (E204; with `today` also not in the
    future). Other text is another paper, with a warning. Empty text or 拒绝提供 is no number at all.
    """
    number = clean_number(text)
    if number in ("", DECLINED):
        return IdJudgement("")
    if not _RIC_SHAPE.fullmatch(number):
        return IdJudgement(OTHER_PAPER, number, warnings=("不是18位身份证号，按其他证件登记，请核对",))
    return _judge_card(number, today, field)


def age_on(birth: date, day: date) -> int:
    """Whole years of age on a day; the birthday itself counts."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_elderly(birth: date, day: date) -> bool:
    """老年人: 60 or older on the day (Y11)."""
    return age_on(birth, day) >= 60


def is_minor(birth: date, day: date) -> bool:
    """未成年人: under 18 on the day (民法典 17)."""
    return age_on(birth, day) < 18


def judge_organisation_code(text: str, *, field: str = "uscc") -> tuple[Problem, ...]:
    """Problems of a unified social credit code (GB 32100); none for empty text. E205."""
    from stdnum.cn import uscc

    code = clean_number(text)
    if not code or uscc.is_valid(code):
        return ()
    return (Problem(field, "统一社会信用代码不正确，请核对18位代码", "E205"),)


def licence_warnings(text: str) -> tuple[str, ...]:
    """Warnings for a lawyer's licence number; old numbers exist, so nothing is refused."""
    number = clean_number(text)
    if not number or _LICENCE_SHAPE.fullmatch(number):
        return ()
    return ("律师执业证号通常为1开头的17位数字，请核对",)


def phone_warnings(text: str) -> tuple[str, ...]:
    """Warnings for a telephone number of unusual shape; nothing is refused."""
    number = clean_number(text).removeprefix("+86")
    if not number or _PHONE_SHAPE.fullmatch(number):
        return ()
    return ("联系电话不像手机号或固定电话，请核对",)


def account_warnings(text: str) -> tuple[str, ...]:
    """Warnings for an implausible bank account; a card of 16 or 19 digits beginning with 62 is Luhn-checked."""
    from stdnum import luhn

    number = clean_number(text)
    if not number:
        return ()
    if not number.isdigit() or not 9 <= len(number) <= 30:
        return ("银行账号应为9至30位数字，请核对",)
    if len(number) in (16, 19) and number.startswith("62") and not luhn.is_valid(number):
        return ("银行卡号校验不符，请核对",)
    return ()


def _judge_card(number: str, today: date | None, field: str) -> IdJudgement:
    from stdnum.cn import ric

    if ric.calc_check_digit(number) != number[-1]:
        return _refusing(number, Problem(field, "身份证校验码不符，请核对，或选“拒绝提供”", "E203"))
    birth = _birth(number)
    if birth is None or (today is not None and birth > today):
        return _refusing(number, Problem(field, "身份证上的出生日期不存在，请核对，或选“拒绝提供”", "E204"))
    sex = "男" if int(number[16]) % 2 else "女"
    return IdJudgement(IDENTITY_CARD, number, birth=birth, sex=sex, region_text=_region(number))


def _refusing(number: str, problem: Problem) -> IdJudgement:
    return IdJudgement(IDENTITY_CARD, number, problems=(problem,))


def _birth(number: str) -> date | None:
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return ric.get_birth_date(number)
    except ValidationError:
        return None


def _region(number: str) -> str:
    """The place of the first six digits as far as the list knows it, else ""."""
    from stdnum import numdb

    if number[:2] in _PERMIT_REGIONS:
        return _PERMIT_REGIONS[number[:2]]
    found: dict[str, str] = {}
    for _, properties in numdb.get("cn/loc").info(number[:6]):
        found |= properties
    county = re.sub(r"\[[0-9]*-[0-9]*\]", "", found.get("county", "")).split(",")[-1]
    return found.get("province", "") + county
