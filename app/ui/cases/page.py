"""The page of legal-aid cases: what is due first, one case with its next step, an application in one form (Y07 Y13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from app.case_values import CaseEventKind, CaseState
from app.kernel.permissions import Permission
from app.services.cases.case_card import CaseCard, NextStep, OpenCase
from app.services.cases.case_file import CaseFile, FileView
from app.services.cases.case_list import CaseList, CasePage, CaseRow
from app.services.cases.case_words import CaseWordLists, CaseWords
from app.services.cases.choose_handler import AssignmentCandidates, PossibleHandler
from app.services.cases.judge_application import AidJudgement
from app.services.cases.timeline import TimelineStep
from app.services.quality.provincial_order import ProvincialFields, RekeyField
from app.ui.cases.columns import COLUMNS
from app.ui.cases.detail import CaseDetail, CaseSteps
from app.ui.cases.forms import ApplicationForm, StepForm
from app.ui.cases.paper_steps import PaperSteps
from app.ui.cases.rekey import RekeyStrip
from app.ui.delivery_tag import delivery_column
from app.ui.desk import Desk
from app.ui.page import Action, Page
from app.ui.side_page import SidePage
from app.ui.theme import px
from app.ui.widgets.card import Card, columns
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, slim
from app.ui.widgets.table import Table

TYPING_MS = 200
ASSIGNING = (CaseEventKind.assigned, CaseEventKind.reassigned)
FILING = (CaseEventKind.handed_in, CaseEventKind.archived)
SIDE_WIDTH = 456
LISTS = (
    ("waiting", "要办的"),
    ("due", "有期限的"),
    ("open", "未结的"),
    ("all", "全部"),
    ("lost", "待处理的"),
)


class CasesPage(SidePage):
    """Search and list on the left, the case or a form on the right."""

    help_key = "cases"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "援助案件")
        self._wanted = ""
        self._consultation = ""
        self.strip: RekeyStrip | None = None
        self.lists = CaseWordLists(groups=(), channels=(), matters=())

    def build(self) -> Iterator[None]:
        self.words = LineField("", hint="申请人、案号，或完整的证件号、电话")
        self.words.setMinimumWidth(px(280))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._search)
        self.words.changed.connect(self._typing.start)
        self.words.entered.connect(self._search)
        self.which = slim(ChoiceField("", LISTS))
        self.which.set_value("open")
        self.state = slim(ChoiceField("", [("", "各种状态"), *((one.value, one.value) for one in CaseState)]))
        self.state.set_value("")
        for field in (self.which, self.state):
            field.changed.connect(self._search)
        self.head.filters(self.words, self.which, self.state)
        yield
        self.table = Table(
            [*COLUMNS, *([] if self.desk.is_bureau else [delivery_column(yields=1)])],
            name="援助案件",
            empty="这里还没有案件。群众申请法律援助，或办案机关通知辩护，从这里登记。",
            first="登记第一件申请",
            run=self.new_item,
        )
        self.table.selected.connect(self._select)
        yield
        if self.desk.may(Permission.HANDLE_CASE):
            self.head.action("登记通知辩护", self._new_notice)
        if self.desk.may(Permission.RECORD_CASE):
            self.head.primary("登记申请", self.new_item, keys="Ctrl N")
        may_rekey = self.desk.may(Permission.HANDLE_CASE) and self.desk.may(Permission.REVEAL)
        self.papers = PaperSteps(self)
        steps = CaseSteps(
            self._take,
            self._void,
            self.papers,
            self._show_more,
            self._rekey if may_rekey else None,
        )
        self.detail = CaseDetail(self, steps)
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (self.hold(self.detail), SIDE_WIDTH)), 1
        )

    # hooks

    def refresh(self) -> None:
        self.ask(CaseWords(), self._take_words)
        self._search()

    def open_with(self, **wanted: Any) -> None:
        self._wanted = str(wanted.get("case") or "")
        self._consultation = str(wanted.get("consultation") or "")
        if wanted.get("which"):
            self.which.set_value(str(wanted["which"]))
            self._search()
        if self._wanted:
            self.which.set_value("all")
            self.words.set_value("")
            self._search()
        if self._consultation:
            self._new_application(self._consultation)

    def focus_first(self) -> None:
        (self.side.form.form if self.side.form else self.table).setFocus()

    def new_item(self) -> None:
        if self.desk.may(Permission.RECORD_CASE):
            self._new_application("")

    def search(self) -> None:
        self.words.setFocus()

    def steps(self) -> Sequence[Action]:
        case = self.detail.case
        if case is None:
            return ()
        kept = (Action(f"登记“{step.kind}”", partial(self._take, case, step)) for step in case.next)
        return (*kept, *self.papers.changing(case), *self.papers.taking_out(case))

    # what was asked for

    def _search(self) -> None:
        self._typing.stop()
        which = self.which.value() or "open"
        query = CaseList(
            words=self.words.value(),
            state=self.state.value() or "",
            is_due_only=which == "due",
            is_open_only=which == "open",
            is_lost_only=which == "lost",
            is_waiting_only=which == "waiting",
            sort="received" if which == "all" else "due",
        )
        self.ask(query, lambda page: self._fill(page, query))

    def _fill(self, page: CasePage, query: CaseList) -> None:
        self.table.set_rows(page.rows)
        late = sum((row.days_left or 0) < 0 for row in page.rows if row.days_left is not None)
        parts = [f"{page.total} 件", f"超期 {late} 件" if late else ""]
        self.head.set_lead("，".join(filter(None, parts)), "fault" if late else "")
        if self._wanted:
            self.table.select(next((one for one in page.rows if one.id == self._wanted), None))
            self._wanted = ""

    def _take_words(self, found: CaseWordLists) -> None:
        self.lists = found

    def _select(self, row: CaseRow | None) -> None:
        if row is None:
            self.detail.show_nothing()
        else:
            self.ask(CaseCard(row.id), self.detail.show_case)

    # forms

    def _new_application(self, consultation: str) -> None:
        self.ask(CaseWords(), lambda found: self._show_application(found, consultation), slot="application")

    def _show_application(self, found: CaseWordLists, consultation: str) -> None:
        form = ApplicationForm(self.desk, found, consultation=consultation)
        self._register(form)

    def _new_notice(self) -> None:
        self._register(ApplicationForm(self.desk, self.lists, is_notice=True))

    def _register(self, form: ApplicationForm) -> None:
        def saved(made: Any) -> None:
            self.side.close_form()
            self._wanted = made.id
            self.done(f"已登记，受理编号 {made.number}")
            if made.warnings:
                self.head.show_banner("；".join(made.warnings), "due")
            self._search()

        self.side.show_form(form, lambda: self.do(form.command(), saved, form=form.form))
        judging = QTimer(form, singleShot=True, interval=TYPING_MS)
        judging.timeout.connect(lambda: self._judge(form))
        form.form.changed.connect(judging.start)
        self._judge(form)

    def _judge(self, form: ApplicationForm) -> None:
        """Ask whether the applicant may have aid by what is typed so far."""

        def show(found: AidJudgement) -> None:
            if self.side.form is form:
                form.show_judgement(found)

        question = form.question()
        if question is not None:
            self.ask(question, show, slot="judgement")

    def _take(self, case: OpenCase, step: NextStep) -> None:
        if step.kind in ASSIGNING and self.desk.may(Permission.HANDLE_CASE):
            self.ask(
                AssignmentCandidates(case.row.id),
                lambda found: self._take_from(case, step, found),
                slot="pool",
            )
        elif step.kind in FILING:
            self.ask(CaseFile(case.row.id), lambda found: self._take_file(case, step, found), slot="lacking")
        else:
            self._take_from(case, step, ())

    def _take_file(self, case: OpenCase, step: NextStep, file: FileView) -> None:
        """What the file lacks stands on the form before it is handed in or archived (Y13)."""
        self._step(StepForm(self.desk, case, step, lacking=file.missing), f"已登记“{step.kind}”")

    def _take_from(self, case: OpenCase, step: NextStep, candidates: Sequence[PossibleHandler]) -> None:
        self._step(StepForm(self.desk, case, step, candidates=candidates), f"已登记“{step.kind}”")

    def _void(self, case: OpenCase, step: TimelineStep) -> None:
        voiding = next(one for one in case.next if one.kind == "作废")
        self._step(StepForm(self.desk, case, voiding, voids=step.id), f"已作废“{step.kind}”")

    def _step(self, form: StepForm, words: str) -> None:
        def saved(made: Any) -> None:
            self.side.close_form()
            self.done(words)
            if made.warnings:
                self.head.show_banner("；".join(made.warnings), "due")

        self.side.show_form(form, lambda: self.do(form.command(), saved, form=form.form))

    def _show_more(self, case: OpenCase) -> None:
        self.desk.open_palette()

    def _rekey(self, case: OpenCase) -> None:
        def show(fields: Sequence[RekeyField]) -> None:
            if self.strip is not None and isValid(self.strip):
                self.strip.close()
            self.strip = RekeyStrip(case.row.number, fields, self.window())
            self.strip.show()

        self.ask(ProvincialFields(case.row.id), show, slot="rekey")


PAGE = Page("cases", "援助案件", "cases", CasesPage, group=1, order=3, permission=Permission.LOOK)
