"""The one table of what is noted about a case beside its steps: what each note carries, when, by whom, by which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.case_values import CaseState, NoteKind
from app.errors import Problem
from app.rules.cases.event_facts import FactRule, FactShape, day, fault_of, flag, is_blank, text, word
from app.rules.cases.facts import FactValue

SATISFIED = ("满意", "基本满意", "不满意")
FOLLOW_UP_ITEMS = (
    ("attitude", "服务态度"),
    ("contact", "沟通交流"),
    ("rights", "维护权益"),
    ("outcome", "案件结果"),
    ("overall", "总体评价"),
)
"""The five items of the follow-up (form 32)."""
COMPLAINT_GROUNDS = (
    "应援不援",
    "违规受理审查指派",
    "拒绝指派",
    "拖延懈怠",
    "擅自停止援助",
    "有偿办案收取财物",
    "泄露秘密隐私",
    "其他",
)
COMPLAINT_OUTCOMES = ("处罚惩戒处分", "批评整改", "查证不实")
_CLOSING = (CaseState.closed, CaseState.file_examined, CaseState.archived, CaseState.terminated)
_RATED = ("好", "较好", "一般", "差")


@dataclass(frozen=True, kw_only=True)
class NoteRule:
    """One kind of note. who: whom it names, "" for nobody. needs_text: the text may not be blank.

    states: where the case must stand, () for anywhere. answers: the kinds of the note it goes on from.
    at_intake: an intake point writes it too.
    """

    kind: NoteKind
    clause: str
    who: str = ""
    needs_text: bool = True
    facts: tuple[FactRule, ...] = ()
    states: tuple[CaseState, ...] = ()
    answers: tuple[NoteKind, ...] = ()
    at_intake: bool = False


def _amount(name: str, title: str) -> FactRule:
    return FactRule(name, title, FactShape.money, False)


_LAW_59 = "法律援助法59"
_TABLE = (
    NoteRule(
        kind=NoteKind.observed,
        clause=_LAW_59,
        who="旁听人",
        facts=(
            text("court", "法院"),
            word("preparation", "庭前准备", _RATED),
            word("hearing", "庭审表现", _RATED),
        ),
    ),
    NoteRule(
        kind=NoteKind.court_opinion,
        clause=_LAW_59,
        who="办案人员",
        facts=(
            text("organ", "办案机关"),
            word("manners", "诉讼礼仪", _RATED),
            word("skill", "专业素养", _RATED),
            word("diligence", "敬业精神", _RATED),
        ),
    ),
    NoteRule(kind=NoteKind.excellent, clause="法律援助法57", states=(CaseState.archived,)),
    NoteRule(
        kind=NoteKind.major,
        clause="赣司〔2021〕7号 重大案件",
        facts=(word("why", "属于", ("重大", "敏感", "群体性", "社会影响大")),),
    ),
    NoteRule(kind=NoteKind.discussed, clause="赣司〔2021〕7号 重大案件", who="参加人"),
    NoteRule(
        kind=NoteKind.supervised,
        clause="赣司〔2021〕7号 重大案件",
        who="督办人",
        facts=(day("due_on", "要求何日前办", needed=False),),
    ),
    NoteRule(
        kind=NoteKind.followed_up,
        clause=_LAW_59,
        who="受访人",
        needs_text=False,
        facts=(
            *(word(name, title, SATISFIED) for name, title in FOLLOW_UP_ITEMS),
            word("by", "方式", ("电话", "上门", "来访", "书面")),
            flag("took_gifts", "违规收受财物"),
        ),
        states=_CLOSING,
        at_intake=True,
    ),
    NoteRule(kind=NoteKind.explained, clause="赣司〔2021〕7号 延伸服务", states=_CLOSING, at_intake=True),
    NoteRule(
        kind=NoteKind.enforcement,
        clause="赣司〔2021〕7号 延伸服务",
        needs_text=False,
        facts=(
            word("state", "履行情况", ("已履行", "部分履行", "未履行")),
            _amount("recovered_fen", "已执行金额"),
        ),
        states=_CLOSING,
        at_intake=True,
    ),
    NoteRule(kind=NoteKind.asset_clue, clause="赣司〔2021〕7号 延伸服务", states=_CLOSING, at_intake=True),
    NoteRule(
        kind=NoteKind.enforcement_applied,
        clause="赣司〔2021〕7号 延伸服务",
        needs_text=False,
        facts=(text("court", "执行法院"), text("number", "执行案号", needed=False)),
        states=_CLOSING,
        at_intake=True,
    ),
    NoteRule(
        kind=NoteKind.fee_waived,
        clause="法律援助法53",
        needs_text=False,
        facts=(
            word("fee", "费用", ("诉讼费", "公证费", "鉴定费", "其他")),
            word("how", "方式", ("减", "缓", "免")),
            _amount("fen", "金额"),
            text("organ", "决定单位"),
        ),
        at_intake=True,
    ),
    NoteRule(
        kind=NoteKind.verified,
        clause="赣司〔2021〕7号 告知承诺",
        facts=(word("result", "核查结果", ("属实", "不实")),),
    ),
    NoteRule(
        kind=NoteKind.dishonest,
        clause="赣司〔2021〕7号 告知承诺",
        who="失信人",
        facts=(day("until", "记录至何日", needed=False),),
    ),
    NoteRule(
        kind=NoteKind.complaint,
        clause="法律援助法56",
        who="投诉人",
        facts=(
            word("ground", "投诉事由", COMPLAINT_GROUNDS),
            word("by", "方式", ("来访", "来电", "来信", "网络", "口头")),
        ),
        at_intake=True,
    ),
    NoteRule(
        kind=NoteKind.complaint_accepted,
        clause="法律援助法56",
        needs_text=False,
        answers=(NoteKind.complaint,),
    ),
    NoteRule(kind=NoteKind.complaint_rejected, clause="法律援助法56", answers=(NoteKind.complaint,)),
    NoteRule(
        kind=NoteKind.complaint_closed,
        clause="法律援助法56",
        facts=(word("outcome", "处理结果", COMPLAINT_OUTCOMES),),
        answers=(NoteKind.complaint,),
    ),
)
NOTE_RULES: Mapping[NoteKind, NoteRule] = {one.kind: one for one in _TABLE}


def note_problems(
    kind: NoteKind, *, who: str, words: str, facts: Mapping[str, FactValue], state: CaseState
) -> Iterator[Problem]:
    """What a note lacks. Codes E811 missing, E812 misshapen, E835 unknown, E814 the case does not stand there yet."""
    rule = NOTE_RULES[kind]
    known = {one.name for one in rule.facts}
    for fact in rule.facts:
        value = facts.get(fact.name)
        if is_blank(value) and fact.is_required:
            yield _missing(rule, fact.name, fact.title)
        elif wrong := fault_of(fact, value):
            yield Problem(fact.name, f"“{kind}”的“{fact.title}”{wrong}", "E812")
    for name in facts:
        if name not in known:
            yield Problem(name, f"“{kind}”没有“{name}”这一项，请去掉", "E835")
    if rule.who and not who:
        yield _missing(rule, "who", rule.who)
    if not words and (rule.needs_text or _is_unhappy(facts)):
        yield _missing(rule, "text", "不满意在哪里" if _is_unhappy(facts) else "内容")
    if rule.states and state not in rule.states:
        yield Problem(
            "kind", f"案件处在“{state}”，还不能登记“{kind}”；须处在：{'、'.join(rule.states)}", "E814"
        )


def _missing(rule: NoteRule, name: str, title: str) -> Problem:
    return Problem(name, f"“{rule.kind}”须写明“{title}”（{rule.clause}），请填写", "E811")


def _is_unhappy(facts: Mapping[str, FactValue]) -> bool:
    return SATISFIED[-1] in facts.values() or facts.get("took_gifts") is True
