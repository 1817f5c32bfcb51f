"""Measures a year of cases against what the documents ask (Y02 Q01 G01 A01 A06 A09 G12 G14 J14 J15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.rules.funds.case_counts import (
    approved_cases,
    archived_cases,
    closed_cases,
    court_notices,
    is_litigation,
    is_peer_reviewed,
    is_private_lawyers,
    is_timely,
    loads,
)
from app.rules.funds.fund_indicators import matching_indicators, money_indicators
from app.rules.funds.indicator import (
    Indicator,
    YearFigures,
    asked_for,
    clause_of,
    clause_of_target,
    counted_cases,
    pace_of,
    ratio_of_cases,
    reading_of,
)


def indicators_of(figures: YearFigures) -> tuple[Indicator, ...]:
    """The indicators that the office's document asks for, and the plain counts every office has, in order."""
    found = [one for make in _MAKERS for one in make(figures)]
    return tuple(found)


def _progress(figures: YearFigures) -> Iterable[Indicator]:
    """Cases against the year's target: counted ones where the programme counts, else all that are closed."""
    closed = closed_cases(figures.cases, figures.year)
    has_window = figures.pack.value("cases.base_fen") is not None
    done = tuple(one for one in closed if one.case in figures.counted) if has_window else closed
    rule = "本年办结并计入惠民工程的案件（已录入省系统）" if has_window else "本年办结的案件（不含终止）"
    yield counted_cases("cases", "Y02 Q01 A01 J14", "案件任务", rule, done, figures, figures.target, "cases")


def _approved_and_closed(figures: YearFigures) -> Iterable[Indicator]:
    """审批数 and 办结数 (A09), and the one of the other (A06)."""
    approved, closed = approved_cases(figures.cases, figures.year), closed_cases(figures.cases, figures.year)
    yield counted_cases("approved", "A09", "审批数", "本年批准的案件", approved, figures)
    yield counted_cases(
        "closed", "A09", "办结数", "结案日在本年的案件，不论何年批准，不含终止", closed, figures
    )
    yield ratio_of_cases(
        figures, "closed_ratio", "A06", "结案率", "办结数 ÷ 审批数", closed, len(approved), "ratios.closed_of_approved_min"
    )  # fmt: skip


def _composition(figures: YearFigures) -> Iterable[Indicator]:
    """诉讼 and 社会律师 of the closed, both A06."""
    closed = closed_cases(figures.cases, figures.year)
    court, lawyers = tuple(filter(is_litigation, closed)), tuple(filter(is_private_lawyers, closed))
    yield ratio_of_cases(
        figures, "litigation", "A06", "诉讼案件占比", "办结的诉讼案件 ÷ 办结数", court, len(closed), "ratios.litigation_min"
    )  # fmt: skip
    yield ratio_of_cases(
        figures, "private_lawyers", "A06", "社会律师办案占比", "社会律师办结的案件 ÷ 办结数", lawyers, len(closed),
        "ratios.private_lawyers_min",
    )  # fmt: skip


def _load(figures: YearFigures) -> Iterable[Indicator]:
    """The most cases assigned to one person, with everybody who nears the limit."""
    limit, warn_at = (
        asked_for(figures, "ratios.cases_per_person_max"),
        reading_of(figures, "case_load_warning"),
    )
    people = loads(figures.cases, figures.year, limit, warn_at)
    most = people[0] if people else None
    yield Indicator(
        key="load",
        id="A06",
        title="每人年承办案件（最多的一人）",
        formula="本年指派给同一人的案件数",
        numerator=len(most.cases) if most else 0,
        ids=most.cases if most else (),
        unit="件",
        target=limit,
        at_most=True,
        clause=clause_of(figures, "ratios.cases_per_person_max"),
        warning="；".join(f"{one.name}{one.warning}" for one in people if one.warning),
    )


def _quality(figures: YearFigures) -> Iterable[Indicator]:
    """Timely archiving, 一案一评 and the checked share (G01 G12)."""
    closed, archived = closed_cases(figures.cases, figures.year), archived_cases(figures.cases, figures.year)
    days = reading_of(figures, "timely_archive_days") or 30
    timely = tuple(one for one in closed if is_timely(one, days))
    graded = tuple(one for one in archived if one.grade is not None)
    checked = tuple(filter(is_peer_reviewed, archived))
    yield ratio_of_cases(
        figures, "timely", "G01", "及时结案归档率", f"结案后 {days} 日内归档的案件 ÷ 办结数", timely, len(closed),
        "ratios.timely_archived_min",
    )  # fmt: skip
    yield ratio_of_cases(
        figures, "reviewed", "G12", "一案一评", "已评定等级的归档案件 ÷ 本年归档数", graded, len(archived), "ratios.reviewed_once"
    )  # fmt: skip
    yield ratio_of_cases(
        figures, "checked", "G12", "抽查案件比例", "经评查的归档案件 ÷ 本年归档数", checked, len(archived),
        "ratios.cases_checked_min",
    )  # fmt: skip


def _recipients(figures: YearFigures) -> Iterable[Indicator]:
    """People helped by the cases granted in the year, and per ten thousand residents (G01)."""
    approved = approved_cases(figures.cases, figures.year)
    people = sum(one.facts.recipients for one in approved)
    ids, rule = tuple(sorted(one.case for one in approved)), "本年批准案件的受援人数"
    target = figures.pack.figures.get("targets.recipients_per_10000")
    yield Indicator(
        key="recipients",
        id="G01",
        title="受援人数",
        formula=rule,
        numerator=people,
        ids=ids,
        unit="人",
        target=figures.recipients_target,
        pace=pace_of(figures) if figures.recipients_target else None,
        clause=clause_of_target(figures, "recipients"),
    )
    if target:
        yield Indicator(
            key="recipients_per_10000",
            id="G01",
            title=target.title,
            formula=f"{rule} ÷ 常住人口（万人）",
            numerator=people,
            ids=ids,
            denominator=figures.residents or 0,
            unit="人/万人",
            target=target.value if isinstance(target.value, int) else None,
            is_above=True,
            clause=target.clause,
        )


def _named(figures: YearFigures) -> Iterable[Indicator]:
    """Members of the 名优律师团 who did enough (G14)."""
    least = asked_for(figures, "ratios.elite_cases_per_year")
    if least is None:
        return
    held = {one.person: one.cases for one in loads(figures.cases, figures.year, None, None) if one.person}
    done = sorted(one for one in figures.named_lawyers if len(held.get(one, ())) >= least)
    yield Indicator(
        key="named_lawyers",
        id="G14",
        title=f"名优律师团成员每年办案不少于 {least} 件",
        formula=f"本年承办满 {least} 件的成员 ÷ 成员人数",
        numerator=len(done),
        ids=tuple(done),
        denominator=len(figures.named_lawyers),
        target=100,
        clause=clause_of(figures, "ratios.elite_cases_per_year"),
    )


def _coverage(figures: YearFigures) -> Iterable[Indicator]:
    """Those notified by courts that were given a lawyer (J15)."""
    notices = court_notices(figures.cases, figures.year)
    assigned = tuple(one for one in notices if one.assigned_on)
    yield ratio_of_cases(
        figures, "trial_coverage", "J15", "审判阶段辩护覆盖", "已指派的案件 ÷ 法院通知辩护的案件", assigned, len(notices),
        "cases.trial_defence_covered",
    )  # fmt: skip


def _other_matters(figures: YearFigures) -> Iterable[Indicator]:
    if figures.other_matters_target is None:
        return
    yield Indicator(
        key="other_matters",
        id="J14",
        title="其他法律援助事项",
        formula="本年办理的咨询、代书等其他事项",
        numerator=figures.other_matters,
        unit="件",
        target=figures.other_matters_target,
        pace=pace_of(figures),
        clause=clause_of_target(figures, "other_matters"),
    )


_MAKERS: tuple[Callable[[YearFigures], Iterable[Indicator]], ...] = (
    _progress, _approved_and_closed, _composition, _load, _quality, _recipients, _named, _coverage, _other_matters, money_indicators,
    matching_indicators,
)  # fmt: skip
