"""Finds a consultation record by its id."""

from __future__ import annotations

from app.errors import Refused
from app.kernel.work import Look
from app.models.service_desk import Consultation


def need_consultation(look: Look, row_id: str) -> Consultation:
    """The record of that id. Raises Refused E246."""
    row = look.session.get(Consultation, row_id)
    if row is None:
        raise Refused("E246", "没有找到这条咨询记录，请刷新列表后再试。")
    return row
