"""Says while an application is typed whether the applicant may have aid, and whether means are tested at all (Y13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.case_values import CaseGround
from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.cases import LegalCase
from app.rules.cases.entitlement import AidRequest, AidVerdict, Entitlement, entitlement, overridden
from app.rules.cases.exemptions import known_exemptions
from app.rules.cases.facts import CaseStanding
from app.rules.cases.means import HouseholdMember
from app.rules.cases.tiers import tier_of
from app.services.cases.case_entry import HouseholdEntry
from app.services.cases.known_applicants import known_claims
from app.services.cases.means_figures import dated_standards
from app.text import clean
from app.values import known

TIER_TITLE = "管辖"


@dataclass(frozen=True, kw_only=True)
class JudgeApplication:
    """What is typed so far, as `RegisterCase` names it. received_on None: today. is_checked: the income was checked.

    stage: 诉讼阶段, which decides the level where a document divides cases by instance. id_number: a 惠民卡 on the register under that number is known without being claimed. exemption: of an organisation, its kind as the document names those that may apply (G17).
    """

    received_on: date | None = None
    matter: str = ""
    groups: tuple[str, ...] = ()
    ground: str = ""
    exemption: str = ""
    exemption_proof: str = ""
    is_undertaking: bool = False
    is_organisation: bool = False
    household: tuple[HouseholdEntry, ...] = ()
    is_checked: bool = False
    id_number: str = ""
    stage: str = ""


@dataclass(frozen=True)
class JudgedCriterion:
    """One question with its answer: 符合 不符合 待判断, why, and by which clause."""

    title: str
    answer: str
    text: str
    clause: str


@dataclass(frozen=True)
class AidJudgement:
    """The answers together. strip: 免核查：… as soon as it is known, "" for nothing. needs_means: whether the household
    has to be filled in. is_against: the answers say no, so that granting needs a reason on record."""

    strip: str
    verdict: str
    criteria: tuple[JudgedCriterion, ...]
    needs_means: bool
    is_against: bool


@answers(JudgeApplication, permission=Permission.LOOK)
def judge_application(look: Look, query: JudgeApplication) -> AidJudgement:
    """The judgement under the office's document and the county's figures; where the case belongs to another level, that too."""
    found = judgement(_judged(look, query))
    tier = tier_of(look.pack, look.office.level, clean(query.matter), query.stage)
    if tier is None:
        return found
    belongs = JudgedCriterion(TIER_TITLE, "本单位" if tier.is_ours else "转办", tier.text, tier.clause)
    return replace(found, criteria=(*found.criteria, belongs))


def case_entitlement(look: Look, case: LegalCase, standing: CaseStanding) -> Entitlement:
    """Whether the applicant of a stored case may have aid, by the case as its corrections left it."""
    facts = standing.facts
    query = JudgeApplication(
        received_on=facts.received_on,
        matter=facts.matter,
        groups=facts.groups,
        ground=facts.ground.value if facts.ground else "",
        exemption=case.exemption,
        exemption_proof=case.exemption_proof,
        is_undertaking=case.is_undertaking,
        is_organisation=case.is_organisation,
        household=tuple(HouseholdEntry(**one) for one in case.household or ()),
        is_checked=standing.means == "核查符合",
        id_number=case.id_number or "",
    )
    return _judged(look, query)


def judgement(found: Entitlement) -> AidJudgement:
    """The answers as windows and the command line show them."""
    return AidJudgement(
        strip=found.strip,
        verdict=found.verdict.value,
        criteria=tuple(
            JudgedCriterion(one.key.value, one.answer.value, one.text, one.clause) for one in found.criteria
        ),
        needs_means=not found.strip.startswith(("免核查", "不限经济困难")),
        is_against=found.verdict is AidVerdict.may_not,
    )


def refuse_unreasoned(look: Look, case: LegalCase, standing: CaseStanding, reason: str) -> None:
    """Raises Refused E353 where aid is given against the answers and nobody says why (Y13)."""
    found = case_entitlement(look, case, standing)
    if found.verdict is AidVerdict.may_not:
        overridden(found, AidVerdict.may, reason)


def _judged(look: Look, query: JudgeApplication) -> Entitlement:
    on = query.received_on or local_date(look.now.at)
    typed = (clean(query.exemption),) if clean(query.exemption) else ()
    on_card = known_claims(look, query.id_number)
    claims = (*typed, *on_card)
    proofs = _proven(look, on, query, claims) if clean(query.exemption_proof) else ()
    request = AidRequest(
        on=on,
        matter=clean(query.matter),
        groups=query.groups,
        ground=known(CaseGround, query.ground),
        claims=claims,
        proofs=(*proofs, *on_card),
        household=tuple(_member(one) for one in query.household),
        is_checked=query.is_checked,
        has_undertaking=query.is_undertaking,
        organisation=(*typed, "申请的单位")[0] if query.is_organisation else "",
    )
    return entitlement(request, look.pack, dated_standards(look))


def _proven(look: Look, on: date, query: JudgeApplication, claims: Iterable[str]) -> tuple[str, ...]:
    """The proof that was handed in proves what is claimed, else what groups and matter tell."""
    found = known_exemptions(look.pack, on, groups=query.groups, matter=clean(query.matter), claims=claims)
    named = tuple(one.word for one in found if one.word in claims)
    return named or tuple(one.word for one in found)


def _member(one: HouseholdEntry) -> HouseholdMember:
    return HouseholdMember(
        relation=one.relation,
        wages_fen=one.wages_fen,
        business_fen=one.business_fen,
        other_fen=one.other_fen,
    )
