"""The small forms of a person's word on the pay: what was signed on paper, and the bureau's answer to a dispute."""

from __future__ import annotations

from app.services.money.answer_dispute import AnswerDispute
from app.services.money.enter_reply import EnterReply
from app.services.money.pay_sheet_view import Payee
from app.services.money.replies import DisputeView
from app.services.money.story import LineView
from app.ui.story_pane import line_day, money
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, MoneyField, ShownField
from app.ui.widgets.side_form import SideForm

CONFIRMED, DISPUTED = "确认无误", "有异议"
UPHELD, REJECTED = "成立", "不成立"


def line_choices(lines: tuple[LineView, ...]) -> list[tuple[str, str]]:
    """(duty, its day, site and amount) of the settled lines."""
    return [
        (line.key, f"{line_day(line)} {line.site_name} {money(line.net_fen)} 元")
        for line in lines
        if line.is_settled
    ]


class ReplyForm(SideForm):
    """What a person signed on the printed statement."""

    def __init__(self, month: str, payee: Payee) -> None:
        super().__init__(
            f"{payee.line.name} 的答复",
            "登记答复",
            keys="Ctrl Return",
            note="按本人签字的明细单登记；本人也可在签到台用密码答复。",
        )
        self._month, self._person = month, payee.id
        self.form.add("word", ChoiceField("答复", (CONFIRMED, DISPUTED), is_required=True))
        self.form.add("key", ChoiceField("哪一班", line_choices(payee.pay.lines), hint="不选就是全月"))
        self.form.add("reason", LineField("异议理由", hint="有异议时必填"))

    def command(self) -> EnterReply:
        """The word as typed."""
        typed = self.form.values()
        is_dispute = typed["word"] == DISPUTED
        keys = (typed["key"],) if is_dispute and typed["key"] else ()
        return EnterReply(self._month, self._person, is_dispute, typed["reason"] if is_dispute else "", keys)


class DisputeAnswerForm(SideForm):
    """The bureau's answer to a dispute; where it is upheld, a duty may be paid another amount."""

    def __init__(self, payee: Payee, dispute: DisputeView) -> None:
        super().__init__(
            f"答复 {payee.line.name} 的异议",
            "答复",
            keys="Ctrl Return",
            note="成立并要改金额的，选哪一班并填应发多少；已用补签、审定改正的，不用再选。",
        )
        self._dispute = dispute
        self.form.put(ShownField("异议", f"{dispute.days or '全月'}：{dispute.reason}"))
        self.form.add("verdict", ChoiceField("异议", (UPHELD, REJECTED), is_required=True))
        self.form.add(
            "reason", LineField("答复意见", is_required=True, hint="核实了什么，如 查监控 09:00 已到岗")
        )
        choices = self.form.add("key", ChoiceField("调整哪一班", line_choices(payee.pay.lines)))
        self.form.add("new_fen", MoneyField("调整后金额"))
        if len(dispute.keys) == 1:
            choices.set_value(dispute.keys[0])

    def command(self) -> AnswerDispute:
        """The answer as typed; a duty chosen beforehand counts only with an amount."""
        typed = self.form.values()
        fen = typed["new_fen"]
        key = typed["key"] or "" if fen is not None else ""
        return AnswerDispute(self._dispute.id, typed["verdict"] == UPHELD, typed["reason"], key, fen)
