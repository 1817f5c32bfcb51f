"""Issues and reads 案号: a template of each office, a run of numbers each year, sorted by year and then as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from app.text import clean_number

YEAR, NUMBER = "{年}", "{号}"
DEFAULT_TEMPLATE = "援字〔{年}〕第{号}号"
_WIDE = re.compile(r"\{号:(\d)\}")
_BRACKETED = re.compile(r"[〔\[(【（［〖]((?:19|20)\d\d)年?[〕\])】）］〗]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LEADING_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\d{1,6}(?!\d))")
_NAMED = re.compile(r"第(\d+)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, order=True)
class CaseNumber:
    """A 案号 as it sorts: by year, then number as a number, then its text. year and number 0: they cannot be read."""

    year: int
    number: int
    text: str


def read_number(text: str) -> CaseNumber:
    """The year and the running number of a 案号 as any office writes it: 盐援〔2022〕第15号, 盐援字(2022)15, 2022-0015.

    The number is that after 第, else the last one.
    """
    plain = clean_number(text)
    found = _BRACKETED.search(plain) or _YEAR.search(plain) or _LEADING_YEAR.search(plain)
    rest = plain[found.end() :] if found else plain
    named = _NAMED.search(rest)
    runs = [named[1]] if named else _DIGITS.findall(rest)
    return CaseNumber(int(found[1]) if found else 0, int(runs[-1]) if runs else 0, text)


def check_template(template: str) -> str:
    """The template itself. Raises Refused E320 where the year or the number has no place in it, or other braces stand."""
    plain = _WIDE.sub(NUMBER, template)
    rest = plain.replace(YEAR, "").replace(NUMBER, "")
    is_good = plain.count(YEAR) == 1 and plain.count(NUMBER) == 1 and not set("{}") & set(rest)
    if not is_good or _reads_otherwise(template):
        raise Refused(
            "E320",
            f"案号格式“{template}”不能用：须各有一处{YEAR}和{NUMBER}，年在前、号在后，例如“{DEFAULT_TEMPLATE}”",
            field="template",
        )
    return template


def _reads_otherwise(template: str) -> bool:
    """Whether a number written by the template would be read back as another."""
    found = read_number(_written(template, 2022, 17))
    return (found.year, found.number) != (2022, 17)


def issue_number(template: str, year: int, taken: Iterable[str]) -> str:
    """The next 案号 of a year: one above the highest of that year among those taken. Raises Refused E320."""
    used = (read_number(text) for text in taken)
    highest = max((one.number for one in used if one.year == year), default=0)
    return _written(check_template(template), year, highest + 1)


def _written(template: str, year: int, number: int) -> str:
    padded = _WIDE.sub(lambda found: f"{number:0{int(found[1])}d}", template)
    return padded.replace(YEAR, str(year)).replace(NUMBER, str(number))


def year_warning(text: str, approved_on: date | None) -> str:
    """Says that a 案号 is of another year than its approval, or that it names none; "" where all is well."""
    found = read_number(text)
    if not found.year:
        return f"案号“{text}”看不出年份，请核对"
    if approved_on is None or found.year == approved_on.year:
        return ""
    return f"案号“{text}”是 {found.year} 年的，批准日是 {approved_on}，请核对"
