"""Draws the duties that are spot-checked: the seed's hash and the frozen list first, the seed after the month (Q03)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.case_values import DrawStep
from app.clock import local, local_date
from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.duties import SpotCheck
from app.models.supervision import SpotDraw, SpotDrawSeed
from app.rules.supervision.draw import announced_seed, drawn_checks, is_announced
from app.rules.supervision.quota import spot_checks_asked
from app.services.reading.duties import DutyView, duties_in_force
from app.services.reading.names import site_names
from app.services.reading.sites import duty_sites
from app.services.reading.voids import not_voided
from app.values import Month

USUAL_COUNT = 4
SEED_BYTES = 16


@dataclass(frozen=True)
class AnnounceSpotDraw:
    """Freeze the duties of a month that are still to come and announce a seed's hash. count 0: as many as are asked."""

    month: str
    count: int = 0


@dataclass(frozen=True)
class RevealSpotDraw:
    """Tell the seed of a month's draw once the month is over, so that everybody can draw again."""

    month: str


@dataclass(frozen=True)
class SpotDrawOf:
    """A month's draw as far as it may be seen here."""

    month: str


@dataclass(frozen=True, kw_only=True)
class DrawnDuty:
    """A drawn duty. candidate: its words in the frozen list; is_checked: the drawing office checked the site that day."""

    candidate: str
    on: date
    site: str
    site_name: str
    hours: str
    is_checked: bool


@dataclass(frozen=True, kw_only=True)
class SpotDrawView:
    """A draw. digest "": none was announced. seed "": not told yet. is_proved: the seed told is the one announced.

    drawn: empty for whoever may not know it yet; gone: frozen duties that the roster has no longer.
    """

    month: str
    digest: str
    announced_at: datetime | None
    count: int
    candidates: tuple[str, ...]
    seed: str
    is_proved: bool
    drawn: tuple[DrawnDuty, ...]
    gone: tuple[str, ...]


@handles(AnnounceSpotDraw, title="公布抽查抽签的指纹", permission=Permission.DECIDE)
def announce_spot_draw(work: Work, command: AnnounceSpotDraw) -> SpotDrawView:
    """The draw announced. Raises Refused E921, E157 not a bureau, E158 nothing to draw from, E159 announced already."""
    month = Month.parse(command.month)
    if not work.office.is_bureau:
        raise Refused("E157", "抽签由县（市、区）司法局做，站点只能核对。")
    if _step(work, month, DrawStep.announced) is not None:
        raise Refused("E159", f"{month.words}的指纹已经公布，一个月只抽一次签。", field="month")
    candidates = sorted(_candidate(duty) for duty in _still_to_come(work, month))
    if not candidates:
        raise Refused(
            "E158", f"{month.words}没有还没开始的班次，请先发布排班，或者抽下个月的。", field="month"
        )
    count = min(command.count or spot_checks_asked(work.pack)[0] or USUAL_COUNT, len(candidates))
    seed = secrets.token_hex(SEED_BYTES)
    work.session.merge(SpotDrawSeed(month=str(month), seed=seed))
    _store(work, month, DrawStep.announced, announced_seed(seed), count, candidates)
    return spot_draw_of(work, SpotDrawOf(str(month)))


@handles(RevealSpotDraw, title="公布抽查抽签的种子", permission=Permission.DECIDE)
def reveal_spot_draw(work: Work, command: RevealSpotDraw) -> SpotDrawView:
    """The draw with its seed. Raises Refused E921, E161 none announced here or told already, E160 too early."""
    month = Month.parse(command.month)
    announced, kept = _step(work, month, DrawStep.announced), work.session.get(SpotDrawSeed, str(month))
    is_mine = announced is not None and announced.writer == work.office.code
    if announced is None or kept is None or not is_mine or _step(work, month, DrawStep.revealed) is not None:
        raise Refused("E161", f"{month.words}没有本局公布过指纹的抽签，或者种子已经公布。", field="month")
    if local_date(work.now.at) <= month.last_day:
        raise Refused("E160", f"{month.words}还没有结束，公布了种子，站点就知道要查谁。", field="month")
    gone = _gone(work, month, tuple(announced.candidates))
    _store(work, month, DrawStep.revealed, kept.seed, announced.count, list(gone))
    return spot_draw_of(work, SpotDrawOf(str(month)))


@answers(SpotDrawOf, permission=Permission.LOOK)
def spot_draw_of(look: Look, query: SpotDrawOf) -> SpotDrawView:
    """What was announced, what was told, and what comes of it. Raises Refused E921."""
    month = Month.parse(query.month)
    announced, revealed = (_step(look, month, step) for step in DrawStep)
    candidates = tuple(announced.candidates) if announced else ()
    seed = revealed.value if revealed else ""
    gone = tuple(revealed.candidates) if revealed else _gone(look, month, candidates)
    known = seed or _own_seed(look, month)
    count = announced.count if announced else 0
    drawn = drawn_checks(candidates, known, count, gone=gone) if known else ()
    return SpotDrawView(
        month=str(month),
        digest=announced.value if announced else "",
        announced_at=local(announced.at) if announced else None,
        count=count,
        candidates=candidates,
        seed=seed,
        is_proved=bool(announced and seed) and is_announced(seed, announced.value if announced else ""),
        drawn=_shown(look, month, drawn),
        gone=gone,
    )


def _still_to_come(look: Look, month: Month) -> list[DutyView]:
    now, below = local(look.now.at), {site.id for site in duty_sites(look)}
    return [
        duty
        for duty in duties_in_force(look, month)
        if duty.site in below and duty.spans and duty.spans[0][0] > now
    ]


def _candidate(duty: DutyView) -> str:
    """The duty without its person: a swap changes who sits, not what was drawn."""
    return f"{duty.on} {duty.site} {duty.hours}"


def _gone(look: Look, month: Month, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Frozen duties that the roster has no longer; a bureau alone knows, for a station holds only its own roster."""
    if not look.office.is_bureau:
        return ()
    now = {_candidate(duty) for duty in duties_in_force(look, month)}
    return tuple(one for one in candidates if one not in now)


def _own_seed(look: Look, month: Month) -> str:
    """The seed that is kept here, for those who decide: a clerk of the centre is checked himself."""
    kept = look.session.get(SpotDrawSeed, str(month))
    return kept.seed if kept is not None and look.actor.may(Permission.DECIDE) else ""


def _step(look: Look, month: Month, step: DrawStep) -> SpotDraw | None:
    """The draw of this bureau; of a station, its parent's."""
    writer = look.office.code if look.office.is_bureau else look.office.parent
    mine = (SpotDraw.writer == writer, SpotDraw.month == str(month), SpotDraw.step == step.value)
    return look.session.scalars(select(SpotDraw).where(*mine)).first()


def _store(work: Work, month: Month, step: DrawStep, value: str, count: int, candidates: list[str]) -> None:
    work.put(
        SpotDraw,
        month=str(month),
        step=step.value,
        value=value,
        count=count,
        candidates=candidates,
        by=work.actor.account,
        at=work.now.at,
    )


def _shown(look: Look, month: Month, drawn: tuple[str, ...]) -> tuple[DrawnDuty, ...]:
    if not drawn:
        return ()
    names = site_names(look)
    query = select(SpotCheck.site, SpotCheck.on).where(
        SpotCheck.on.between(month.first_day, month.last_day), not_voided(SpotCheck)
    )
    checked = set(look.session.execute(query).tuples())
    return tuple(_drawn(one, names, checked) for one in sorted(drawn))


def _drawn(candidate: str, names: dict[str, str], checked: set[tuple[str, date]]) -> DrawnDuty:
    day, site, hours = candidate.split(" ", 2)
    on = date.fromisoformat(day)
    return DrawnDuty(
        candidate=candidate,
        on=on,
        site=site,
        site_name=names.get(site, site),
        hours=hours,
        is_checked=(site, on) in checked,
    )
