"""The forms of cases: an application, one step of a case, a paper; a step's fields come from what it must carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from app.case_values import CaseEventKind, ground_words
from app.services.cases.attach_paper import AttachPaper
from app.services.cases.case_card import FactField, NextStep, OpenCase
from app.services.cases.case_words import CaseWordLists
from app.services.cases.choose_handler import PossibleHandler
from app.services.cases.judge_application import AidJudgement, JudgeApplication
from app.services.cases.register_case import RegisterCase
from app.services.cases.write_event import EventEntry
from app.ui.cases.household_field import HouseholdField
from app.ui.desk import Desk
from app.ui.widgets.choice import Choice, ChoiceField, MultiChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.fields import DateField, LineField, MoneyField, NumberField, TextField, TickField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.text import label

LONG = frozenset({"text", "why", "how_to_object", "cut_reason"})
"""Facts that are sentences and get more than a line."""
HOW_TO_OBJECT = "对不予援助决定有异议的，可以自收到决定之日起十五日内向司法局提出。"
OTHER_PAPER = "其他"
FROM_POOL = ("person", "is_public_servant")
"""What the program fills of a handler; nobody types it."""
OUTSIDE_POOL = ("handler", "firm", "handler_kind")


class ApplicationForm(SideForm):
    """An application, or an organ's notice to defend; of a consultation it asks only what that did not say."""

    def __init__(self, desk: Desk, words: CaseWordLists, *, consultation: str = "", is_notice: bool = False):
        super().__init__(
            "登记通知辩护" if is_notice else "登记援助申请",
            note="由咨询转来：申请人、联系方式、人群和案情留空即用咨询记录里的。" if consultation else "",
            columns=2,
            keys="Ctrl Return",
            is_note_first=True,
        )
        self._consultation, self._is_notice = consultation, is_notice
        self.strip = label("", "strong", state="done", wraps=True)
        self.strip.hide()
        self.reasons = label("", "small2", wraps=True)
        self.reasons.hide()
        self.form.put(self.strip, span=2)
        add = self.form.add
        if is_notice:
            add("organ", LineField("通知机关", is_required=True))
            add("letter", LineField("通知文号", is_required=True))
        add("applicant", LineField("被告人" if is_notice else "申请人", is_required=not consultation))
        add("received_on", DateField("收到日期", today=desk.today, is_required=True)).set_value(desk.today())
        add("id_number", LineField("证件号"))
        add("phone", LineField("联系电话"))
        add("groups", MultiChoiceField("人群类别", words.groups), span=2)
        if not is_notice:
            add("kind", ChoiceField("案件类型", words.kinds, is_required=True))
            add("form", ChoiceField("诉讼或非诉讼", words.forms))
        add("stage", ChoiceField("诉讼阶段", words.stages))
        add("procedure", ChoiceField("程序", words.procedures))
        add("matter", LineField("案由", is_required=not consultation, hint="如 劳动报酬"))
        add("ground", ChoiceField("法律依据", words.grounds))
        add("channel", ChoiceField("申请方式", words.channels))
        add("opponent", LineField("对方当事人"))
        add("address", LineField("住址"), span=2)
        add("summary", TextField("案情概况", rows=3), span=2)
        self.household = add("household", HouseholdField(), span=2)
        add("exemption", LineField("免核查情形", hint="如 农民工讨薪"))
        add("exemption_proof", LineField("免核查证明"))
        add("is_undertaking", TickField("告知承诺，事后核查"))
        add("is_green", TickField("绿色通道，优先办理"))
        add("is_organisation", TickField("单位申请"))
        add("representative", LineField("代表人或代理人"), span=2)
        self.form.put(self.reasons, span=2)

    def question(self) -> JudgeApplication | None:
        """What the form says so far of who may have aid; None for a notice, which is given without a test."""
        if self._is_notice:
            return None
        said = self.form.values()
        return JudgeApplication(
            received_on=said["received_on"],
            groups=tuple(said["groups"] or ()),
            is_undertaking=bool(said["is_undertaking"]),
            is_organisation=bool(said["is_organisation"]),
            household=said["household"] or (),
            matter=said["matter"] or "",
            ground=said["ground"] or "",
            exemption=said["exemption"] or "",
            exemption_proof=said["exemption_proof"] or "",
            id_number=said["id_number"] or "",
            stage=said["stage"] or "",
        )

    def show_judgement(self, found: AidJudgement) -> None:
        """免核查 above the form as soon as it is known, the household put away then; the answers below it."""
        self.strip.setText(found.strip)
        self.strip.setVisible(bool(found.strip))
        self.household.setVisible(found.needs_means or not self.household.is_empty())
        lines = (f"{one.title}：{one.answer}　{one.text}{_cited(one.clause)}" for one in found.criteria)
        self.reasons.setText("\n".join((f"程序的判断：{found.verdict}", *lines)))
        self.reasons.show()

    def command(self) -> RegisterCase:
        """What the form says."""
        values: dict[str, Any] = {
            name: value for name, value in self.form.values().items() if value not in (None, "")
        }
        values["groups"] = tuple(values.get("groups") or ())
        values["household"] = values.get("household") or ()
        kind = {"kind": "刑事", "began_as": CaseEventKind.notified_defence} if self._is_notice else {}
        return RegisterCase(consultation_id=self._consultation, **(values | kind))


class StepForm(SideForm):
    """One step of a case, with a field for each thing it carries. lacking: papers that its file does not hold yet."""

    def __init__(
        self,
        desk: Desk,
        case: OpenCase,
        step: NextStep,
        *,
        voids: str = "",
        candidates: Sequence[PossibleHandler] = (),
        lacking: Sequence[str] = (),
    ) -> None:
        note = f"依据：{step.clause}" if step.clause else ""
        super().__init__(f"登记“{step.kind}”", note=note, columns=2, keys="Ctrl Return")
        self._case, self._step, self._voids = case, step, voids
        self.form.add("on", DateField("日期", today=desk.today, is_required=True)).set_value(desk.today())
        if lacking:
            words = f"卷内还缺：{'、'.join(lacking)}。"
            self.form.put(label(words, state="due", wraps=True), span=2)
        if candidates:
            self._offer(candidates)
        for fact in step.fields:
            if fact.name == "person" or (candidates and fact.name in FROM_POOL):
                continue
            if candidates and fact.name in OUTSIDE_POOL:
                fact = replace(fact, title=f"{fact.title}（不在名单里才填）", is_required=False)
            field = self.form.add(fact.name, fact_field(desk, fact), span=fact_span(fact))
            field.set_value(_usual(desk, case, fact.name))
        if step.needs_reason or voids:
            self.form.add("reason", TextField("原因", is_required=True, rows=2), span=2)
        elif lacking and step.kind is CaseEventKind.archived:
            self.form.add("reason", TextField("容缺归档的理由", is_required=True, rows=2), span=2)

    def _offer(self, candidates: Sequence[PossibleHandler]) -> None:
        """Who of the pool may be chosen, and what is to be looked at before the chosen one is assigned."""
        free = [one for one in candidates if not one.conflict]
        said = label("", "small2", state="due", wraps=True)
        field = self.form.add(
            "person", ChoiceField("承办人", [(one.person_id, _candidate_words(one)) for one in free]), span=2
        )
        warnings = {one.person_id: "；".join(one.warnings) for one in free}
        field.changed.connect(lambda: said.setText(warnings.get(field.value() or "", "")))
        self.form.put(said, span=2)
        aside = "；".join(f"{one.name}：{one.conflict}" for one in candidates if one.conflict)
        if aside:
            self.form.put(label(f"应当回避　{aside}", "small2", wraps=True), span=2)

    def command(self) -> EventEntry:
        """The event by the command that this account writes it with."""
        values = dict(self.form.values())
        if values.get("person"):
            values |= dict.fromkeys(OUTSIDE_POOL, None)
        on, reason = values.pop("on"), values.pop("reason", "") or ""
        facts = {one.name: stored_fact(one, values.get(one.name)) for one in self._step.fields}
        return self._step.command(
            case=self._case.row.id,
            kind=self._step.kind,
            on=on,
            facts={name: value for name, value in facts.items() if value not in (None, "", ())},
            reason=reason,
            voids=self._voids,
        )


class ScanForm(SideForm):
    """A scan for the case's file. names: what it may be, those that the file lacks first."""

    def __init__(self, case: OpenCase, names: Sequence[str]) -> None:
        super().__init__("添加材料", note="PDF 或图片（JPEG、PNG），加密存在本机。", keys="Ctrl Return")
        self._case = case
        self.form.add("file", FilePick("文件", filters="扫描件 (*.pdf *.jpg *.jpeg *.png)", is_required=True))
        self.form.add("paper", ChoiceField("这是什么", (*names, OTHER_PAPER), is_required=True))
        self.form.add("name", LineField("名称", hint="留空即用材料种类"))

    def command(self) -> AttachPaper:
        """The file's bytes with what it is."""
        values = self.form.values()
        return AttachPaper(
            case=self._case.row.id,
            paper=values["paper"],
            content=values["file"].read_bytes(),
            name=values["name"] or "",
        )


def _candidate_words(one: PossibleHandler) -> str:
    """卫明　河东律师事务所　今年 3 件　执业 10 年　专长合"""
    words = (
        one.name,
        one.firm,
        f"今年 {one.load} 件",
        "" if one.tenure is None else f"执业 {one.tenure} 年",
        "专长合" if one.is_fitting else "",
        f"拒绝或拖延 {one.refused} 次" if one.refused else "",
        *one.marks,
    )
    return "　".join(filter(None, words))


def _cited(clause: str) -> str:
    return f"（{clause}）" if clause else ""


def fact_field(desk: Desk, fact: FactField) -> Field:
    """The field that takes a fact by its shape."""
    return _MAKERS[fact.shape](desk, fact)


def fact_span(fact: FactField) -> int:
    """How many columns it takes."""
    return 2 if fact.name in LONG or fact.shape == "清单" else 1


def _usual(desk: Desk, case: OpenCase, name: str) -> Any:
    """What a field holds before anybody typed."""
    if name == "how_to_object":
        return HOW_TO_OBJECT
    if name in ("reviewer", "head", "examiner"):
        known = {"reviewer": case.reviewer, "head": case.head}.get(name, "")
        return known or desk.place.user_name
    return {"ground": case.ground, "stage": case.row.stage, "form": case.row.form}.get(name)


def _text(_desk: Desk, fact: FactField) -> Field:
    if fact.name in LONG:
        return TextField(fact.title, is_required=fact.is_required, rows=2)
    return LineField(fact.title, is_required=fact.is_required)


def _choices(fact: FactField) -> Sequence[Choice]:
    return [(one, ground_words(one)) for one in fact.words] if fact.name == "ground" else fact.words


def _listing(_desk: Desk, fact: FactField) -> Field:
    return TextField(fact.title, is_required=fact.is_required, rows=2, hint="一行一项")


_MAKERS: Mapping[str, Callable[[Desk, FactField], Field]] = {
    "日期": lambda desk, fact: DateField(fact.title, today=desk.today, is_required=fact.is_required),
    "时刻": lambda desk, fact: DateField(fact.title, today=desk.today, is_required=fact.is_required),
    "文字": _text,
    "选项": lambda _desk, fact: ChoiceField(fact.title, _choices(fact), is_required=fact.is_required),
    "清单": _listing,
    "金额": lambda _desk, fact: MoneyField(fact.title, is_required=fact.is_required),
    "整数": lambda _desk, fact: NumberField(fact.title, is_required=fact.is_required),
    "是否": lambda _desk, fact: TickField(fact.title),
}


def stored_fact(fact: FactField, value: Any) -> Any:
    """A field's value as the fact is written."""
    if value is None or value == "":
        return None
    if fact.shape == "日期":
        return value.isoformat()
    if fact.shape == "时刻":
        return datetime.combine(value, time()).isoformat(sep=" ", timespec="minutes")
    if fact.shape == "清单":
        return tuple(line.strip() for line in str(value).splitlines() if line.strip())
    if fact.shape == "是否":
        return True if value else None
    return value
