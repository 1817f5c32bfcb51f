"""Tells cases in short: a step a line, each with the facts a clerk would type."""

from __future__ import annotations

from datetime import date

from app.case_values import CaseEventKind as Kind
from app.rules.cases.entry import CaseDesk, entry_problems, turn_after
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue
from app.rules.cases.fold import fold_case

HANDLER: dict[str, FactValue] = {
    "handler": "李律师",
    "firm": "光明律师事务所",
    "handler_kind": "社会律师",
    "how": "轮派",
}
APPLICATION: dict[str, FactValue] = {
    "applicant": "王大山",
    "kind": "民事",
    "form": "诉讼",
    "stage": "一审",
    "ground": "援31",
    "matter": "劳动报酬",
    "groups": ("农民工",),
}
SIGNED: dict[str, FactValue] = {"reviewer": "赵审查", "head": "钱主任"}
GRANT: dict[str, FactValue] = {"number": "盐援〔2022〕1号", "ground": "援31", "means": "免核查"} | SIGNED
TYPED: dict[str, dict[str, FactValue]] = {
    "登记": APPLICATION,
    "一次性告知": {"missing": ("身份证",), "due_on": "2022-03-20"},
    "补齐": {"papers": ("身份证",)},
    "撤回": {"by": "本人"},
    "容缺": {"missing": ("工资条",), "due_on": "2022-04-20"},
    "受理审查": {"reviewer": "赵审查"},
    "给予": GRANT,
    "不予": {"refusal": "不符经济困难", "why": "收入超标准", "how_to_object": "十五日内向司法局提出"}
    | SIGNED,
    "先行提供": {
        "first_ground": "时效或者期限不足七日",
        "formalities_due": "2022-03-30",
        "number": "盐援〔2022〕1号",
        "head": "钱主任",
    }
    | HANDLER,
    "异议": {"why": "收入算错"},
    "维持": {"why": "核实无误"},
    "责令改正": {"why": "收入核错"},
    "通知辩护": APPLICATION
    | {
        "kind": "刑事",
        "ground": "援25-1",
        "organ": "盐湖区人民法院",
        "letter_number": "（2022）晋0802刑初1号",
        "number": "盐援〔2022〕1号",
    },
    "指派": HANDLER,
    "更换": HANDLER | {"handler": "孙律师", "why": "受援人申请"},
    "终止": {"termination": "自行委托", "sent_on": "2022-04-02", "head": "钱主任"},
    "并案": {"survivor": "盐援〔2022〕9号"},
    "结案": {"paper_on": "2022-05-10", "result": "胜诉", "recovered_fen": 2_000_000},
    "交卷": {"is_complete": True},
    "退卷": {"missing": ("庭审笔录",)},
    "归档": {"grade": "合格", "examiner": "周核验"},
    "评查": {"reviewers": ("吴评查",), "grade": "良好"},
    "转办": {"to": "临猗县法律援助中心", "why": "受诉法院在临猗"},
    "录入": {"entered_number": "14080220220001", "entered_on": "2022-05-20"},
    **{word: {"text": "办理情况"} for word in ("会见", "约见", "阅卷", "开庭", "通报", "旁听")},
}
TYPED["代办"] = TYPED["移送"] = TYPED["转办"]


class Story:
    """The events of one case. step: a day, a kind's word, then facts that differ from the usual ones."""

    def __init__(self, case: str = "case") -> None:
        self.case = case
        self.events: list[CaseEvent] = []

    def event(
        self, on: str, word: str, /, *, turn: int | None = None, derived: bool = False, **facts: FactValue
    ) -> CaseEvent:
        """The event that a step makes, not yet of the case."""
        kind, day, number = Kind(word), date.fromisoformat(on), len(self.events) + 1
        began = self.standing if self.events else None
        placed = turn_after(began, kind, day) if began else 0
        said = {**TYPED.get(word, {}), **facts}
        return CaseEvent(
            id=self.case if number == 1 else f"{self.case}-{number}",
            case=self.case,
            kind=kind,
            on=day,
            writer="agency",
            number=number,
            turn=placed if turn is None else turn,
            facts={name: value for name, value in said.items() if value is not None},
            reason="登记有误" if word in ("作废", "补正") else "",
            is_derived=derived,
        )

    def step(
        self, on: str, word: str, /, *, turn: int | None = None, derived: bool = False, **facts: FactValue
    ) -> CaseEvent:
        """A step as it was received, whether it fits or not."""
        made = self.event(on, word, turn=turn, derived=derived, **facts)
        self.events.append(made)
        return made

    def steps(self, told: str) -> Story:
        """Many steps: `2022-03-01 登记` a line."""
        for line in told.strip().splitlines():
            self.step(*line.split())
        return self

    def void(self, target: CaseEvent, on: str) -> CaseEvent:
        """The step that takes another out."""
        made = CaseEvent(
            id=f"{self.case}-{len(self.events) + 1}",
            case=self.case,
            kind=Kind.voided,
            on=date.fromisoformat(on),
            writer="agency",
            number=len(self.events) + 1,
            voids=target.id,
            reason="登记有误",
        )
        self.events.append(made)
        return made

    def type(self, on: str, word: str, desk: CaseDesk = CaseDesk.agency, **facts: FactValue) -> list[str]:
        """Type a step as a clerk does: the codes it is refused with, or [] and it is of the case."""
        made = self.event(on, word, **facts)
        found = entry_problems(self.standing if self.events else None, made, desk)
        if not found:
            self.events.append(made)
        return [one.code for one in found]

    @property
    def standing(self) -> CaseStanding:
        """Where the case stands."""
        return fold_case(self.events, site="140802")


CIVIL = """
2022-03-01 登记
2022-03-02 受理审查
2022-03-04 给予
2022-03-05 指派
2022-03-08 签约
2022-03-20 约见
2022-04-20 开庭
2022-05-12 结案
2022-05-30 交卷
2022-06-10 归档
"""
"""A civil case from its application to the archive."""
