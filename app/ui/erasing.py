"""Asks before personal values are erased by law: what is lost, the reason, and 不做."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.kernel.permissions import Permission
from app.services.erasure.erase_personal_data import ErasePersonalData, ErasureLoss, ErasureScope
from app.ui.widgets.button import DANGER, Button
from app.ui.widgets.confirm import ConfirmLine

STEP = "依法删除个人信息"


def erase_buttons(
    page: Any, confirm: ConfirmLine, kind: str, row_id: str, *, words: str = STEP
) -> tuple[Button, ...]:
    """The one button that asks, for whoever may erase; none for others."""
    if not page.desk.may(Permission.ERASE):
        return ()
    return (Button(words, partial(ask_to_erase, page, confirm, kind, row_id), kind=DANGER),)


def ask_to_erase(page: Any, confirm: ConfirmLine, kind: str, row_id: str) -> None:
    """The question on the page; a refusal (a complaint waits, pay is not through) stands in its banner."""

    def show(preview: ErasureLoss) -> None:
        confirm.ask(preview.words, STEP, carry_out, is_dangerous=True, needs_reason=True)

    def carry_out(reason: str) -> None:
        page.do(ErasePersonalData(kind, row_id, reason), lambda _gone: page.done("已依法删除个人信息"))

    page.head.clear_banner()
    page.desk.runner.ask(ErasureScope(kind, row_id), show, page.fail, owner=page)
