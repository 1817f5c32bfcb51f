"""The small forms of records sent back: why one goes back, and what its station answers."""

from __future__ import annotations

from app.desk_values import ReplyKind, SentBackCode
from app.services.money.send_back import SendBack, SendBackAgain
from app.services.returns.answer_return import AnswerReturn
from app.services.returns.returns_list import ReturnView
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, ShownField
from app.ui.widgets.side_form import SideForm

CODES = tuple(code.value for code in SentBackCode)


class SendBackForm(SideForm):
    """A record goes back for the first time."""

    def __init__(self, kind: str, row_id: str, what: str) -> None:
        super().__init__(
            "退回这条记录",
            "退回",
            keys="Ctrl Return",
            note="只打开这一条让站点更正，本月其他记录仍然锁定。随下一个回执包下发。",
        )
        self._kind, self._row_id = kind, row_id
        self.form.put(ShownField("记录", what))
        _add_reason(self)

    def command(self) -> SendBack:
        """The return as typed."""
        typed = self.form.values()
        return SendBack(self._kind, self._row_id, typed["code"] or "", typed["comment"])


class AgainForm(SideForm):
    """The answer does not do."""

    def __init__(self, found: ReturnView) -> None:
        super().__init__(
            "再次退回", "再次退回", keys="Ctrl Return", note="这一轮到此为止，同一条记录再退一次。"
        )
        self._id = found.id
        self.form.put(ShownField("记录", found.what))
        _add_reason(self)

    def command(self) -> SendBackAgain:
        """The next round as typed."""
        typed = self.form.values()
        return SendBackAgain(self._id, typed["code"] or "", typed["comment"])


class AnswerReturnForm(SideForm):
    """The station's word."""

    def __init__(self, found: ReturnView) -> None:
        super().__init__(
            "答复县局",
            "答复",
            keys="Ctrl Return",
            note="更正了这条记录就算答复，不必再写；不用改的，在这里说明。",
        )
        self._id = found.id
        self.form.put(ShownField("记录", found.what))
        kinds = tuple(kind.value for kind in ReplyKind)
        self.form.add("kind", ChoiceField("答复", kinds, is_required=True)).set_value(ReplyKind.explained)
        self.form.add("text", LineField("内容", is_required=True, hint="改了什么，或者为什么不用改"))

    def command(self) -> AnswerReturn:
        """The answer as typed."""
        typed = self.form.values()
        return AnswerReturn(self._id, typed["kind"] or "", typed["text"])


def _add_reason(form: SideForm) -> None:
    form.form.add("code", ChoiceField("原因", CODES, is_required=True))
    form.form.add("comment", LineField("说明", hint="原因选“其他”时必填"))
