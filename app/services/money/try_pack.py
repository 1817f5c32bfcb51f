"""Replays a year of duties under another document or another reading: who would gain, who would lose; stores nothing (测算)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.packs import load_pack, pack_keys
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.pay.settle import settle
from app.rules.pay.trial import TrialPay, compare
from app.rules.policy.pack import NO_RATES
from app.services.reading.month import month_facts
from app.services.reading.names import names_of
from app.values import Month


@dataclass(frozen=True)
class TryPack:
    """The year of duties (2022), the key of the programme to try them under ("": the office's own), and readings to try
    with it: (name, value as typed)."""

    pack: str
    year: int
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TrialPacks:
    """The programmes that pay for duties."""


@dataclass(frozen=True)
class TrialLine:
    """A person's year under both."""

    name: str
    pay: TrialPay


@dataclass(frozen=True, kw_only=True)
class Trial:
    """before, after: names of the two programmes; totals in 分; lines: who loses most first."""

    year: int
    before: str
    after: str
    lines: tuple[TrialLine, ...]
    before_fen: int
    after_fen: int

    @property
    def words(self) -> str:
        """3 人增加，2 人减少，5 人不变."""
        gains = sum(line.pay.gain_fen > 0 for line in self.lines)
        losses = sum(line.pay.gain_fen < 0 for line in self.lines)
        return f"{gains} 人增加，{losses} 人减少，{len(self.lines) - gains - losses} 人不变"


@answers(TrialPacks, permission=Permission.REPORT)
def trial_packs(look: Look, query: TrialPacks) -> tuple[tuple[str, str], ...]:
    """Key and title of each, the newest first."""
    packs = sorted((load_pack(key) for key in pack_keys()), key=lambda pack: pack.valid_from, reverse=True)
    return tuple((pack.key, pack.title) for pack in packs if pack.rates is not None)


@answers(TryPack, permission=Permission.REPORT)
def try_pack(look: Look, query: TryPack) -> Trial:
    """Both sides settle the same evidence as known now, with each programme's rates and readings; adjustments are left out.

    Raises Refused E950 (no such programme), E498 (it pays no duty subsidy), E499 (a year to come), E985 (no such reading), E957 (no such value).
    """
    other = load_pack(query.pack) if query.pack else look.pack
    other = other.with_settings(dict(query.readings))
    if other.rates is None or look.pack.rates is None:
        without = other if other.rates is None else look.pack
        raise Refused(
            "E498", f"“{without.title}”：{NO_RATES}，无从测算。请换有补贴标准的方案。", field="pack"
        )
    if query.year > local_date(look.now.at).year:
        raise Refused("E499", f"{query.year} 年还没有值班，请填已经过去的年份。", field="year")
    facts = [month_facts(look, Month(query.year, number)) for number in range(1, 13)]
    before = [line for one in facts for line in settle(one, look.pack.rates, look.pack.rule_settings).lines]
    after = [line for one in facts for line in settle(one, other.rates, other.rule_settings).lines]
    compared = compare(before, after)
    names = names_of(look, {one.person_id for one in compared})
    return Trial(
        year=query.year,
        before=look.pack.title,
        after=other.title,
        lines=tuple(TrialLine(names[one.person_id], one) for one in compared),
        before_fen=sum(line.net_fen for line in before),
        after_fen=sum(line.net_fen for line in after),
    )
