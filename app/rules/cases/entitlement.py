"""Answers whether a person may have aid: is it a matter of the list, are the means small enough, is a test needed at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.case_values import CaseGround
from app.errors import Refused
from app.rules.cases.exemptions import (
    NOTIFIED,
    Exemption,
    known_exemptions,
    listed_matters,
    matter_item,
    matter_parts,
    short_clause,
    unlimited_matter,
)
from app.rules.cases.means import DatedStandard, HouseholdMember, income_words, means_limit
from app.rules.policy.pack import Pack
from app.values import yuan_text


class CriterionAnswer(StrEnum):
    """What a criterion says."""

    passed = "符合"
    failed = "不符合"
    unknown = "待判断"


class CriterionKey(StrEnum):
    """The three questions."""

    matter = "援助事项"
    means = "经济困难"
    exemption = "免核查"


class AidVerdict(StrEnum):
    """What the three answers come to; the reviewer may decide otherwise, with a reason."""

    may = "可以给予"
    may_not = "不符合条件"
    judge = "由审查人员判断"


@dataclass(frozen=True, kw_only=True)
class AidRequest:
    """What an applicant says. on: the application day.

    claims: exemptions claimed by their word; proofs: those that are proven. household: the table, () where not filled.
    is_checked: the income was proven or checked by shared data; has_undertaking: 告知承诺 in place of every proof.
    organisation: what kind of organisation applies, "" for a person (G17).
    """

    on: date
    matter: str = ""
    groups: tuple[str, ...] = ()
    ground: CaseGround | None = None
    claims: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    household: tuple[HouseholdMember, ...] = ()
    is_checked: bool = False
    has_undertaking: bool = False
    organisation: str = ""


@dataclass(frozen=True)
class Criterion:
    """One answer with its clause and sentence."""

    key: CriterionKey
    answer: CriterionAnswer
    text: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """The answers together. strip: what shows above the form as soon as it is known (免核查：农民工讨薪（第42条）), "" for nothing.

    needs_verification: an undertaking stood in for proofs, which are verified later. override_reason: why the reviewer
    decided otherwise than the answers.
    """

    criteria: tuple[Criterion, ...]
    verdict: AidVerdict
    strip: str = ""
    needs_verification: bool = False
    override_reason: str = ""


def entitlement(
    request: AidRequest,
    pack: Pack,
    standards: Iterable[DatedStandard] = (),
    *,
    excluded_matters: Iterable[str] = (),
) -> Entitlement:
    """Whether the applicant may have aid under a pack, with a county's typed standards.

    excluded_matters: what the county typed of G's negative list, which the document does not spell out (G03).
    """
    known = known_exemptions(
        pack, request.on, groups=request.groups, matter=request.matter, claims=request.claims
    )
    unlimited = unlimited_matter(pack, request.on, request.matter, request.ground)
    matter = _matter(request, pack, frozenset(excluded_matters))
    exemption = _exemption(request, known)
    means = _means(request, pack, tuple(standards), exemption, unlimited)
    return Entitlement(
        criteria=(matter, means, exemption),
        verdict=_verdict(matter, means),
        strip=_strip(request, pack, known, unlimited),
        needs_verification=request.has_undertaking,
    )


def overridden(found: Entitlement, verdict: AidVerdict, reason: str) -> Entitlement:
    """The reviewer's own verdict. Raises Refused E353 where it differs from the answers and no reason is given."""
    if verdict is found.verdict:
        return found
    if not reason.strip():
        raise Refused(
            "E353",
            f"程序的判断是“{found.verdict}”，改为“{verdict}”须写明理由，请填写",
            field="reason",
        )
    return replace(found, verdict=verdict, override_reason=reason.strip())


def _matter(request: AidRequest, pack: Pack, excluded: frozenset[str]) -> Criterion:
    key = CriterionKey.matter
    if request.ground in NOTIFIED:
        return Criterion(key, CriterionAnswer.passed, "办案机关通知辩护", _notice_clause(request))
    hardship = _hardship(request, pack)
    if hardship is not None:
        return Criterion(key, CriterionAnswer.passed, f"{hardship.word}不限援助事项", hardship.clause)
    if not request.matter.strip():
        return Criterion(key, CriterionAnswer.unknown, "还没有填写案由", "")
    negative = pack.lists.get("negative_matters")
    if negative is not None:
        banned = matter_item(negative.items, request.matter) or request.matter.strip() in excluded
        answer = CriterionAnswer.failed if banned else CriterionAnswer.passed
        told = "在" if banned else "不在"
        return Criterion(key, answer, f"“{request.matter}”{told}负面清单之内", negative.clause)
    return _listed(request, pack)


def _listed(request: AidRequest, pack: Pack) -> Criterion:
    """By a positive list: whole words pass, words that only contain a listed matter are left to the reviewer."""
    key, items = CriterionKey.matter, listed_matters(pack, request.on)
    found = matter_item(items, request.matter)
    if found is not None:
        return Criterion(key, CriterionAnswer.passed, f"“{request.matter}”属于：{found.value}", found.clause)
    for item in items:
        if any(part in request.matter for part in (item.value, *matter_parts(item))):
            told = f"“{request.matter}”可能属于：{item.value}，请审查人员判断"
            return Criterion(key, CriterionAnswer.unknown, told, item.clause)
    clause = pack.lists["matters"].clause if "matters" in pack.lists else "法律援助法31"
    told = f"“{request.matter}”不在援助事项之内；属于其中一项的，请按清单填写案由"
    return Criterion(key, CriterionAnswer.failed, told, clause)


def _hardship(request: AidRequest, pack: Pack) -> Exemption | None:
    """The special-hardship class of the applicant, for whom no matter is shut out (G09)."""
    found = pack.lists.get("special_hardship")
    items = found.items if found else ()
    return next((Exemption(one.value, one.clause) for one in items if one.value in request.groups), None)


def _notice_clause(request: AidRequest) -> str:
    return "法律援助法28" if request.ground is CaseGround.law_28 else "法律援助法25"


def _exemption(request: AidRequest, known: tuple[Exemption, ...]) -> Criterion:
    key = CriterionKey.exemption
    if not known:
        return Criterion(key, CriterionAnswer.failed, "没有免核查的情形", "")
    proven = next((one for one in known if one.word in request.proofs), None)
    if proven is not None:
        return Criterion(key, CriterionAnswer.passed, f"{proven.word}，证明材料已交", proven.clause)
    first = known[0]
    if request.has_undertaking:
        return Criterion(key, CriterionAnswer.passed, f"{first.word}，已作告知承诺，事后核查", first.clause)
    wanted = first.proof or "证明材料"
    return Criterion(key, CriterionAnswer.unknown, f"{first.word}，还没有交：{wanted}", first.clause)


def _means(
    request: AidRequest,
    pack: Pack,
    standards: tuple[DatedStandard, ...],
    exemption: Criterion,
    unlimited: Exemption | None,
) -> Criterion:
    key = CriterionKey.means
    if unlimited is not None:
        return Criterion(key, CriterionAnswer.passed, f"{unlimited.word}，不受经济困难限制", unlimited.clause)
    if exemption.answer is CriterionAnswer.passed:
        return Criterion(key, CriterionAnswer.passed, f"免于核查：{exemption.text}", exemption.clause)
    if request.organisation:
        return _organisation(request, pack)
    found = _income(request, pack, standards)
    if exemption.answer is CriterionAnswer.unknown and found.answer is not CriterionAnswer.passed:
        return Criterion(
            key, CriterionAnswer.unknown, f"交来证明即免核查：{exemption.text}", exemption.clause
        )
    return found


def _organisation(request: AidRequest, pack: Pack) -> Criterion:
    named = pack.lists.get("organisation_applicants")
    if named is not None and request.organisation in named.words:
        return Criterion(
            CriterionKey.means, CriterionAnswer.passed, f"{request.organisation}可以申请", named.clause
        )
    told = f"方案没有写明“{request.organisation}”可以申请，由审查人员判断"
    return Criterion(CriterionKey.means, CriterionAnswer.unknown, told, "")


def _income(request: AidRequest, pack: Pack, standards: tuple[DatedStandard, ...]) -> Criterion:
    key, limit = CriterionKey.means, means_limit(pack, standards, request.on)
    if not request.household:
        return Criterion(key, CriterionAnswer.unknown, "还没有填写家庭收入", limit.clause)
    heads, year = len(request.household), sum(one.year_fen for one in request.household)
    shown = income_words(year, heads)
    if limit.fen is None:
        told = f"{shown}；没有录入{limit.kind}，由审查人员判断并写明"
        return Criterion(key, CriterionAnswer.unknown, told, limit.clause)
    bound = f"{limit.words} {yuan_text(limit.fen)} 元"
    if not limit.allows(year, heads):
        told = "不低于" if limit.is_below else "高于"
        return Criterion(key, CriterionAnswer.failed, f"{shown}，{told}{bound}", limit.clause)
    told = f"{shown}，{'低于' if limit.is_below else '不高于'}{bound}"
    if request.is_checked or request.has_undertaking:
        return Criterion(key, CriterionAnswer.passed, told, limit.clause)
    return Criterion(key, CriterionAnswer.unknown, f"{told}；还没有核查，也没有作诚信承诺", "法律援助法41")


def _verdict(matter: Criterion, means: Criterion) -> AidVerdict:
    answers = {matter.answer, means.answer}
    if CriterionAnswer.failed in answers:
        return AidVerdict.may_not
    return AidVerdict.judge if CriterionAnswer.unknown in answers else AidVerdict.may


def _strip(request: AidRequest, pack: Pack, known: tuple[Exemption, ...], unlimited: Exemption | None) -> str:
    hardship = _hardship(request, pack)
    told = []
    if unlimited is not None:
        told.append(f"不限经济困难：{unlimited.word}（{short_clause(unlimited.clause)}）")
    elif known:
        told.append(f"免核查：{known[0].word}（{short_clause(known[0].clause)}）")
    if hardship is not None:
        told.append(f"不限事项：{hardship.word}（{short_clause(hardship.clause)}）")
    return "；".join(told)
