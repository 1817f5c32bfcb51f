"""The pane that shows one person: state, facts, masked numbers, leave, links, what was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.kernel.handlers import command_words
from app.kernel.permissions import Permission
from app.services.people.card import LeaveView, PersonCardView
from app.services.reading.accounts import AWAITED
from app.services.reading.names import UNKNOWN
from app.services.security.reveal import REASONS, Reveal, right_to_see
from app.ui.erasing import erase_buttons
from app.ui.page import PageView
from app.ui.widgets.button import DANGER, Button, link
from app.ui.widgets.card import row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.reveal import RevealLine, Shown
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

Step = Callable[[PersonCardView], object]
MOST_CHANGES = 5


@dataclass(frozen=True)
class PersonSteps:
    """What the page does when a step of the pane is pressed."""

    correct: Step
    leave: Step
    pin: Step
    badge: Step
    payee: Step
    confirm: Step
    disable: Callable[[PersonCardView, str], object]
    enable: Step
    cancel_leave: Callable[[LeaveView], object]
    unlink: Callable[[str, str], object]


class PersonDetail(DetailPane):
    """Shows a card; steps that the person at the desk may not take are left out."""

    def __init__(self, page: PageView, steps: PersonSteps) -> None:
        super().__init__("选中一名人员，这里显示详情")
        self._page, self._steps = page, steps
        self.confirm = ConfirmLine()

    def show_card(self, card: PersonCardView, box: QWidget | None = None) -> None:
        """Show a person; box: what is to be decided about them, above the facts."""
        if box is None and self.content == card:
            return
        self.card = card
        self.confirm = ConfirmLine()
        self.begin(card.name or UNKNOWN).add(self.confirm, _tags(card))
        if box is not None:
            self.add(box)
        for sentence in card.against:
            self.add(label(sentence, "fault", wraps=True))
        for sentence in card.warnings:
            self.add(label(sentence, state="due", wraps=True))
        self.facts(*_facts(card))
        for line in self._private_lines(card):
            self.add(line)
        self._add_account_state(card)
        self._add_leaves(card)
        self._add_links(card)
        self._add_changes(card)
        self._finish(card)
        self.content = card if box is None else None

    def _finish(self, card: PersonCardView) -> None:
        may = self._page.desk.may(Permission.MANAGE_PEOPLE)
        if not may:
            self.end(*self._erase(card))
        elif card.erased_on:
            self.end()
        elif not card.is_mine:
            self.end(
                Button("请假", lambda: self._steps.leave(card)),
                Button("签到密码", lambda: self._steps.pin(card)),
            )
        elif not card.is_active:
            self.end(Button("启用", lambda: self._steps.enable(card)), *self._erase(card))
        else:
            self.end(
                Button("更正", lambda: self._steps.correct(card)),
                Button("请假", lambda: self._steps.leave(card)),
                Button("签到密码", lambda: self._steps.pin(card)),
                Button("工作牌", lambda: self._steps.badge(card)),
                Button("停用", lambda: self._ask_disable(card), kind=DANGER),
            )

    def _erase(self, card: PersonCardView) -> tuple[Button, ...]:
        """Only somebody who left the pool."""
        if card.is_active or card.erased_on:
            return ()
        return erase_buttons(self._page, self.confirm, "person", card.id)

    def _private_lines(self, card: PersonCardView) -> list[RevealLine]:
        may_change = self._page.desk.may(Permission.CHANGE_PAYEE) and card.is_mine
        return [
            self._private("联系电话", card.phone, "person", card.id, "phone"),
            self._private("身份证号", card.id_number, "person_private", card.id, "id_number"),
            self._private(
                "银行账号",
                card.bank_account,
                "person_private",
                card.account_row,
                "bank_account",
                (lambda: self._steps.payee(card)) if may_change else None,
            ),
        ]

    def _add_account_state(self, card: PersonCardView) -> None:
        """Whether a second person confirmed the account, and the step for whoever may."""
        if not card.account_state:
            return
        is_awaited = card.account_state == AWAITED
        parts: list[Any] = [
            label("收款账户", "label"),
            Tag(card.account_state, "due" if is_awaited else "done"),
        ]
        if card.account_word:
            parts.append(label(card.account_word, "small2"))
        if is_awaited and self._page.desk.may(Permission.CONFIRM_PAYEE):
            parts.append(link("复核", lambda: self._steps.confirm(card)))
        self.add(row(*parts, None, spacing=12))
        if is_awaited:
            self.add(label("须由登记人以外的人复核后才能发放。", "small2", wraps=True))

    def _private(
        self,
        title: str,
        masked: str,
        table: str,
        row_id: str,
        field: str,
        change: Callable[[], object] | None = None,
    ) -> RevealLine:
        def ask(why: str, show: Shown) -> None:
            self._page.do(Reveal(table, row_id, field, why), show)

        may = self._page.desk.may(right_to_see(table, field))
        return RevealLine(title, masked, REASONS, ask if may else None, change)

    def _add_leaves(self, card: PersonCardView) -> None:
        if card.leaves:
            self.add(label("请假", "strong"))
        may = self._page.desk.may(Permission.MANAGE_PEOPLE)
        for leave in card.leaves:
            line = row(label(leave_words(leave), wraps=True), None)
            if leave.is_mine and may:
                line.addWidget(link("撤销", partial(self._steps.cancel_leave, leave)))
            self.add(line)

    def _add_links(self, card: PersonCardView) -> None:
        for proposal in card.proposals:
            self.add(
                row(label("已关联一条站点登记"), None, link("取消关联", partial(self._ask_unlink, proposal)))
            )

    def _add_changes(self, card: PersonCardView) -> None:
        if card.changes:
            self.add(label("变更记录", "strong"))
        for change in card.changes[:MOST_CHANGES]:
            why = f"：{change.why}" if change.why else ""
            self.add(
                label(
                    f"{change.at:%Y-%m-%d %H:%M}　{change.by}　{command_words(change.command)}{why}",
                    "small",
                    wraps=True,
                )
            )

    def _ask_disable(self, card: PersonCardView) -> None:
        text = f"停用后“{card.name}”不再排班，也不能在签到台签到；已有记录都保留，可随时启用。"
        self.confirm.ask(
            text,
            "停用",
            lambda reason: self._steps.disable(card, reason),
            is_dangerous=True,
            needs_reason=True,
        )

    def _ask_unlink(self, proposal: str) -> None:
        self.confirm.ask(
            "取消后两条登记恢复原样，结算时按两人计。",
            "取消关联",
            lambda reason: self._steps.unlink(proposal, reason),
            is_dangerous=True,
            needs_reason=True,
        )


def leave_words(leave: LeaveView) -> str:
    """5月12日 下午 至 5月13日 上午　事由"""
    last = leave.ends_at - timedelta(minutes=1)
    starts = _moment(leave.starts_at, {time(): "", time(12): " 下午"})
    ends = _moment(last, {time(23, 59): "", time(11, 59): " 上午"})
    same_day = leave.starts_at.date() == last.date()
    if same_day and last.time() != time(11, 59):
        return f"{starts}　{leave.reason}".rstrip()
    return f"{ends if same_day else f'{starts} 至 {ends}'}　{leave.reason}".rstrip()


def _moment(at: datetime, words: dict[time, str]) -> str:
    return f"{at.month}月{at.day}日" + words.get(at.time(), f" {at:%H:%M}")


def _tags(card: PersonCardView) -> Any:
    found = [Tag(card.kind, "info")]
    if card.is_public_servant:
        found.append(Tag("公职 不领补贴", "none"))
    if card.erased_on:
        found.append(Tag("已依法删除", "none"))
    elif card.is_proposal:
        found.append(Tag("待县局关联", "due"))
    if not card.is_active:
        found.append(Tag("已停用", "none"))
    elif card.against:
        found.append(Tag("不能排班", "fault"))
    return row(*found, None)


def _facts(card: PersonCardView) -> list[tuple[str, str]]:
    years = f"{card.years_of_service} 年" if card.years_of_service is not None else ""
    optional = (
        ("资格证号", card.qualification),
        ("业务年限", years),
        ("放宽批准", card.relaxed_approval),
        ("工作牌号", card.badge_code),
        ("开户行", card.bank_name),
        ("停用理由", card.inactive_reason),
    )
    return [
        ("所属机构", card.organisation),
        ("执业证号", card.licence),
        ("执业起始", f"{card.practice_since} 年" if card.practice_since else ""),
        ("专业特长", "、".join(card.specialties)),
        *((name, text) for name, text in optional if text),
    ]
