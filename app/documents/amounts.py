"""Writes amounts of 分 in figures and in the capitals that a voucher needs."""

from __future__ import annotations

from functools import lru_cache

from app.values import yuan_text


@lru_cache(maxsize=1024)
def amount_in_capitals(fen: int) -> str:
    """分 → capitals, exact to the 分: 130000 → `壹仟叁佰元整`, 130005 → `壹仟叁佰元零伍分`, -100 → `负壹元整`.

    整 follows 元 and 角, never 分 (正确填写票据和结算凭证的基本规定 三).
    """
    if fen < 0:
        return "负" + amount_in_capitals(-fen)
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    whole = f"{_capitals(yuan)}元" if yuan or not rest else ""
    tenths = f"{_capitals(jiao)}角" if jiao else "零" if whole and cents else ""
    return whole + tenths + (f"{_capitals(cents)}分" if cents else "整")


def amount_with_capitals(fen: int) -> str:
    """Capitals and figures side by side, as under a pay sheet: `壹仟叁佰元整（¥1,300.00）`."""
    return f"{amount_in_capitals(fen)}（¥{yuan_text(fen)}）"


def _capitals(number: int) -> str:
    import cn2an

    return str(cn2an.an2cn(number, "up"))
