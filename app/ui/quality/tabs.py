"""The tabs of what is noted about cases, complaints, and the provincial system."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.case_values import NoteKind
from app.kernel.permissions import Permission
from app.services.quality.case_notes import (
    CaseComplaints,
    CaseNotes,
    ComplaintLine,
    NoteForms,
    NoteLine,
)
from app.services.quality.province import EntryState, ProvinceCheck, ProvinceLine
from app.ui.erasing import erase_buttons
from app.ui.page import PageView
from app.ui.quality.forms import (
    KindForm,
    NoteForm,
)
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.table_model import Column


class NotesTab(Tab):
    """What was noted about cases, the newest first."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _NOTES, "案件记事", "还没有记事。回访、旁听、督办、费用减免都记在这里。")

    def load(self) -> None:
        self.page.ask(CaseNotes(), self.table.set_rows, slot="notes")

    def show_detail(self, row: NoteLine) -> None:
        self.confirm = ConfirmLine()
        self.detail.begin(f"{row.kind}　{row.number}").add(self.confirm).facts(
            ("日期", f"{row.on}"), ("何人", row.who), *row.facts
        )
        self.detail.note(row.text or "没有写内容").note(f"依据：{row.clause}")
        self.detail.end(
            Button("打开案件", partial(self.page.desk.go, "cases", case=row.case)),
            *erase_buttons(self.page, self.confirm, "note", row.id),
        )

    def new_item(self) -> None:
        self.page.ask(NoteForms(), self._choose, slot="note forms")

    def _choose(self, offers: Any) -> None:
        first = KindForm(offers)

        def go_on() -> None:
            said = first.form.values()
            offer = next(one for one in offers if one.kind.value == said["kind"])
            form = NoteForm(self.page.desk, offer, said["case"])
            self.open_form(form, lambda _values: form.command(), f"已登记“{offer.kind}”")

        self.side.show_form(first, go_on)


class ComplaintsTab(Tab):
    """Complaints about cases, what waits first, each with its clock."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COMPLAINTS, "案件投诉", "没有对案件的投诉。")

    def load(self) -> None:
        self.page.ask(CaseComplaints(), self.table.set_rows, slot="complaints")

    def show_detail(self, row: ComplaintLine) -> None:
        self.detail.begin(f"投诉　{row.number}").facts(
            ("收到", f"{row.on}"),
            ("投诉人", row.who),
            ("事由", row.ground),
            ("状态", row.state),
            ("结果", row.outcome),
        )
        self.detail.note(row.text)
        if row.clock:
            self.detail.note(row.clock.explanation)
        kinds = {
            "待受理": (NoteKind.complaint_accepted, NoteKind.complaint_rejected),
            "已受理": (NoteKind.complaint_closed,),
        }.get(row.state, ())
        may = self.page.desk.may(Permission.HANDLE_CASE)
        self.detail.end(*(Button(one.value, partial(self._answer, row, one)) for one in kinds if may))

    def new_item(self) -> None:
        self.page.ask(NoteForms(), lambda found: self._note(found, NoteKind.complaint), slot="complaint form")

    def _note(self, offers: Any, kind: NoteKind) -> None:
        first = KindForm([one for one in offers if one.kind is kind])
        first.form.fields["kind"].set_value(kind.value)

        def go_on() -> None:
            self._open(offers, kind, first.form.values()["case"], "")

        self.side.show_form(first, go_on)

    def _answer(self, row: ComplaintLine, kind: NoteKind) -> None:
        self.page.ask(NoteForms(), lambda found: self._open(found, kind, row.case, row.id), slot="answer")

    def _open(self, offers: Any, kind: NoteKind, case: str, about: str) -> None:
        form = NoteForm(self.page.desk, next(one for one in offers if one.kind is kind), case, about=about)
        self.open_form(form, lambda _values: form.command(), f"已登记“{kind}”")


class ProvinceTab(Tab):
    """The register against the provincial system, what waits first."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _PROVINCE, "省系统对账", "还没有案件。省系统的导出表在“导入”里导入。")

    def load(self) -> None:
        self.page.ask(ProvinceCheck(), self.table.set_rows, slot="province")

    def show_detail(self, row: ProvinceLine) -> None:
        self.detail.begin(row.number or row.entered_number).facts(
            ("对账", row.state.value, PROVINCE_TONES[row.state]),
            ("省系统", "　".join(filter(None, (row.entered_number, str(row.entered_on or ""))))),
            ("本机", "　".join(filter(None, (row.own_number, str(row.own_entered_on or ""))))),
        )
        for one in row.differences:
            self.detail.note(one)
        self.detail.end(
            *((Button("打开案件", partial(self.page.desk.go, "cases", case=row.case)),) if row.case else ())
        )


PROVINCE_TONES = {
    EntryState.entered: State.DONE,
    EntryState.different: State.FAULT,
    EntryState.missing: State.DUE,
    EntryState.unknown: State.INFO,
}


def _clock_words(row: ComplaintLine) -> str:
    return f"{row.clock.title} {row.clock.due:%m-%d}" if row.clock and row.clock.due and row.is_open else ""


def _complaint_tag(row: ComplaintLine) -> tuple[State, str]:
    late = row.is_open and row.clock is not None and (row.clock.days_left or 0) < 0
    return (State.FAULT if late else State.DUE if row.is_open else State.DONE), row.state


_NOTES = (
    Column("on", "日期", 92, value=lambda row: f"{row.on}"),
    Column("kind", "事项", 104, "strong", value=lambda row: row.kind.value),
    Column("number", "案号", 160),
    Column(
        "text",
        "内容",
        0,
        value=lambda row: "；".join(words for _, words in row.facts),
        sub=lambda row: row.text,
    ),
)
_COMPLAINTS = (
    Column("on", "收到", 92, value=lambda row: f"{row.on}"),
    Column("number", "案号", 160, "strong"),
    Column("ground", "事由", 0),
    Column("clock", "期限", 150, value=_clock_words),
    Column("state", "状态", 92, "tag", value=lambda row: row.state, tag=_complaint_tag),
)
_PROVINCE = (
    Column("number", "案号", 172, "strong", value=lambda row: row.number or row.entered_number),
    Column("applicant", "受援人", 84),
    Column("differences", "出入", 0, value=lambda row: "；".join(row.differences)),
    Column(
        "state",
        "对账",
        104,
        "tag",
        value=lambda row: row.state.value,
        tag=lambda row: (PROVINCE_TONES[row.state], row.state.value),
    ),
)
