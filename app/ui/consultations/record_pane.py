"""Shows one record beside the register: masked numbers, audits, versions, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from app.kernel.permissions import Permission
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.card import OpenRecord
from app.services.consultations.history import RecordVersion
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.sign_record import PrintRecord, SignatureView
from app.services.consultations.told_once import ToldOnce
from app.services.reading.ratings import RatingView
from app.services.security.reveal import REASONS, Reveal, right_to_see
from app.ui.consultations.side_cards import record_state
from app.ui.consultations.signature_pad import SignatureDialog
from app.ui.delivery_tag import delivery_facts
from app.ui.erasing import erase_buttons
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import column, row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import LABEL, DetailPane
from app.ui.widgets.reveal import RevealLine, Shown
from app.ui.widgets.text import label
from app.values import AuditResult, Rating, RatingChannel

CLOSED = {
    "submitted": "本月已上报，退回后才能更正",
    "settled": "本月已结算，不能更正",
    "voided": "已作废，不计入，只能查看",
    "foreign": "由其他单位登记，本单位只能审核",
}
RATINGS = tuple(one.value for one in Rating)
NOTICE, PASS_ON, SIGN, PRINT = "告知单", "转办…", "签名…", "登记表"
AUDIT_STATE = {"合格": "done", "缺项": "due", "不规范": "fault"}


class RecordPane(DetailPane):
    """page: asks and does. correct(record): the form is to take it over. printed(id): its card is wanted."""

    def __init__(
        self, page: Any, correct: Callable[[OpenRecord], None], printed: Callable[[str], None]
    ) -> None:
        super().__init__("选中一条咨询，这里显示内容、审核和历次更正")
        self._page, self._correct, self._printed = page, correct, printed
        self.confirm = ConfirmLine()
        self.inner.insertWidget(0, self.confirm)
        self.record: OpenRecord | None = None
        self.signature: SignatureDialog | None = None

    def show_record(self, record: OpenRecord) -> None:
        """The record with its steps."""
        if self.content == record:
            return
        self.record = record
        self.confirm.close_line()
        found = record.row
        about = " · ".join(
            filter(None, (found.sex, f"{record.age} 岁" if record.age is not None else "", record.village))
        )
        unnamed = "（已依法删除）" if record.erased_on else "（未填姓名）"
        self.begin(f"第 {found.number} 号　{record.client_name or unnamed}")
        state, word = record_state(found)
        self.facts(("记录", word if not found.missing else f"缺：{'、'.join(found.missing)}", state))
        self.facts(*delivery_facts(found.delivery))
        if self._page.desk.may(Permission.AUDIT_CONSULTATION):
            self._add_choices("审核", AUDIT_STATE, self._audit)
        if not found.is_mine and self._page.desk.is_bureau and self._page.desk.may(Permission.REVIEW_MONTH):
            self.add(row(Button("退回更正…", partial(self._send_back, record)), None))
        for title, text in (("咨询内容", record.content), ("答复意见", record.answer)):
            self.add(column(label(title, "label"), label(text or "（未填）", wraps=True), spacing=2))
        self.facts(("时间", f"{found.at:%Y-%m-%d %H:%M}　{found.person} 值班"))
        if about:
            self.facts(("咨询人", about))
        for name, title in record.revealable:
            self.add(self._masked(name, title))
        if found.is_id_refused:
            self.facts(("证件号", "本人拒绝提供"))
        self.facts(
            ("人群", "、".join(found.groups)),
            ("事项", "、".join(found.topics)),
            ("方式", f"{found.channel}　处理：{found.handling}"),
            ("满意度", found.rating or "未评价"),
        )
        if found.is_green:
            self.facts(("绿色通道", "优先解答、受理、审查、指派"))
        if record.signature is not None:
            self.facts(("签名", _signed(record.signature)))
        self._add_ratings(record.ratings)
        self._add_audits(record)
        self._add_versions(record.versions)
        self._add_steps(record)
        self.content = record

    def _add_choices(self, title: str, words: Iterable[str], take: Callable[[str], object]) -> None:
        name = label(title, "label")
        name.setMinimumWidth(px(LABEL))
        line = row(name, spacing=12)
        buttons = [Button(word, partial(take, word)) for word in words]
        for button in buttons:
            button.setAccessibleName(f"{title}：{button.text()}")
        line.addLayout(row(*buttons, None), 1)
        self.add(line)

    def _masked(self, name: str, title: str) -> RevealLine:
        assert self.record is not None
        row_id, masked = self.record.row.id, getattr(self.record.row, name)

        def ask(why: str, show: Shown) -> None:
            self._page.do(Reveal("consultation", row_id, name, why), show)

        may = self._page.desk.may(right_to_see("consultation", name))
        return RevealLine(title, masked, REASONS, ask if may else None)

    def _add_ratings(self, ratings: tuple[RatingView, ...]) -> None:
        if not any(one.reason or one is not ratings[0] for one in ratings):
            return
        self.add(label("历次评价（原评价保留）", "strong"))
        for one in ratings:
            self.facts((f"{one.at:%m-%d %H:%M} {one.channel}", one.rating.value))
            if one.reason:
                self.add(label(one.reason, "small2", wraps=True))

    def _add_audits(self, record: OpenRecord) -> None:
        if not record.audits:
            return
        self.add(label("审核", "strong"))
        for one in record.audits:
            who = "县局" if one.is_by_bureau else "本站"
            self.facts((f"{one.at:%m-%d %H:%M} {who}", one.result.value, AUDIT_STATE[one.result]))
            if one.reason:
                self.add(label(one.reason, "small2", wraps=True))

    def _add_versions(self, versions: tuple[RecordVersion, ...]) -> None:
        if len(versions) < 2:
            return
        self.add(label("历次更正（原记录保留）", "strong"))
        for one in versions[1:]:
            head = " ".join(filter(None, (f"{one.at:%Y-%m-%d %H:%M}", one.by, one.reason)))
            lines = (f"{c.item}：{c.before or '（空）'} → {c.after or '（空）'}" for c in one.changes)
            self.add(label("\n".join((head, *lines)), "note", wraps=True))

    def _add_steps(self, record: OpenRecord) -> None:
        desk, steps = self._page.desk, []
        may_record = desk.may(Permission.RECORD_CONSULTATION)
        if may_record:
            self._add_rating_steps(record)
        if may_record and record.row.is_mine and record.closed != "voided":
            self._add_choices("办理", (NOTICE, PASS_ON), partial(self._go_on, record))
            self._add_choices("存档", (SIGN, PRINT), partial(self._go_on, record))
        if record.erased_on:
            self.add(label(f"{record.erased_on:%Y-%m-%d} 依法删除了个人信息", "small", wraps=True))
        if record.closed and may_record:
            self.add(label(CLOSED.get(record.closed, ""), "small", wraps=True))
        if may_record:
            if not record.closed:
                steps.append(Button("更正", lambda: self._correct(record)))
            steps.append(Button("答复卡", lambda: self._printed(record.row.id), icon="print"))
        if not record.erased_on:
            steps += erase_buttons(self._page, self.confirm, "consultation", record.row.id)
        self.end(*steps)
        self._foot.setMinimumHeight(px(32))
        self._scroll.verticalScrollBar().setValue(0)

    def _go_on(self, record: OpenRecord, word: str) -> None:
        """The notice or the record as they will be printed, the pad to sign on, or on to what is promised."""
        if word == NOTICE:
            self._page.ask(ToldOnce(record.row.id), self._page.preview_paper, slot="told once")
        elif word == PRINT:
            self._page.ask(PrintRecord(record.row.id), self._page.preview_paper, slot="record")
        elif word == SIGN:
            self.signature = SignatureDialog(self._page, record)
            self.signature.open()
        else:
            title = f"第 {record.row.number} 号　转办"
            self._page.desk.go("outreach", consultation=record.row.id, title=title)

    def _add_rating_steps(self, record: OpenRecord) -> None:
        """A first word is taken whenever it comes; another one, and a follow-up's, with the reason."""
        said = [one.rating for one in record.ratings if one.channel is not RatingChannel.follow_up][-1:]
        if record.row.is_mine and record.closed != "voided" and not said:
            self._add_choices("评价", RATINGS, self._rate)
        elif not record.closed:
            others = (word for word in RATINGS if word not in said)
            self._add_choices("改评价", others, partial(self._rate_with_reason, is_follow_up=False))
        is_ours = record.row.is_mine or self._page.desk.is_bureau
        if is_ours and record.closed != "voided":
            self._add_choices("回访", RATINGS, partial(self._rate_with_reason, is_follow_up=True))

    def _send_back(self, record: OpenRecord) -> None:
        what = f"{record.row.site_name} 第 {record.row.number} 号咨询"
        self._page.desk.go("returned", send_back=("consultation", record.row.id, what))

    def _rate(self, word: str, reason: str = "", *, is_follow_up: bool = False) -> None:
        assert self.record is not None
        self._page.do(
            RateConsultation(self.record.row.id, word, reason, is_follow_up),
            lambda _none: self._page.done(f"已评价：{word}"),
        )

    def _rate_with_reason(self, word: str, *, is_follow_up: bool) -> None:
        assert self.record is not None
        about = f"第 {self.record.row.number} 号"
        words = (
            f"{about}回访评价为“{word}”，请写回访情况。"
            if is_follow_up
            else f"{about}改评价为“{word}”，原评价保留。"
        )
        self.confirm.ask(
            words, word, lambda reason: self._rate(word, reason, is_follow_up=is_follow_up), needs_reason=True
        )

    def _audit(self, word: str) -> None:
        assert self.record is not None
        ids, number = (self.record.row.id,), self.record.row.number

        def carry_out(reason: str) -> None:
            self._page.do(
                AuditConsultation(ids, word, reason),
                lambda _n: self._page.done(f"第 {number} 号审核为{word}"),
            )

        if word == AuditResult.passed:
            carry_out("")
        else:
            self.confirm.ask(
                f"第 {number} 号审核为“{word}”，本人和站点都会看到。", word, carry_out, needs_reason=True
            )


def _signed(signature: SignatureView) -> str:
    """When the citizen signed, and that the record was corrected since."""
    later = "，之后更正过，请重签" if signature.is_outdated else ""
    return f"{signature.at:%Y-%m-%d %H:%M} 已签{later}"
