"""The forms of quality: a note, a review sheet, a figure of means, a mark, somebody on a register, the seed of a draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.case_values import FocusEnd, FocusKind, Grade, HandlerMark, ReviewKind, StandardKind
from app.kernel.permissions import Permission
from app.services.quality.case_notes import NoteFormOffer
from app.services.quality.note_case import NoteEntry, note_command
from app.services.quality.review_file import USUAL_ITEMS, PossibleReviewer
from app.ui.cases.forms import fact_field, fact_span, stored_fact
from app.ui.desk import Desk
from app.ui.quarter_choice import quarter_words
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, MoneyField, NumberField, TextField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.text import label


class KindForm(SideForm):
    """Which case, and what is to be noted about it."""

    def __init__(self, offers: Sequence[NoteFormOffer]) -> None:
        super().__init__("登记案件记事", "下一步", keys="Ctrl Return")
        kinds = [one.kind.value for one in offers if not one.is_answer]
        self.form.add("case", LineField("案号", is_required=True))
        self.form.add("kind", ChoiceField("事项", kinds, is_required=True))


class NoteForm(SideForm):
    """One note of a kind, with a field for each thing it carries."""

    def __init__(self, desk: Desk, offer: NoteFormOffer, case: str, *, about: str = "") -> None:
        super().__init__(f"登记“{offer.kind}”", note=f"依据：{offer.clause}", columns=2, keys="Ctrl Return")
        self._desk, self._offer, self._case, self._about = desk, offer, case, about
        add = self.form.add
        add("on", DateField("日期", today=desk.today, is_required=True)).set_value(desk.today())
        if offer.who:
            add("who", LineField(offer.who, is_required=True))
        for fact in offer.fields:
            add(fact.name, fact_field(desk, fact), span=fact_span(fact))
        add("text", TextField("内容", is_required=offer.needs_text, rows=3), span=2)

    def command(self) -> NoteEntry:
        """The note by the command that this account writes it with."""
        values = self.form.values()
        facts = {one.name: stored_fact(one, values.get(one.name)) for one in self._offer.fields}
        entry = NoteEntry(
            case=self._case,
            kind=self._offer.kind,
            on=values["on"],
            who=values.get("who") or "",
            text=values["text"] or "",
            facts={name: value for name, value in facts.items() if value not in (None, "", ())},
            about=self._about,
        )
        return note_command(entry, is_agency=self._desk.may(Permission.HANDLE_CASE))


class ScoreForm(SideForm):
    """A reviewer's sheet; the reviewers with a conflict are named and cannot be chosen."""

    def __init__(self, desk: Desk, number: str, reviewers: Sequence[PossibleReviewer]) -> None:
        aside = "；".join(f"{one.name}：{one.conflict}" for one in reviewers if one.conflict)
        super().__init__(f"评查 {number}", note="各项合计不超过 100 分。", columns=2, keys="Ctrl Return")
        free = [(one.person_id, f"{one.name}　{one.firm}") for one in reviewers if not one.conflict]
        add = self.form.add
        add("kind", ChoiceField("评查方式", tuple(ReviewKind), is_required=True)).set_value(
            ReviewKind.every_case.value
        )
        add("on", DateField("日期", today=desk.today, is_required=True)).set_value(desk.today())
        add("reviewer_id", ChoiceField("评查人", free, is_required=True), span=2)
        if aside:
            self.form.put(label(f"应当回避　{aside}", "small2", wraps=True), span=2)
        for item in USUAL_ITEMS:
            add(item, NumberField(item))
        add(
            "grade",
            ChoiceField("质量等级", tuple(Grade), hint="留空则按总分定；与分数线不同的，写评语说明"),
            span=2,
        )
        add("comment", TextField("评语", rows=3), span=2)

    def scores(self) -> dict[str, int]:
        """The points of the items that were scored."""
        values = self.form.values()
        return {item: values[item] for item in USUAL_ITEMS if values[item] is not None}


class SeedForm(SideForm):
    """The seed of a quarter's draw, typed from the sealed paper."""

    def __init__(self, quarter: str) -> None:
        super().__init__(
            f"公布{quarter_words(quarter)}的种子",
            note="须和季度结束以前公布的指纹对上。公布以后抽查结果不再改变。",
            keys="Ctrl Return",
        )
        self.form.add("seed", LineField("种子", is_required=True))


def means_form(desk: Desk) -> SideForm:
    """A dated figure of means."""
    form = SideForm(
        "登记经济困难标准", note="一个标准同一天起只登记一次；调整时登记新的生效日。", keys="Ctrl Return"
    )
    form.form.add("kind", ChoiceField("标准", tuple(StandardKind), is_required=True))
    form.form.add("valid_from", DateField("生效日", today=desk.today, is_required=True))
    form.form.add("fen", MoneyField("每人每月", is_required=True))
    form.form.add("source", LineField("依据文件", is_required=True))
    return form


def mark_form(desk: Desk, people: Sequence[tuple[str, str]]) -> SideForm:
    """A named lawyer, or a pair."""
    form = SideForm("登记名优律师、老带新", note="老带新须选带教律师。", keys="Ctrl Return")
    form.form.add("kind", ChoiceField("类别", tuple(HandlerMark), is_required=True))
    form.form.add("person_id", ChoiceField("律师", people, is_required=True))
    form.form.add("mentor_id", ChoiceField("带教律师", people))
    form.form.add("since", DateField("自何日起", today=desk.today, is_required=True)).set_value(desk.today())
    return form


def focus_form(desk: Desk, kind: str) -> SideForm:
    """Somebody new on a register."""
    form = SideForm("列入名册", columns=2, keys="Ctrl Return")
    add: Any = form.form.add
    add("kind", ChoiceField("名册", tuple(FocusKind), is_required=True)).set_value(kind or None)
    add("since", DateField("列入日期", today=desk.today, is_required=True)).set_value(desk.today())
    add("name", LineField("姓名", is_required=True))
    add("id_number", LineField("证件号"))
    add("phone", LineField("联系电话"))
    add("category", LineField("人员类别", hint="如 无保户、伤残军人"))
    add("card", LineField("惠民卡号"))
    add("address", LineField("住址"))
    add("reason", TextField("列入理由", is_required=True, rows=2), span=2)
    return form


def removal_form(desk: Desk, name: str) -> SideForm:
    """Why somebody leaves a register."""
    form = SideForm(f"移出 {name}", note="移出的人仍留在名册的历史里。", keys="Ctrl Return")
    form.form.add("until", DateField("移出日期", today=desk.today, is_required=True)).set_value(desk.today())
    form.form.add("ended_by", ChoiceField("原因", tuple(FocusEnd), is_required=True))
    form.form.add("reason", TextField("说明", rows=2))
    return form
