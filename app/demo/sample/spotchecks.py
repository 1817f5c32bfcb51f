"""Invents the county's roll-call checks: mostly present, some absent, a sham duty, one to be verified (Y23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from app.demo.sample.cast import Cast
from app.demo.sample.names import Names
from app.demo.sample.records import SampleAttendance, SampleDuty, SampleSpotCheck
from app.demo.sample.words import word_list
from app.values import Sex, SpotMethod, SpotResult, Verdict

_EDGE = timedelta(minutes=20)


def invent_spot_checks(
    rng: Random, rows: tuple[SampleAttendance, ...], cast: Cast, *, is_small: bool
) -> tuple[SampleSpotCheck, ...]:
    """Checks of kept duties in order of time.

    The banned lawyer is absent three times without good reason; one sham duty is verified, one 不在岗 is not
    yet; one absence is still to be judged; one check falls into a noon break and counts for nothing.
    """
    desk = _CheckDesk(rng, {row.duty: row for row in rows if row.duty and row.effective_out_at})
    for duty in cast.banned:
        desk.check(duty, SpotResult.absent, "absent_bad", is_justified=False)
    desk.check(cast.sham, SpotResult.sham, "sham", verdict=Verdict.confirmed)
    plain = [d for d in desk.kept if not cast.is_in(d.person) and not d.person.is_public_servant]
    rng.shuffle(plain)
    plain = _one_each(plain)
    desk.check(plain.pop(), SpotResult.not_on_site, "not_on_site", verdict=Verdict.pending)
    for _ in range(1 if is_small else 2):
        desk.check(plain.pop(), SpotResult.absent, "absent_bad", is_justified=False)
        desk.check(plain.pop(), SpotResult.absent, "absent_good", is_justified=True)
    if not is_small:
        desk.check(plain.pop(), SpotResult.absent, "absent_unjudged")
        desk.check_in_break()
    desk.check_present(max(3, len(rows) // 7))
    return tuple(sorted(desk.checks, key=lambda check: (check.at, check.site.code)))


class _CheckDesk:
    def __init__(self, rng: Random, kept: dict[SampleDuty, SampleAttendance]) -> None:
        self._rng, self.kept = rng, kept
        self.checks: list[SampleSpotCheck] = []
        self._used: set[SampleDuty] = set()
        names = Names(rng)
        self._checkers = (names.full_name(Sex.male), names.full_name(Sex.female))

    def check(
        self,
        duty: SampleDuty,
        result: SpotResult,
        reasons: str,
        *,
        is_justified: bool | None = None,
        verdict: Verdict | None = None,
        at: datetime | None = None,
    ) -> None:
        self._used.add(duty)
        methods = (SpotMethod.on_site,) if result is SpotResult.sham else tuple(SpotMethod)
        self.checks.append(
            SampleSpotCheck(
                at=at or self._moment(duty),
                site=duty.site,
                person=duty.person,
                method=self._rng.choice(methods),
                result=result,
                reason=self._rng.choice(word_list("reasons")[reasons]),
                is_justified=is_justified,
                verdict=verdict,
                checked_by=self._rng.choice(self._checkers),
            )
        )

    def check_in_break(self) -> None:
        """A check in the noon break of a centre duty: it belongs to no range of the duty."""
        for duty in self.kept:
            if duty.site.is_centre and len(duty.ranges) > 1 and duty not in self._used:
                at = duty.ranges[0][1] + timedelta(minutes=47)
                self.check(duty, SpotResult.absent, "break_time", is_justified=False, at=at)
                return

    def check_present(self, count: int) -> None:
        """Checks that found the person at the desk."""
        free = [duty for duty in self.kept if duty not in self._used]
        for duty in self._rng.sample(free, min(count, len(free))):
            self.check(duty, SpotResult.present, "present")

    def _moment(self, duty: SampleDuty) -> datetime:
        """A moment inside a range, well inside the time signed for."""
        row = self.kept[duty]
        begin, end = self._rng.choice(duty.ranges)
        first = max(begin, row.in_at) + _EDGE
        last = min(end, row.effective_out_at or end) - _EDGE
        minutes = max(1, int((last - first).total_seconds() // 60))
        return (first + timedelta(minutes=self._rng.randrange(minutes))).replace(second=0)


def _one_each(duties: list[SampleDuty]) -> list[SampleDuty]:
    """The first duty of each person."""
    return list({duty.person: duty for duty in reversed(duties)}.values())
