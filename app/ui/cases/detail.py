"""The pane that shows one case: what must be done next and by when, then people, matter, means, papers, progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QApplication, QLayout, QWidget

from app.case_values import ground_words
from app.kernel.permissions import Permission
from app.services.cases.case_card import NextStep, OpenCase
from app.services.cases.timeline import TimelineStep
from app.services.security.reveal import REASONS, Reveal
from app.ui.cases.columns import TONES, due_tag
from app.ui.cases.paper_steps import PaperSteps
from app.ui.cases.papers_tab import PapersTab
from app.ui.delivery_tag import delivery_tag
from app.ui.erasing import STEP, erase_buttons
from app.ui.page import PageView
from app.ui.widgets.button import PLAIN, PRIMARY, Button, link
from app.ui.widgets.card import column, row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.reveal import RevealLine, Shown
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label
from app.values import yuan_text

MOST_STEPS = 3
"""Steps that stand at the foot; the others are in the list of all steps."""
SECTIONS = (("people", "人"), ("matter", "事项"), ("means", "经济"), ("papers", "材料"), ("progress", "进展"))


@dataclass(frozen=True)
class CaseSteps:
    """What the page does when a step of the pane is pressed."""

    take: Callable[[OpenCase, NextStep], object]
    void: Callable[[OpenCase, TimelineStep], object]
    papers: PaperSteps
    more: Callable[[OpenCase], object]
    rekey: Callable[[OpenCase], object] | None = None
    """Show the strip for the provincial system; None for who may not."""


class CaseDetail(DetailPane):
    """Shows a case; what this account may not do is left out."""

    def __init__(self, page: PageView, steps: CaseSteps) -> None:
        super().__init__("选中一件案件，这里显示它的经过、期限和下一步")
        self._page, self._steps = page, steps
        self.tab = "progress"
        self.case: OpenCase | None = None
        self.papers: PapersTab | None = None
        self.confirm = ConfirmLine()
        self._last: list[Button] = []

    def show_case(self, case: OpenCase) -> None:
        """Show a case on the tab that was open."""
        if self.content == (case, self.tab):
            if self.papers is not None:
                self.papers.ask_anew()
            return
        is_same = self.case is not None and self.case.row.id == case.row.id
        file = self.papers.file if self.papers is not None and is_same else None
        step = self.papers.focused_step() if self.papers is not None and is_same else ""
        shown, self.case, self.papers = case.row, case, None
        self.confirm = ConfirmLine()
        self.begin(shown.number or f"申请 {shown.application}")
        self.add(self.confirm)
        due = due_tag(shown)
        tags = [Tag(shown.state, TONES[shown.state])]
        if due:
            tags.append(Tag(f"{shown.due_clock} {due[1]}".strip(), due[0]))
        if case.is_sealed:
            tags.append(Tag("未成年人案卷", "due"))
        if sent := delivery_tag(shown):
            tags.append(Tag(sent[1], sent[0]))
        self.add(row(*tags, None, spacing=8))
        if case.judged.strip:
            self.add(label(case.judged.strip, state="done", wraps=True))
        self._add_tabs(case)
        parts = {
            "people": self._add_people,
            "matter": self._add_matter,
            "means": self._add_means,
            "progress": self._add_progress,
        }
        if self.tab == "papers":
            self.papers = PapersTab(self._page, case, self._steps.papers, file)
            self.add(self.papers)
            self.papers.focus_step(step)
            self.papers.filled.connect(self._chain)
        else:
            parts[self.tab](case)
        self.content = (case, self.tab)
        self._finish(case)
        self._chain()

    def _add_tabs(self, case: OpenCase) -> None:
        self.tabs = tabs = Tabs()
        for key, title in SECTIONS:
            count = {"papers": case.filed}.get(key)
            tabs.add(key, f"{title} {count}" if count else title, lambda: label(""))
        tabs.show_tab(self.tab)
        tabs.shown.connect(self.turn)
        tabs.stack.hide()
        self.add(tabs)

    def turn(self, key: str) -> None:
        """Show another tab of the case."""
        if key != self.tab and self.case is not None:
            focused = QApplication.focusWidget()
            has_focus = focused is not None and self.tabs.isAncestorOf(focused)
            self.tab = key
            self.show_case(self.case)
            if has_focus:
                self.tabs.focus_tab()

    def _finish(self, case: OpenCase) -> None:
        first = case.next[:MOST_STEPS]
        buttons = [
            Button(step.kind, partial(self._steps.take, case, step), kind=PRIMARY if at == 0 else PLAIN)
            for at, step in enumerate(first)
        ]
        if len(case.next) > MOST_STEPS:
            buttons.append(Button("其他步骤…", lambda: self._steps.more(case)))
        self.end(*buttons)
        self._last = buttons

    def _chain(self) -> None:
        """Let the focus go from the tabs to the papers and then to the foot, whichever was made first."""
        if self.papers is not None:
            stops = [*self.tabs.findChildren(Button)[-1:], *self.papers.stops(), *self._last]
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    # the tabs

    def _add_people(self, case: OpenCase) -> None:
        self.facts(
            ("申请人", case.applicant),
            *((("代表人", case.representative),) if case.representative else ()),
            ("人群", "、".join(case.row.groups)),
            *(
                (("性别年龄", f"{case.sex}　{case.age} 岁" if case.age is not None else case.sex),)
                if case.sex
                else ()
            ),
            ("住址", case.address),
            *((("对方", case.opponent),) if case.opponent else ()),
            *((("同案受援人", "、".join(case.recipients)),) if case.recipients else ()),
            ("受理点", case.row.site_name),
        )
        for name, title in case.revealable:
            masked = {"id_number": case.id_number, "phone": case.phone}[name]
            self.add(self._private(case, name, title, masked))
        erasing = erase_buttons(self._page, self.confirm, "case", case.row.id, words=f"{STEP}…")
        if erasing:
            self.add(row(*erasing, None))

    def _private(self, case: OpenCase, name: str, title: str, masked: str) -> RevealLine:
        def ask(why: str, show: Shown) -> None:
            self._page.do(Reveal("legal_case", case.row.id, name, why), show)

        return RevealLine(title, masked, REASONS, ask)

    def _add_matter(self, case: OpenCase) -> None:
        shown = case.row
        self.facts(
            ("案件类型", shown.kind),
            ("诉讼阶段", "　".join(filter(None, (shown.form, shown.stage, case.procedure)))),
            ("案由", shown.matter),
            ("法律依据", ground_words(case.ground)),
            ("承办", "　".join(filter(None, (shown.handler, shown.firm)))),
            ("资金来源", case.fund),
            (
                "省系统",
                "　".join(filter(None, (case.entered_number, str(case.entered_on or "")))) or "未录入",
            ),
            *((("质量等级", case.grade),) if case.grade else ()),
            *((("结果", case.result),) if case.result else ()),
        )
        self.note(case.summary or "没有写案情概况")
        rekey = self._steps.rekey
        if rekey is not None and shown.number:
            self.add(row(Button("录入省系统…", lambda: rekey(case), icon="copy"), None))
        counted = "计入惠民工程的条件没有缺项" if not case.unmet else "还不计入惠民工程，缺："
        self.add(label(counted, "strong"))
        for one in case.unmet:
            self.add(label(f"{one.text}（{one.clause}）", "small2", wraps=True))

    def _add_means(self, case: OpenCase) -> None:
        self.facts(
            ("经济审查", case.means or "还没有审查"),
            ("免核查", case.exemption),
            ("证明", case.exemption_proof),
            ("告知承诺", "是，事后核查" if case.is_undertaking else "否"),
            ("绿色通道", "优先受理、审查、指派" if case.is_green else ""),
            ("审查人", case.reviewer),
            ("负责人", case.head),
        )
        for name, relation, age, fen in case.household:
            words = "　".join(filter(None, (name, relation, f"{age} 岁" if age else "")))
            self.add(label(f"{words}　年收入 {yuan_text(fen)} 元", wraps=True))

        self.add(label(f"程序的判断：{case.judged.verdict}", "strong"))
        for one in case.judged.criteria:
            clause = f"（{one.clause}）" if one.clause else ""
            self.add(label(f"{one.title}：{one.answer}　{one.text}{clause}", "small2", wraps=True))

    def _add_progress(self, case: OpenCase) -> None:
        for clock in case.clocks:
            if clock.met_on is None:
                self.add(
                    label(
                        clock.explanation, state="fault" if (clock.days_left or 0) < 0 else "due", wraps=True
                    )
                )
        for step in reversed(case.steps):
            self._add_step(case, step)
        desk = self._page.desk
        is_of_station = desk.is_bureau and case.row.site != desk.own_duty_site
        if is_of_station and desk.may(Permission.REVIEW_MONTH):
            self.add(row(Button("退回更正…", partial(self._send_back, case)), None))

    def _send_back(self, case: OpenCase) -> None:
        what = f"案件 {case.row.number or case.row.application}"
        self._page.desk.go("returned", send_back=("case", case.row.id, what))

    def _add_step(self, case: OpenCase, step: TimelineStep) -> None:
        head: list[QWidget | None] = [label(f"{step.on}", "label"), label(step.kind, "strong"), None]
        voiding = next((one for one in case.next if one.kind == "作废"), None)
        if voiding and not step.is_without_effect and step is not case.steps[0]:
            head.append(link("作废", lambda: self._steps.void(case, step)))
        parts: list[QWidget | QLayout] = [row(*head, spacing=8)]
        words = "；".join(f"{title}：{text}" for title, text in step.facts)
        if words:
            parts.append(label(words, "small2", wraps=True))
        if step.note:
            parts.append(label(step.note, state="fault", wraps=True))
        self.add(column(*parts, spacing=2))
