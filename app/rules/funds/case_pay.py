"""Decides what one case is paid and from which funds, in the order of the programme, every outcome with its reasons (Y19 Y25 A12 G12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.case_values import CaseOutcome, CaseState, Fund, Grade, UnmetKey
from app.rules.funds.case_lines import PROJECT_FUNDS, CaseForPay, CasePay, PayTerms, Reason, TargetPlace
from app.rules.funds.shares import WHOLE, divided
from app.rules.funds.standards import basis_of
from app.rules.funds.weighed import WeighedCase
from app.rules.pay.wording import yuan
from app.rules.policy.case_money import READING


@dataclass(frozen=True)
class _Verdict:
    outcome: CaseOutcome
    reasons: tuple[Reason, ...]
    fund: Fund | None = None
    base_limit_fen: int = 0
    place: int | None = None
    settings: tuple[str, ...] = ()


def case_pay(case: CaseForPay, terms: PayTerms, place: TargetPlace) -> CasePay:
    """What a case is paid by these terms with this place; a case that does not come as far takes none."""
    weighed = WeighedCase(case, terms)
    return _line(weighed, _before_places(weighed) or _by_place(weighed, place))


def wants_place(case: CaseForPay, terms: PayTerms) -> bool:
    """Whether the case is payable, counted and without another fund, so that a place in the target decides."""
    return _before_places(WeighedCase(case, terms)) is None


def _before_places(weighed: WeighedCase) -> _Verdict | None:
    """The first step of the order that settles the case without asking for a place."""
    for step in _STEPS:
        found = step(weighed)
        if found:
            return found
    return None


def _merged(weighed: WeighedCase) -> _Verdict | None:
    if weighed.case.standing.state is not CaseState.merged:
        return None
    return _zero(Reason("已并入其他案件，由并入的案件计补贴，本案不另计", READING))


def _unready(weighed: WeighedCase) -> _Verdict | None:
    """1. Not archived, not graded, or without a standard."""
    standing, rules = weighed.case.standing, weighed.terms.rules
    if standing.archived_on is None:
        return _waits(Reason("尚未归档", rules.clause("base")))
    if standing.grade is None:
        return _waits(Reason("尚未评定质量等级", rules.clause("base")))
    if weighed.closed_on is None:
        return _waits(Reason("没有结案日", rules.clause("base")))
    if weighed.standard is None:
        words = basis_of(standing.facts, weighed.closed_on).words
        return _waits(
            Reason(f"未定标准：当地标准表没有{words}在 {weighed.closed_on} 的标准，请先登记", READING)
        )
    return None


def _failed(weighed: WeighedCase) -> _Verdict | None:
    """2. 不合格."""
    if weighed.case.standing.grade is not Grade.failed:
        return None
    return _zero(Reason("质量不合格，不予发放", weighed.terms.rules.clause("failed")))


def _public(weighed: WeighedCase) -> _Verdict | None:
    """3. Handled by the public payroll alone."""
    paid = [one for one, percent in weighed.shares if percent]
    if not paid or weighed.payable:
        return None
    names = "、".join(
        f"{one.name}（{one.kind if one.kind and not one.is_public_servant else '公职人员'}）" for one in paid
    )
    return _zero(Reason(f"承办人 {names} 由财政发放工资，不发办案补贴", READING))


def _misdivided(weighed: WeighedCase) -> _Verdict | None:
    whole = sum(percent for _, percent in weighed.shares)
    if not weighed.shares or whole == WHOLE:
        return None
    return _waits(Reason(f"各承办人的份额合计 {whole}%，应为 100%，请改正", READING))


def _not_entered(weighed: WeighedCase) -> _Verdict | None:
    """4. Only the entry in the provincial system is missing."""
    is_only = {one.key for one in weighed.unmet} == {UnmetKey.entered}
    if not is_only or weighed.case.standing.is_terminated:
        return None
    return _waits(Reason(f"待录入：{weighed.unmet[0].text}", weighed.unmet[0].clause))


def _nothing_left(weighed: WeighedCase) -> _Verdict | None:
    if weighed.amount_fen:
        return None
    return _zero(Reason("标准乘以各项比例后为 0"))


def _terminated(weighed: WeighedCase) -> _Verdict | None:
    if not weighed.case.standing.is_terminated:
        return None
    return _business(
        Reason("终止的案件不计入任务，由业务经费补贴", weighed.terms.rules.clause("terminated_percent"))
    )


def _own_fund(weighed: WeighedCase) -> _Verdict | None:
    """5. 资金来源 as typed."""
    fund, rules = weighed.case.standing.facts.fund, weighed.terms.rules
    if fund in PROJECT_FUNDS:
        limit, clause = rules.project_base_fen, rules.clause("project_base_fen")
        reason = Reason(
            f"资金来源为{fund}，由其承担不超过 {yuan(limit)} 元，其余由业务经费补足，同一案件只由一项资金补贴",
            clause,
        )
        return _Verdict(CaseOutcome.pays, (reason,), fund, limit, settings=("project_base_fen",))
    if fund is Fund.business:
        return _business(Reason("资金来源为业务经费，全部由业务经费补贴", READING))
    if fund is Fund.special and not weighed.is_counted:
        why = "；".join(one.text for one in weighed.unmet)
        return _waits(
            Reason(
                f"资金来源写惠民专项，但不计入任务（{why}），请改正资金来源或者补全条件", rules.clause("base")
            )
        )
    if fund is Fund.special and rules.base_fen is None:
        return _waits(Reason("资金来源写惠民专项，但本方案没有专项资金，请改正资金来源", READING))
    return None


def _uncounted(weighed: WeighedCase) -> _Verdict | None:
    """6. Not counted, or a document without a special fund."""
    if not weighed.is_counted:
        unmet = tuple(Reason(one.text, one.clause) for one in weighed.unmet)
        return _business(Reason("不计入任务，全部由业务经费补贴", weighed.terms.rules.clause("base")), *unmet)
    if weighed.terms.rules.base_fen is None:
        return _business(Reason("本方案没有专项资金，全部由业务经费补贴", READING))
    return None


_STEPS: tuple[Callable[[WeighedCase], _Verdict | None], ...] = (
    _merged, _unready, _failed, _public, _misdivided, _not_entered, _nothing_left, _terminated, _own_fund, _uncounted
)  # fmt: skip


def _by_place(weighed: WeighedCase, place: TargetPlace) -> _Verdict:
    """7. and 8. Beyond the target, or with a place in it."""
    rules, year = weighed.terms.rules, weighed.closed_on.year if weighed.closed_on else 0
    limit = rules.base_fen or 0
    if place.number is not None:
        text = (
            f"计入{year}年任务第 {place.number} 件，惠民专项承担不超过 {yuan(limit)} 元，其余由业务经费补足"
        )
        return _Verdict(
            CaseOutcome.pays, (Reason(text, rules.clause("base")),), Fund.special, limit, place.number
        )
    if place.is_final:
        return _business(Reason("定稿时没有占任务名额，仍由业务经费补贴", rules.clause("over_target")))
    if place.target is None:
        return _waits(Reason(f"{year}年的案件任务数未定，请先登记任务", rules.clause("base")))
    text = f"超出{year}年任务数 {place.target} 件，全部由业务经费补贴"
    return _business(Reason(text, rules.clause("over_target")))


def _waits(reason: Reason) -> _Verdict:
    return _Verdict(CaseOutcome.waits, (reason,))


def _zero(reason: Reason) -> _Verdict:
    return _Verdict(CaseOutcome.zero, (reason,))


def _business(*reasons: Reason) -> _Verdict:
    return _Verdict(CaseOutcome.pays, reasons, Fund.business)


def _line(weighed: WeighedCase, verdict: _Verdict) -> CasePay:
    standing, standard = weighed.case.standing, weighed.standard
    line = CasePay(
        case=standing.case,
        number=standing.number,
        archived_on=standing.archived_on,
        closed_on=weighed.closed_on,
        counted=weighed.is_counted,
        unmet=weighed.unmet,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        basis=basis_of(standing.facts, weighed.closed_on),
        standard_fen=standard.fen if standard else None,
        grade=standing.grade,
        settings=_settings(weighed, verdict),
    )
    shown = () if verdict.outcome is CaseOutcome.waits else _shown_amount(weighed)
    return _paid(weighed, verdict, line, shown)


def _paid(weighed: WeighedCase, verdict: _Verdict, line: CasePay, shown: tuple[Reason, ...]) -> CasePay:
    if verdict.outcome is not CaseOutcome.pays:
        return replace(line, reasons=(*verdict.reasons, *shown))
    base = min(verdict.base_limit_fen, weighed.amount_fen)
    rest, extras = weighed.amount_fen - base, weighed.case.extras
    special = base if verdict.fund is Fund.special else 0
    cut = min(extras.cut_fen, rest + extras.travel_fen + extras.translation_fen)
    return replace(
        line,
        reasons=(*verdict.reasons, *shown, *_extra_reasons(weighed, cut)),
        special_fen=special,
        project_fen=base - special,
        business_fen=rest,
        travel_fen=extras.travel_fen,
        translation_fen=extras.translation_fen,
        cut_fen=cut,
        fund=verdict.fund,
        place=verdict.place,
        shares=divided(weighed.payable, special, rest, base - special),
    )


def _shown_amount(weighed: WeighedCase) -> tuple[Reason, ...]:
    """`标准 1,800 元` and, where factors had a part, `1,800 × 90%（良好）= 1,620 元`."""
    standard = weighed.standard
    if standard is None:
        return ()
    found = [Reason(standard.text, standard.clause)]
    parts = [f"× {percent}%（{words}）" for _, words, percent in weighed.factors if percent != WHOLE]
    if parts:
        clauses = dict.fromkeys(
            weighed.terms.rules.clause(name or READING)
            for name, _, percent in weighed.factors
            if percent != WHOLE
        )
        text = f"{yuan(standard.fen)} {' '.join(parts)}= {yuan(weighed.amount_fen)} 元"
        found.append(Reason(text, "；".join(clauses)))
    return tuple(found)


def _extra_reasons(weighed: WeighedCase, cut: int) -> tuple[Reason, ...]:
    extras, found = weighed.case.extras, list[str]()
    if extras.travel_fen:
        found.append(f"差旅 {yuan(extras.travel_fen)} 元由业务经费支付")
    if extras.translation_fen:
        found.append(f"翻译 {yuan(extras.translation_fen)} 元由业务经费支付")
    if extras.cut_fen:
        short = f"，业务经费部分只有 {yuan(cut)} 元可减" if cut < extras.cut_fen else ""
        found.append(f"减发 {yuan(extras.cut_fen)} 元，从业务经费部分减：{extras.cut_reason}{short}")
    return tuple(Reason(text, READING) for text in found)


def _settings(weighed: WeighedCase, verdict: _Verdict) -> tuple[tuple[str, int], ...]:
    """Only the readings that had a part in this line."""
    rules = weighed.terms.rules
    if verdict.outcome is CaseOutcome.waits:
        return ()
    used: Mapping[str, int] = {name: percent for name, _, percent in weighed.factors if name in rules.clauses}
    limit = dict.fromkeys(verdict.settings, verdict.base_limit_fen)
    return tuple(sorted({**used, **limit}.items()))
