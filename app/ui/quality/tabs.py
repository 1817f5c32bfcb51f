"""The tabs of the quality page: notes, complaints, draws and reviews, the province, registers, figures and marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from app.case_values import FocusEnd, FocusKind, Grade, HandlerMark, NoteKind, ReviewKind, StandardKind
from app.kernel.permissions import Permission
from app.services.cases.handler_marks import EndHandlerMark, HandlerMarks, MarkedHandler, SetHandlerMark
from app.services.cases.means_figures import MeansFigures, SetMeansFigure
from app.services.people.pool import Pool
from app.services.quality.case_notes import (
    CaseComplaints,
    CaseNotes,
    ComplaintLine,
    NoteForms,
    NoteLine,
)
from app.services.quality.draw_files import AnnounceDraw, DrawAnnounced, FileDraw, FileDrawView, RevealDraw
from app.services.quality.focus_people import AddFocusPerson, FocusLine, FocusPeople, RemoveFocusPerson
from app.services.quality.province import EntryState, ProvinceCheck, ProvinceLine
from app.services.quality.review_file import (
    ConfirmReview,
    ReviewedFile,
    ReviewersFor,
    ReviewSheets,
    ScoreFile,
)
from app.ui.page import PageView
from app.ui.quality.forms import (
    KindForm,
    NoteForm,
    ScoreForm,
    SeedForm,
    focus_form,
    mark_form,
    means_form,
    removal_form,
)
from app.ui.settings.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.table_model import Column
from app.values import yuan_text


class NotesTab(Tab):
    """What was noted about cases, the newest first."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _NOTES, "案件记事", "还没有记事。回访、旁听、督办、费用减免都记在这里。")

    def load(self) -> None:
        self.page.ask(CaseNotes(), self.table.set_rows, slot="notes")

    def show_detail(self, row: NoteLine) -> None:
        self.detail.begin(f"{row.kind}　{row.number}").facts(
            ("日期", f"{row.on}"), ("何人", row.who), *row.facts
        )
        self.detail.note(row.text or "没有写内容").note(f"依据：{row.clause}")
        self.detail.end(Button("打开案件", partial(self.page.desk.go, "cases", case=row.case)))

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


@dataclass(frozen=True)
class DrawnFile:
    """A file of the quarter as the draw's table shows it."""

    number: str
    is_drawn: bool
    is_unreviewed: bool


class DrawTab(Tab):
    """This quarter's and the last quarter's draw: the hash, the seed, the files."""

    def __init__(self, page: PageView, quarter: str) -> None:
        super().__init__(page, _DRAWN, "案卷抽查", "这个季度还没有归档的案件。")
        self.quarter = quarter

    def load(self) -> None:
        self.page.ask(FileDraw(self.quarter), self._fill, slot="draw")

    def new_item(self) -> None:
        self._score("")

    def show_detail(self, row: DrawnFile) -> None:
        self.detail.begin(row.number)
        self.detail.facts(("抽查", "抽中" if row.is_drawn else "没有抽中"))
        may = self.page.desk.may(Permission.HANDLE_CASE)
        self.detail.end(*((Button("评查…", partial(self._score, row.number), kind=PRIMARY),) if may else ()))

    def announce(self) -> None:
        """Announce the hash of this quarter's draw."""

        def told(made: DrawAnnounced) -> None:
            self.page.head.show_banner(
                f"{made.quarter} 的种子是 {made.seed}，只显示这一次，请密封保存，季度结束以后公布。", "due"
            )
            self.load()

        self.page.do(AnnounceDraw(self.quarter), told)

    def reveal(self) -> None:
        """Tell the seed once the quarter is over."""
        self.open_form(
            SeedForm(self.quarter),
            lambda said: RevealDraw(self.quarter, said["seed"]),
            "已公布种子，抽查结果已定",
        )

    def _fill(self, found: FileDrawView) -> None:
        drawn, waiting = set(found.drawn), set(found.unreviewed)
        rows = [DrawnFile(one, one in drawn, one in waiting) for one in found.archived]
        self.table.set_rows(sorted(rows, key=lambda row: (not row.is_drawn, row.number)))
        state = (
            f"种子 {found.seed}，抽中 {len(found.drawn)} 件" if found.seed else f"指纹 {found.digest[:16]}…"
        )
        self.page.head.set_lead(
            f"{found.quarter}　归档 {len(found.archived)} 件　{state if found.digest else '还没有公布指纹'}"
        )

    def _score(self, number: str) -> None:
        if number:
            self.page.ask(
                ReviewersFor(number), lambda found: self._show_sheet(number, found), slot="reviewers"
            )

    def _show_sheet(self, number: str, reviewers: Any) -> None:
        form = ScoreForm(self.page.desk, number, reviewers)
        self.open_form(
            form,
            lambda said: ScoreFile(
                case=number,
                kind=ReviewKind(said["kind"]),
                reviewer_id=said["reviewer_id"],
                scores=form.scores(),
                grade=Grade(said["grade"]),
                comment=said["comment"] or "",
                on=said["on"],
            ),
            "已登记评查表，请负责人确认",
        )


class ReviewsTab(Tab):
    """Review sheets; the head confirms the grade that pays."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _REVIEWS, "评查表", "还没有评查表。在“抽查评查”里选一件案件评查。")

    def load(self) -> None:
        self.page.ask(ReviewSheets(), self.table.set_rows, slot="sheets")

    def show_detail(self, row: ReviewedFile) -> None:
        self.detail.begin(f"{row.kind}　{row.number}").facts(
            ("评查人", row.reviewer),
            *((item, f"{points} 分") for item, points in row.scores),
            ("合计", f"{row.score} 分"),
            ("等级", row.grade.value),
        )
        self.detail.note(row.comment or "没有评语")
        may = self.page.desk.may(Permission.DECIDE_CASE) and not row.is_confirmed
        self.detail.end(*((Button("确认等级", partial(self._confirm, row), kind=PRIMARY),) if may else ()))

    def _confirm(self, row: ReviewedFile) -> None:
        self.page.do(ConfirmReview(row.id), lambda _id: self._saved("已确认，补贴按这个等级"))


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


class FocusTab(Tab):
    """The registers of people."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _FOCUS, "重点人员", "名册上还没有人。")

    def load(self) -> None:
        self.page.ask(FocusPeople(with_removed=True), self.table.set_rows, slot="focus")

    def show_detail(self, row: FocusLine) -> None:
        self.detail.begin(f"{row.kind}　{row.name}").facts(
            ("类别", row.category), ("卡号", row.card), ("证件", row.id_number), ("电话", row.phone),
            ("住址", row.address), ("列入", f"{row.since}"), ("移出", row.ended), ("站点", row.site_name),
        )  # fmt: skip
        self.detail.note(row.reason)
        may = row.is_mine and row.until is None and self.page.desk.may(Permission.RECORD_CASE)
        self.detail.end(*((Button("移出…", partial(self._remove, row)),) if may else ()))

    def new_item(self) -> None:
        self.open_form(
            focus_form(self.page.desk, ""),
            lambda said: AddFocusPerson(
                **{name: value or "" for name, value in said.items() if name not in ("kind", "since")},
                kind=FocusKind(said["kind"]),
                since=said["since"],
            ),
            "已列入名册",
        )

    def _remove(self, row: FocusLine) -> None:
        self.open_form(
            removal_form(self.page.desk, row.name),
            lambda said: RemoveFocusPerson(
                row.id, said["until"], FocusEnd(said["ended_by"]), said["reason"] or ""
            ),
            "已移出",
        )


class MeansTab(Tab):
    """The county's dated figures."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _MEANS, "经济困难标准", "还没有登记标准；没有登记的，由审查人员判断并写明。")

    def load(self) -> None:
        self.page.ask(MeansFigures(), self.table.set_rows, slot="means")

    def new_item(self) -> None:
        self.open_form(
            means_form(self.page.desk),
            lambda said: SetMeansFigure(
                StandardKind(said["kind"]), said["valid_from"], said["fen"], said["source"]
            ),
            "已登记标准",
        )

    def show_detail(self, row: Any) -> None:
        self.detail.begin(row.kind.value).facts(
            ("生效日", f"{row.valid_from}"), ("每人每月", f"{yuan_text(row.fen)} 元"), ("依据", row.source)
        ).end()


class MarksTab(Tab):
    """Named lawyers and pairs."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _MARKS, "名优律师和老带新", "名册里还没有人。")

    def load(self) -> None:
        self.page.ask(HandlerMarks(), self.table.set_rows, slot="marks")

    def new_item(self) -> None:
        self.page.ask(Pool(), self._show_form, slot="people")

    def show_detail(self, row: MarkedHandler) -> None:
        self.detail.begin(f"{row.kind}　{row.name}").facts(
            ("带教", row.mentor), ("自", f"{row.since}"), ("今年", f"{row.cases} 件")
        )
        may = self.page.desk.may(Permission.HANDLE_CASE)
        self.detail.end(*((Button("移出名册", partial(self._end, row)),) if may else ()))

    def _show_form(self, people: Any) -> None:
        choices = [(one.id, f"{one.name}　{one.organisation}") for one in people if not one.is_proposal]
        self.open_form(
            mark_form(self.page.desk, choices),
            lambda said: SetHandlerMark(
                HandlerMark(said["kind"]), said["person_id"], said["since"], said["mentor_id"] or ""
            ),
            "已列入名册",
        )

    def _end(self, row: MarkedHandler) -> None:
        self.page.do(EndHandlerMark(row.id, self.page.desk.today()), lambda _id: self._saved("已移出名册"))


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


def _review_tag(row: ReviewedFile) -> tuple[State, str]:
    return (State.DONE, "已确认") if row.is_confirmed else (State.DUE, "待确认")


def _drawn_tag(row: DrawnFile) -> tuple[State, str] | None:
    return (State.INFO, "抽中") if row.is_drawn else None


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
_DRAWN = (
    Column("number", "案号", 0, "strong"),
    Column("drawn", "抽查", 92, "tag", value=lambda row: "抽中" if row.is_drawn else "", tag=_drawn_tag),
    Column("reviewed", "一案一评", 104, value=lambda row: "还没有" if row.is_unreviewed else "已评"),
)
_REVIEWS = (
    Column("on", "日期", 92, value=lambda row: f"{row.on}"),
    Column("number", "案号", 160, "strong"),
    Column("kind", "方式", 92, value=lambda row: row.kind.value),
    Column("reviewer", "评查人", 0),
    Column("score", "得分", 60, value=lambda row: f"{row.score}"),
    Column("grade", "等级", 72, value=lambda row: row.grade.value),
    Column("state", "状态", 92, "tag", value=lambda row: _review_tag(row)[1], tag=_review_tag),
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
_FOCUS = (
    Column("kind", "名册", 104, value=lambda row: row.kind.value),
    Column("name", "姓名", 92, "strong"),
    Column("category", "类别", 0, value=lambda row: "　".join(filter(None, (row.category, row.card)))),
    Column("since", "列入", 92, value=lambda row: f"{row.since}"),
    Column("ended", "移出", 140),
)
_MEANS = (
    Column("valid_from", "生效日", 104, value=lambda row: f"{row.valid_from}"),
    Column("kind", "标准", 0, "strong", value=lambda row: row.kind.value),
    Column("fen", "每人每月", 104, "number", value=lambda row: yuan_text(row.fen)),
    Column("source", "依据文件", 200),
)
_MARKS = (
    Column("kind", "类别", 104, value=lambda row: row.kind.value),
    Column("name", "姓名", 0, "strong", sub=lambda row: f"由{row.mentor}带" if row.mentor else ""),
    Column("since", "自何日起", 104, value=lambda row: f"{row.since}"),
    Column("cases", "今年件数", 104, value=lambda row: f"{row.cases}{'，不足 5 件' if row.is_short else ''}"),
)
