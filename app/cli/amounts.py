"""Reads amounts of money as they are typed on the command line."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from app.errors import Refused
from app.text import clean_number

MOST_FEN = 10**12


def fen_of(text: str) -> int:
    """Yuan as typed, in 分. Raises Refused E870."""
    try:
        fen = Decimal(clean_number(text)) * 100
        is_whole = fen == fen.to_integral_value() and abs(fen) < MOST_FEN
    except InvalidOperation:
        is_whole = False
    if not is_whole:
        raise Refused(
            "E870", f"金额“{text}”无法识别，请写成 250 或 250.50 的样子，最多两位小数。", field="to"
        )
    return int(fen)
