"""Finds consultation records by their id, or by a personal number without giving parts of it away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from app.errors import Refused
from app.kernel.work import Look
from app.masking import LAST, SHORTEST_ENDED
from app.models.service_desk import Consultation
from app.services.reading.voids import void_of


def need_consultation(look: Look, row_id: str) -> Consultation:
    """The record of that id, which nobody took back. Raises Refused E246, E255."""
    row = find_consultation(look, row_id)
    if void_of(look, row) is not None:
        raise Refused("E255", "这条咨询记录已经作废，只能查看。请刷新列表后再试。")
    return row


def find_consultation(look: Look, row_id: str) -> Consultation:
    """The record of that id, one that was voided too. Raises Refused E246."""
    row = look.session.get(Consultation, row_id)
    if row is None:
        raise Refused("E246", "没有找到这条咨询记录，请刷新列表后再试。")
    return row


def number_means(column: Any, typed: str) -> ColumnElement[bool]:
    """masking.means_number as a condition of a statement."""
    if len(typed) != LAST:
        return or_(column == typed)
    ended = and_(func.length(column) >= SHORTEST_ENDED, column.endswith(typed, autoescape=True))
    return or_(column == typed, ended)
