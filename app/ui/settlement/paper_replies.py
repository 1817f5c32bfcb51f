"""Enters what people signed on their printed statements: all right, or a line that is not (Y29)."""

from __future__ import annotations

from app.kernel.permissions import Permission
from app.services.money.enter_reply import EnterReply
from app.services.money.replies import PayReplies, PayReplyView
from app.services.money.story import LineView
from app.ui.page import PageView
from app.ui.widgets.button import Button
from app.ui.widgets.confirm import ConfirmLine


class PaperReplies:
    """The words on a month that a page shows, and the steps that enter one; confirm asks once more."""

    def __init__(self, page: PageView, confirm: ConfirmLine) -> None:
        self._page, self._confirm = page, confirm
        self._month = ""
        self._known: dict[str, PayReplyView] = {}

    def ask(self, month: str) -> None:
        """How the words on a month (2022-05) stand."""
        self._month = month
        self._page.ask(PayReplies(month), self._take)

    def buttons(self, line: LineView) -> list[Button]:
        """For the person of a line, while a word is asked for."""
        said = self._known.get(line.person_id)
        if said is None or not said.state.is_open or not self._page.desk.may(Permission.RECORD_ATTENDANCE):
            return []
        return [
            Button("本人确认", lambda: self._ask_confirmation(line)),
            Button("本人异议", lambda: self._ask_dispute(line)),
        ]

    def _take(self, found: tuple[PayReplyView, ...]) -> None:
        self._known = {one.person_id: one for one in found}

    def _ask_confirmation(self, line: LineView) -> None:
        self._confirm.ask(
            f"按 {line.name} 签字的明细单登记：本人确认本月补贴无误。",
            "登记确认",
            lambda _reason: self._enter(EnterReply(self._month, line.person_id, False)),
        )

    def _ask_dispute(self, line: LineView) -> None:
        keys = (line.key,) if line.is_settled else ()
        self._confirm.ask(
            f"按 {line.name} 签字的明细单登记：对 {line.on.month}月{line.on.day}日 这一笔有异议。写明理由。",
            "登记异议",
            lambda reason: self._enter(EnterReply(self._month, line.person_id, True, reason, keys)),
            needs_reason=True,
        )

    def _enter(self, command: EnterReply) -> None:
        self._page.do(command, lambda _id: self._page.done("已登记本人答复"))
