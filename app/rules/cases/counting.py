"""Judges whether a case counts in the programme, and names every condition that it does not meet (Y12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.case_values import CaseForm, CaseGround, CaseKind, CaseStage, Procedure, UnmetKey
from app.identity import age_on, is_minor
from app.rules.cases.facts import CaseFacts, CaseStanding, Unmet
from app.rules.policy.pack import Pack
from app.values import Period

ELDERLY = "老年人"
MINORS = "未成年人"
TRIALS = (CaseStage.first, CaseStage.second, CaseStage.retrial)
MEANS_GROUNDS = frozenset(
    {
        CaseGround.law_29,
        CaseGround.law_31,
        CaseGround.law_32,
        CaseGround.province_9,
        CaseGround.province_10,
    }
)
"""Grounds that count at every stage (运司通〔2022〕3号 四（二）2（1）（2）)."""


@dataclass(frozen=True, kw_only=True)
class CountingRules:
    """A programme's conditions for a case.

    groups: 特殊群体. approved_from: the first day of approval that counts, or the day before it where not
    approved_from_inclusive. closed_in: the programme year. *_counts: whether that form counts (settings). system: the
    provincial system that must hold the case. clauses: condition → where the programme's document says it.
    """

    groups: tuple[str, ...]
    approved_from: date
    closed_in: Period
    approved_from_inclusive: bool = True
    elderly_age: int = 60
    arbitration_counts: bool = False
    non_litigation_counts: bool = False
    administrative_counts: bool = False
    system: str = "省法律援助管理系统"
    clauses: Mapping[UnmetKey, str] = field(default_factory=dict)


def counting_rules(pack: Pack) -> CountingRules | None:
    """The conditions of a pack under the readings in force; None where its document counts no cases of special groups."""
    year = pack.value("case_window.closed_in_year")
    approved = _approved_from(pack)
    if not isinstance(year, int) or approved is None:
        return None
    age, system = pack.value("cases.elderly_age"), pack.value("cases.provincial_system")
    switches = {
        name: pack.settings[name].value is True
        for name in (
            "approved_from_inclusive",
            "arbitration_counts",
            "non_litigation_counts",
            "administrative_counts",
        )
        if name in pack.settings
    }
    return CountingRules(
        groups=pack.groups,
        approved_from=approved,
        closed_in=pack.year.period(str(year)),
        elderly_age=age if isinstance(age, int) else 60,
        system=str(system or "省法律援助管理系统"),
        clauses=_clauses(pack),
        **switches,
    )


def _approved_from(pack: Pack) -> date | None:
    if "approved_from" in pack.settings:
        return date.fromisoformat(str(pack.setting("approved_from")))
    fixed = pack.value("case_window.approved_after")
    return fixed if isinstance(fixed, date) else None


def _clauses(pack: Pack) -> dict[UnmetKey, str]:
    figures = {
        UnmetKey.approved: "case_window.approved_after",
        UnmetKey.closed: "case_window.closed_in_year",
        UnmetKey.entered: "cases.provincial_system",
    }
    lists = {UnmetKey.group: "groups", UnmetKey.form: "counted_forms", UnmetKey.ground: "matters"}
    found = {key: pack.figures[name].clause for key, name in figures.items() if name in pack.figures}
    found |= {key: pack.lists[name].clause for key, name in lists.items() if name in pack.lists}
    if "approved_from" in pack.settings:
        found[UnmetKey.approved] = pack.settings["approved_from"].clause
    return found


def unmet(standing: CaseStanding, programme: CountingRules) -> tuple[Unmet, ...]:
    """The conditions that the case does not meet, in the order of the programme; () where it counts."""
    checks = {
        UnmetKey.group: _group(standing.facts, programme),
        UnmetKey.approved: _approved(standing, programme),
        UnmetKey.closed: _closed(standing, programme),
        UnmetKey.form: _form(standing.facts, programme),
        UnmetKey.ground: _ground(standing.facts),
        UnmetKey.entered: _entered(standing, programme),
    }
    return tuple(Unmet(key, programme.clauses.get(key, ""), text) for key, text in checks.items() if text)


def counted_groups(facts: CaseFacts, programme: CountingRules) -> tuple[str, ...]:
    """The programme's groups of the applicant on the application day; a known birth date decides 老年人 and 未成年人."""
    said = set(facts.groups)
    if facts.born_on is not None:
        is_old = age_on(facts.born_on, facts.received_on) >= programme.elderly_age
        said -= {ELDERLY, MINORS}
        said |= {ELDERLY} if is_old else set()
        said |= {MINORS} if is_minor(facts.born_on, facts.received_on) else set()
    return tuple(group for group in programme.groups if group in said)


def _group(facts: CaseFacts, programme: CountingRules) -> str:
    if counted_groups(facts, programme):
        return ""
    shown = "、".join(facts.groups) or "没有填写"
    return f"人群类别（{shown}）在受理日 {facts.received_on} 不属于：{'、'.join(programme.groups)}"


def _approved(standing: CaseStanding, programme: CountingRules) -> str:
    day, first = standing.approved_on, programme.approved_from
    if day is None:
        return "还没有批准"
    if day > first or (day == first and programme.approved_from_inclusive):
        return ""
    return f"批准日 {day} {'早于' if day < first else '恰为'} {first}{'' if day < first else '，不计入'}"


def _closed(standing: CaseStanding, programme: CountingRules) -> str:
    if standing.is_terminated:
        return "案件终止，不计入"
    if standing.closed_on is None:
        return "还没有结案日"
    if standing.closed_on in programme.closed_in:
        return ""
    return f"结案日 {standing.closed_on} 不在 {programme.closed_in.start} 至 {programme.closed_in.end} 之内"


def _form(facts: CaseFacts, programme: CountingRules) -> str:
    if facts.kind is CaseKind.criminal:
        return ""
    if facts.form is CaseForm.other:
        is_arbitration = facts.stage is CaseStage.arbitration
        counts = programme.arbitration_counts if is_arbitration else programme.non_litigation_counts
        return "" if counts else f"{'仲裁' if is_arbitration else '非诉讼'}案件不计入"
    if facts.kind is not CaseKind.civil:
        return "" if programme.administrative_counts else f"{facts.kind}案件不计入"
    return "" if facts.form is CaseForm.litigation else "没有填写是诉讼还是非诉讼"


def _ground(facts: CaseFacts) -> str:
    return "；".join(_ground_faults(facts))


def _ground_faults(facts: CaseFacts) -> Iterator[str]:
    if facts.ground in MEANS_GROUNDS:
        return
    stage = facts.stage or "没有填写诉讼阶段"
    if facts.ground is None:
        yield "没有填写法律依据"
    elif facts.ground is CaseGround.law_25_1:
        if facts.stage not in TRIALS:
            yield f"法律援助法第25条第1款的案件只计审判阶段，这一案是{stage}"
    elif facts.ground is CaseGround.law_25_2:
        if facts.stage not in TRIALS:
            yield f"法律援助法第25条第2款的案件只计一审、二审、再审，这一案是{stage}"
        elif facts.stage is CaseStage.first and facts.procedure is not Procedure.ordinary:
            shown = facts.procedure or "没有填写程序"
            yield f"法律援助法第25条第2款的一审案件只计普通程序，这一案是{shown}"
    else:
        yield f"法律依据“{facts.ground}”不在计入范围"


def _entered(standing: CaseStanding, programme: CountingRules) -> str:
    lacking = [
        title
        for title, value in (("编号", standing.entered_number), ("录入日期", standing.entered_on))
        if not value
    ]
    return f"没有{programme.system}的{'和'.join(lacking)}" if lacking else ""
