"""Shows just enough of a personal figure to tell two people apart (personal-information law, least display)."""

from __future__ import annotations

LAST = 4
"""How many last digits may be searched for: those that a masked number shows anyway."""
SHORTEST_ENDED = 7
"""A shorter number shows nothing, so it is found only whole."""


def means_number(typed: str, number: str) -> bool:
    """Whether digits typed into a search mean a personal number: all of it, or exactly its last four.

    Any other part would let a hidden number be searched out digit by digit.
    """
    if len(typed) == LAST and len(number) >= SHORTEST_ENDED:
        return number.endswith(typed)
    return bool(typed) and typed == number


def mask_phone(number: str) -> str:
    """A telephone number with its middle hidden: 138****6021; other lengths keep their last four digits at most."""
    if len(number) == 11 and number.isdigit():
        return f"{number[:3]}****{number[-4:]}"
    return _ends(number, 0, 4 if len(number) >= 7 else 0)


def mask_id(number: str) -> str:
    """An identity number with the birth date hidden: 1405**********204X; other papers keep one and two signs."""
    if len(number) == 18:
        return _ends(number, 4, 4)
    return _ends(number, 1, 2) if len(number) >= 6 else "*" * len(number)


def mask_name(name: str) -> str:
    """A name with all but its first character hidden: 李**."""
    return _ends(name, 1, 0)


def mask_account(number: str) -> str:
    """A bank account by its last four digits: ****6021."""
    return f"****{number[-4:]}" if len(number) >= 8 else "*" * len(number)


def _ends(text: str, first: int, last: int) -> str:
    hidden = max(0, len(text) - first - last)
    return text[:first] + "*" * hidden + (text[len(text) - last :] if last else "")
