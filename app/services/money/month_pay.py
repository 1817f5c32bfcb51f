"""Answers what a month pays whom and why: computed until the bureau's final settlement, stored from then on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person, Site
from app.pinyin import order
from app.rules.pay.debts import Carried, sum_fen
from app.rules.pay.lines import CircularCase, PayException
from app.rules.pay.reasons import RUNNING as RUNNING
from app.rules.policy.pack import NO_RATES, Pack
from app.services.money import ledger
from app.services.money.compute import MonthLedger, month_ledger
from app.services.money.debts import carried_into
from app.services.money.ledger import LedgerLine
from app.services.money.story import LineView, told
from app.services.money.submissions import MonthState, site_months
from app.services.reading.incoming import incomplete_words
from app.services.reading.names import UNKNOWN
from app.services.reading.people import person_links
from app.services.reading.rulings import in_parts
from app.services.reading.settled import kept_of_month
from app.services.reading.sites import own_sites
from app.values import Month, SiteKind

UNPAID = f"{NO_RATES}，值班照列，不计补贴"
"""What stands once where a document fixes no duty pay."""
_OWN_TITLES = {
    "match_window_minutes": ("签到最早可提前", " 分钟"),
    "grace_minutes": ("迟到早退宽限", " 分钟"),
    "unscheduled_approved": ("已批准的临时值班", ""),
}
_OWN_WORDS = {"duty": "按值班计", "noted": "只作记录"}


@dataclass(frozen=True)
class ComputeSettlement:
    """The settlement of a month (2022-05); asking stores nothing."""

    month: str


@dataclass(frozen=True)
class PersonPay:
    """One person's month over all sites, 分; without a line where only a debt is left."""

    person_id: str
    name: str
    net_fen: int
    lines: tuple[LineView, ...]
    carried: Carried = field(default_factory=Carried)

    @property
    def debt_fen(self) -> int:
        """What is owed from other months (应收回) when this month is paid."""
        return sum_fen(self.carried.brought)

    @property
    def payable_fen(self) -> int:
        """What is handed over for the month: never below zero."""
        return max(0, self.net_fen - sum_fen(self.carried.taken))

    @property
    def owed_fen(self) -> int:
        """What is still to be taken back after the month."""
        return sum_fen(self.carried.left)


@dataclass(frozen=True, kw_only=True)
class MonthPay:
    """A month's pay.

    clauses: citation → its words. unapproved: sites whose month the bureau has not approved. carried: person → debts.
    names: of those who have no line and owe something. outside: a sentence where the document does not cover the
    month. reason: why it was finally settled all the same. has_rates: whether it pays. incomplete: a sentence while
    bundles of a site wait unread and nothing is final.
    """

    month: Month
    is_final: bool
    final_at: datetime | None
    lines: tuple[LineView, ...]
    exceptions: tuple[PayException, ...]
    circulars: tuple[CircularCase, ...]
    document: str
    clauses: Mapping[str, str] = field(default_factory=dict)
    unapproved: tuple[str, ...] = ()
    carried: Mapping[str, Carried] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    outside: str = ""
    reason: str = ""
    has_rates: bool = True
    incomplete: str = ""

    @property
    def validity_note(self) -> str:
        """What a paper says of a month outside the document's validity, and of sites it lacks; "" for neither."""
        why = f"最终结算理由：{self.reason}" if self.reason and self.outside else ""
        return "；".join(filter(None, (self.outside, why, self.incomplete)))

    @property
    def total_fen(self) -> int:
        """The sum of the lines (P23)."""
        return sum(line.net_fen for line in self.lines)

    @property
    def people(self) -> tuple[PersonPay, ...]:
        """The lines person by person, by pinyin; those who only owe something are among them."""
        found: dict[str, list[LineView]] = {person: [] for person in self.names}
        for line in self.lines:
            found.setdefault(line.person_id, []).append(line)
        whole = (
            PersonPay(
                person_id=one,
                name=lines[0].name if lines else self.names[one],
                net_fen=sum(line.net_fen for line in lines),
                lines=tuple(lines),
                carried=self.carried.get(one, Carried()),
            )
            for one, lines in found.items()
        )
        return tuple(sorted(whole, key=lambda one: (order(one.name), one.person_id)))

    def adjusting(self, line: LineView) -> tuple[LineView, ...]:
        """The lines of this settlement that put a line right."""
        return tuple(other for other in self.lines if other.adjusts and other.adjusts == line.id)


@answers(ComputeSettlement, permission=Permission.LOOK)
def compute_settlement(look: Look, query: ComputeSettlement) -> MonthPay:
    """The month's pay as it stands. Raises Refused E921 for what is no month."""
    return month_pay(look, Month.parse(query.month))


def month_pay(look: Look, month: Month) -> MonthPay:
    """The month's pay, for handlers and other queries."""
    key = ("month pay", month)
    return _marked(look, kept_of_month(look, month, key, lambda: _pay_of(look, month_ledger(look, month))))


def pay_of(look: Look, found: MonthLedger) -> MonthPay:
    """The month's pay by its ledger as it stands."""
    key = ("month pay", found.month)
    return _marked(look, kept_of_month(look, found.month, key, lambda: _pay_of(look, found)))


def _marked(look: Look, found: MonthPay) -> MonthPay:
    """What waits unread changes without the month, so it is asked for each time."""
    words = "" if found.is_final else incomplete_words(look)
    return replace(found, incomplete=words) if words else found


def _pay_of(look: Look, found: MonthLedger) -> MonthPay:
    settled = ledger.settlement_of(look, found.month)
    lines = line_views(look, found.lines, is_stored=found.is_final)
    cited = dict.fromkeys(clause for line in lines for clause in line.clauses)
    rates = look.pack.rates
    nets: dict[str, int] = {}
    for line in lines:
        nets[line.person_id] = nets.get(line.person_id, 0) + line.net_fen
    owing = carried_into(look, found.month, nets)
    cited |= dict.fromkeys(clause for clause, _ in rates.clauses.values()) if rates else {}
    return MonthPay(
        month=found.month,
        is_final=found.is_final,
        final_at=settled.final_at if settled else None,
        lines=lines,
        exceptions=found.exceptions,
        circulars=found.circulars,
        document=look.pack.document,
        clauses={clause: look.pack.clause_text(clause) for clause in cited if clause},
        unapproved=unapproved_sites(look, found.month),
        carried=owing,
        names=_names_of(look, set(owing) - set(nets)),
        outside=look.pack.outside_words(found.month),
        reason=(settled.reason or "") if settled else "",
        has_rates=has_rates(look, lines),
    )


def has_rates(look: Look, lines: Iterable[LineView]) -> bool:
    """Whether lines are pay: not where the document in force, or the one they were locked by, sets no rates."""
    lines = tuple(lines)
    if any(line.base_fen or line.net_fen for line in lines):
        return True
    return look.pack.rates is not None and not any(NO_RATES in line.reasons for line in lines)


def unapproved_sites(look: Look, month: Month) -> tuple[str, ...]:
    """Codes of the bureau's active sites whose month is not approved; none at a station."""
    if not look.office.is_bureau:
        return ()
    codes = [site.id for site in own_sites(look) if site.is_active]
    states = site_months(look, codes, (month,))
    return tuple(code for code in codes if states[code, month].state is not MonthState.passed)


def line_views(look: Look, lines: Iterable[LedgerLine], *, is_stored: bool) -> tuple[LineView, ...]:
    """Lines with the names of people and sites."""
    lines = tuple(lines)
    linked = person_links(look)
    people = _people(look, {linked.get(line.person_id, line.person_id) for line in lines})
    sites = {site.id: site for site in look.session.scalars(select(Site))}
    renamed = (ledger.renamed(line, linked) for line in lines)
    views = (_view(line, people.get(line.person_id), sites.get(line.site)) for line in renamed)
    return tuple(
        replace(view, is_stored=is_stored, settings=settings_in_words(look.pack, view.settings))
        for view in views
    )


def settings_in_words(pack: Pack, settings: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(name, value) of settings as a clerk reads them."""
    return tuple(_in_words(pack, name, value) for name, value in settings)


def _in_words(pack: Pack, name: str, value: str) -> tuple[str, str]:
    found = pack.settings.get(name)
    if found is None:
        title, unit = _OWN_TITLES.get(name, (name, ""))
        return title, _OWN_WORDS.get(value, value) + unit
    return found.title, dict(found.choices).get(value, f"{value}{found.unit}")


def _names_of(look: Look, ids: set[str]) -> dict[str, str]:
    found = _people(look, ids)
    return {one: (found[one].name if one in found else "") or UNKNOWN for one in sorted(ids)}


def _people(look: Look, ids: set[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for part in in_parts(sorted(ids)):
        found |= {row.id: row for row in look.session.scalars(select(Person).where(Person.id.in_(part)))}
    return found


def _view(line: LedgerLine, person: Person | None, site: Site | None) -> LineView:
    return LineView(
        id=line.id,
        month=line.month,
        key=line.key,
        unit=line.unit,
        person_id=line.person_id,
        name=(person.name if person else "") or UNKNOWN,
        person_kind=person.kind if person else "",
        is_public_servant=person.is_public_servant if person else False,
        on=line.on,
        site=line.site,
        site_name=site.short_name or site.name if site else line.site,
        site_kind=SiteKind(site.kind) if site else SiteKind.station,
        kind=line.kind,
        base_fen=line.base_fen,
        net_fen=line.net_fen,
        deductions=line.deductions,
        reasons=line.reasons,
        settings=line.settings,
        origin=line.origin,
        adjusts=line.adjusts,
        code=line.code,
        evidence=line.evidence,
        explanation=told(line),
        note=line.note,
    )
