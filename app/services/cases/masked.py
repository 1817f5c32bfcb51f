"""Names the people of a case on whatever leaves the screen: shortened, and not at all where a minor's file is sealed."""

from __future__ import annotations

from app.masking import mask_name

SEALED = "（未成年人，封存）"


def applicant_words(name: str | None, *, is_organisation: bool, is_sealed: bool) -> str:
    """The applicant as exports name it; an organisation's name is no secret."""
    if is_sealed:
        return SEALED
    return (name or "") if is_organisation else mask_name(name or "")
