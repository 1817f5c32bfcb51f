"""One line of arithmetic that a duty lawyer can check: `300 − 50 迟到 12 分（签到 09:12）= 250`."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.pay.lines import Deduction, PayLine
from app.rules.pay.wording import yuan

_ORDER = ("D4M", "D5", "D2", "D1", "D3", "D4")


def explain(line: PayLine) -> str:
    """`300 − 50 迟到 12 分（签到 09:12）− 10 缺项（第 7 号）= 240` in yuan; a zero line tells its reasons."""
    if not line.base_fen:
        return f"0（{'；'.join(line.reasons)}）" if line.reasons else "0"
    terms = [term for deduction in sorted(line.deductions, key=_place) for term in _terms(deduction)]
    sum_text = "".join(_joined(yuan(line.base_fen), terms))
    over = "（扣减超过补贴，按 0 计）" if line.deducted_fen > line.base_fen else ""
    return f"{sum_text}= {yuan(line.net_fen)}{over}"


def _place(deduction: Deduction) -> int:
    return _ORDER.index(deduction.rule)


def _terms(deduction: Deduction) -> Iterator[str]:
    texts = deduction.brief or deduction.detail
    if deduction.rule == "D2" and len(texts) == deduction.count:
        yield from (f"− {yuan(deduction.fen // deduction.count)} {text}" for text in texts)
    else:
        yield f"− {yuan(deduction.fen)} {'、'.join(texts)}"


def _joined(first: str, terms: list[str]) -> Iterator[str]:
    """A full-width bracket carries its own space."""
    for part in (first, *terms):
        yield part if part.endswith("）") else part + " "
